package theme

import (
	"image/color"
	"testing"

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
