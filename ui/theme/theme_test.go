package theme

import (
	"fmt"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
)

func TestAnInvalidColourIsGrey(t *testing.T) {
	grey := color.NRGBA{R: 0x66, G: 0x70, B: 0x85, A: 255}
	for text, want := range map[string]color.NRGBA{
		"#2e6bdc": {R: 0x2e, G: 0x6b, B: 0xdc, A: 255}, "2E6BDC": {R: 0x2e, G: 0x6b, B: 0xdc, A: 255},
		"": grey, "#": grey, "#12345": grey, "#1234567": grey, "#-12345": grey, "red": grey,
	} {
		if got := ParseColour(text); got != want {
			t.Errorf("%q is %v, want %v", text, got, want)
		}
	}
}

func TestModeOverridesTheSystemsVariant(t *testing.T) {
	app := test.NewTempApp(t)
	for mode, dark := range map[Mode]bool{Light: false, Dark: true} {
		app.Settings().SetTheme(New(mode, 1))
		if IsDark() != dark {
			t.Errorf("in mode %s, dark is %v", mode, IsDark())
		}
	}
}

func TestTheScaleIsClampedAndScalesText(t *testing.T) {
	for scale, want := range map[float32]float32{0: 11.2, 0.8: 11.2, 1: 14, 1.5: 21, 9: 28} {
		if got := New(Light, scale).Size(fynetheme.SizeNameText); got != want {
			t.Errorf("at %v, text is %v, want %v", scale, got, want)
		}
	}
}

// varied is a theme where the system is light or dark.
type varied struct {
	*Theme
	variant fyne.ThemeVariant
}

func (v varied) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	return v.Theme.Color(name, v.variant)
}

// TestTextsCanBeReadOnWhateverTheyStand goes through menus, hints, texts that are off, notices
// and chips in every theme.
func TestTextsCanBeReadOnWhateverTheyStand(t *testing.T) {
	app := test.NewTempApp(t)
	surfaces := []fyne.ThemeColorName{
		fynetheme.ColorNameBackground, fynetheme.ColorNameMenuBackground, fynetheme.ColorNameOverlayBackground, fynetheme.ColorNameHeaderBackground,
		fynetheme.ColorNameInputBackground, fynetheme.ColorNameButton, ColorNameCard,
	}
	texts := map[fyne.ThemeColorName][]fyne.ThemeColorName{ // what each text stands on
		fynetheme.ColorNameForeground:          append([]fyne.ThemeColorName{ColorNameTint, ColorNameNotice, ColorNameErrorNotice, fynetheme.ColorNameSelection}, surfaces...),
		fynetheme.ColorNameDisabled:            append([]fyne.ThemeColorName{fynetheme.ColorNameDisabledButton}, surfaces...), // and the keys in menus
		fynetheme.ColorNamePlaceHolder:         surfaces,
		fynetheme.ColorNamePrimary:             append([]fyne.ThemeColorName{ColorNameTint}, surfaces...),
		fynetheme.ColorNameHyperlink:           surfaces,
		fynetheme.ColorNameError:               surfaces,
		fynetheme.ColorNameSuccess:             surfaces,
		fynetheme.ColorNameWarning:             surfaces,
		ColorNameMuted:                         append([]fyne.ThemeColorName{ColorNameTint, ColorNameNotice, ColorNameErrorNotice}, surfaces...),
		ColorNameNoticeText:                    append([]fyne.ThemeColorName{ColorNameNotice}, surfaces...),
		fynetheme.ColorNameForegroundOnPrimary: {fynetheme.ColorNamePrimary},
	}
	// What lies over a surface where the pointer or the keyboard is.
	overlays := []fyne.ThemeColorName{"", fynetheme.ColorNameHover, fynetheme.ColorNameFocus, fynetheme.ColorNamePressed}
	for _, look := range []varied{{New(Light, 1), fynetheme.VariantLight}, {New(Dark, 1), fynetheme.VariantDark}, {New(Contrast, 1), fynetheme.VariantLight}, {New(Contrast, 1), fynetheme.VariantDark}} {
		app.Settings().SetTheme(look)
		mode := fmt.Sprint(look.mode, " ", look.variant)
		nrgba := func(name fyne.ThemeColorName) color.NRGBA {
			return color.NRGBAModel.Convert(fynetheme.Color(name)).(color.NRGBA)
		}
		for text, grounds := range texts {
			for _, ground := range grounds {
				for _, overlay := range overlays {
					behind := nrgba(ground)
					if overlay != "" {
						if text != fynetheme.ColorNameForeground || ground == fynetheme.ColorNameSelection {
							continue // nothing but plain text is pointed at
						}
						behind = Over(behind, nrgba(overlay))
					}
					if got := ContrastOf(nrgba(text), behind); got < LeastContrast {
						t.Errorf("%s: %s on %s %s has %.2f", mode, text, ground, overlay, got)
					}
				}
			}
		}
		for _, hex := range []string{"#000000", "#ffffff", "#ffff00", "#2f6fde", "#0b8a82", "#8350cf", "#b86e00", "#c93f72", "#d2452b", "#3b8f3c", "#667085"} {
			chip := ParseColour(hex)
			for _, ground := range append([]fyne.ThemeColorName{ColorNameTint}, surfaces...) {
				if got := ContrastOf(OnTint(chip), Over(nrgba(ground), Tint(chip))); got < LeastContrast {
					t.Errorf("%s: a chip of %s on %s has %.2f", mode, hex, ground, got)
				}
			}
		}
	}
}
