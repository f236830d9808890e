// Package theme is Seedbed's Fyne theme: its colours, text sizes and fonts, light and
// dark. Fyne's own theme package goes by the name fynetheme beside it, as Fyne's widgets
// go by fynewidget.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// defaultTextSize is the size of body text at a scale of 1.
const defaultTextSize float32 = 14

// SizeNameDisplayText is the text size of the one number or name that a card shows.
const SizeNameDisplayText fyne.ThemeSizeName = "displayText"

// Mode selects the light or the dark colours.
type Mode string

// The modes that Settings offers.
const (
	System Mode = "system" // follow the system's setting
	Light  Mode = "light"
	Dark   Mode = "dark"
	// Contrast is black on white or, where the system is dark, white on black.
	Contrast Mode = "contrast"
)

// Theme is the theme in one mode and at one text size.
type Theme struct {
	fyne.Theme
	mode  Mode
	scale float32
}

// New returns the theme for a mode. The scale multiplies text sizes and padding; it is
// clamped to 0.8–2.
func New(mode Mode, scale float32) *Theme {
	return &Theme{Theme: fynetheme.DefaultTheme(), mode: mode, scale: min(max(scale, 0.8), 2)}
}

// Color returns Seedbed's colour for a name, or Fyne's default.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	switch t.mode {
	case Light:
		variant = fynetheme.VariantLight
	case Dark:
		variant = fynetheme.VariantDark
	}
	c, ok := palette[name]
	if t.mode == Contrast {
		if strong, has := contrasting[name]; has {
			c = strong
		}
	}
	if !ok {
		return t.Theme.Color(name, variant)
	}
	if variant == fynetheme.VariantDark {
		return c.dark
	}
	return c.light
}

// Size returns a size in device-independent pixels.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case fynetheme.SizeNameText:
		return defaultTextSize * t.scale
	case fynetheme.SizeNameCaptionText:
		return 12 * t.scale
	case fynetheme.SizeNameSubHeadingText:
		return 16 * t.scale
	case SizeNameDisplayText:
		return 26 * t.scale
	case fynetheme.SizeNameHeadingText:
		return 21 * t.scale
	case fynetheme.SizeNameInputRadius, fynetheme.SizeNameSelectionRadius, fynetheme.SizeNameButtonRadius:
		return 7
	case fynetheme.SizeNamePadding, fynetheme.SizeNameInnerPadding, fynetheme.SizeNameLineSpacing, fynetheme.SizeNameInlineIcon:
		return t.Theme.Size(name) * t.scale
	}
	return t.Theme.Size(name)
}

// Look tells two looks of the theme apart.
type Look struct {
	background, foreground color.Color
	textSize               float32
}

// CurrentLook is that of the theme as it is now, which the system may change too.
func CurrentLook() Look {
	return Look{fynetheme.Color(fynetheme.ColorNameBackground), fynetheme.Color(fynetheme.ColorNameForeground), fynetheme.TextSize()}
}

// Scaled converts a length at the default text size to the current one.
func Scaled(length float32) float32 { return length * fynetheme.TextSize() / defaultTextSize }

// PreloadFonts parses the regular and bold fonts, and the one with the arrow of a
// select, so that the first page does not wait for them. It may run on any goroutine
// until text is first shown.
func PreloadFonts() {
	for _, bold := range []bool{false, true} {
		fyne.MeasureText("a ▾", defaultTextSize, fyne.TextStyle{Bold: bold})
	}
}
