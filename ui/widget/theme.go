// Package look is how Seedbed looks: the theme and the small widgets that the
// pages are made of. It knows nothing of datasets.
package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// usualText is the size of running text where nobody chose another.
const usualText float32 = 14

// SizeFigure is the text size of the number that a card is about.
const SizeFigure fyne.ThemeSizeName = "figure"

// The colour names that Fyne's own do not cover.
const (
	ColorCard         fyne.ThemeColorName = "card"         // the surface that things lie on
	ColorBorder       fyne.ThemeColorName = "border"       // outlines of cards, fields and buttons
	ColorMuted        fyne.ThemeColorName = "muted"        // secondary text
	ColorTint         fyne.ThemeColorName = "tint"         // the chosen row or page
	ColorStripe       fyne.ThemeColorName = "stripe"       // every other row of a table
	ColorTrack        fyne.ThemeColorName = "track"        // the empty part of a bar
	ColorNotice       fyne.ThemeColorName = "notice"       // the ground of a box that asks for attention
	ColorNoticeText   fyne.ThemeColorName = "noticeText"   // text that asks for attention
	ColorErrorSurface fyne.ThemeColorName = "errorSurface" // the ground of a box that reports a failure
)

type pair struct{ light, dark color.NRGBA }

// palette holds Seedbed's own colours; every other name falls through to Fyne.
var palette = map[fyne.ThemeColorName]pair{
	theme.ColorNameBackground:          {rgb(0xf6f8f6), rgb(0x131715)},
	theme.ColorNameForeground:          {rgb(0x1d2722), rgb(0xe6ebe8)},
	theme.ColorNamePrimary:             {rgb(0x1e7a55), rgb(0x4cc38a)},
	theme.ColorNameForegroundOnPrimary: {rgb(0xffffff), rgb(0x10201a)},
	theme.ColorNameButton:              {rgb(0xffffff), rgb(0x1b211e)},
	theme.ColorNameDisabledButton:      {rgb(0xeef1ef), rgb(0x232a26)},
	theme.ColorNameDisabled:            {rgb(0x9aa39e), rgb(0x66706b)},
	theme.ColorNamePlaceHolder:         {rgb(0x667069), rgb(0x9aa39e)},
	theme.ColorNameInputBackground:     {rgb(0xffffff), rgb(0x1b211e)},
	theme.ColorNameInputBorder:         {rgb(0xd9dfdb), rgb(0x38423d)},
	theme.ColorNameMenuBackground:      {rgb(0xffffff), rgb(0x1f2622)},
	theme.ColorNameOverlayBackground:   {rgb(0xffffff), rgb(0x1b211e)},
	theme.ColorNameHeaderBackground:    {rgb(0xffffff), rgb(0x1b211e)},
	theme.ColorNameSeparator:           {rgb(0xe1e6e3), rgb(0x2c3430)},
	theme.ColorNameSelection:           {rgb(0xcfe7db), rgb(0x24483a)},
	theme.ColorNameFocus:               {rgba(0x1e7a55, 0x55), rgba(0x4cc38a, 0x66)},
	theme.ColorNameHover:               {rgba(0x1d2722, 0x0d), rgba(0xe6ebe8, 0x12)},
	theme.ColorNamePressed:             {rgba(0x1d2722, 0x1c), rgba(0xe6ebe8, 0x22)},
	theme.ColorNameShadow:              {rgba(0x1d2722, 0x1a), rgba(0x000000, 0x55)},
	theme.ColorNameError:               {rgb(0xb3341a), rgb(0xf0836b)},
	theme.ColorNameSuccess:             {rgb(0x1e7a55), rgb(0x4cc38a)},
	theme.ColorNameWarning:             {rgb(0xa86008), rgb(0xe3a43c)},
	theme.ColorNameHyperlink:           {rgb(0x1e7a55), rgb(0x4cc38a)},
	ColorCard:                          {rgb(0xffffff), rgb(0x1b211e)},
	ColorBorder:                        {rgb(0xe1e6e3), rgb(0x2c3430)},
	ColorMuted:                         {rgb(0x667069), rgb(0x9aa39e)},
	ColorTint:                          {rgb(0xe2f1ea), rgb(0x1e3529)},
	ColorStripe:                        {rgb(0xf9fbf9), rgb(0x1f2622)},
	ColorTrack:                         {rgb(0xe1e6e4), rgb(0x2c3430)},
	ColorNotice:                        {rgb(0xfef1dc), rgb(0x3b2d12)},
	ColorNoticeText:                    {rgb(0xa05c06), rgb(0xe3a43c)},
	ColorErrorSurface:                  {rgb(0xfbe9e5), rgb(0x3d1f18)},
}

// Mode is the choice between light, dark and what the system says.
type Mode string

// The modes that Settings offers.
const (
	System Mode = "system"
	Light  Mode = "light"
	Dark   Mode = "dark"
)

// Theme is Seedbed's look for one mode and text size.
type Theme struct {
	fyne.Theme
	mode  Mode
	scale float32
}

// NewTheme returns the look for a mode; scale multiplies every text size and
// padding and is held between 0.8 and 2.
func NewTheme(mode Mode, scale float32) *Theme {
	return &Theme{Theme: theme.DefaultTheme(), mode: mode, scale: min(max(scale, 0.8), 2)}
}

// Color returns Seedbed's colour for a name, or Fyne's where Seedbed has none.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	switch t.mode {
	case Light:
		variant = theme.VariantLight
	case Dark:
		variant = theme.VariantDark
	}
	p, ok := palette[name]
	if !ok {
		return t.Theme.Color(name, variant)
	}
	if variant == theme.VariantDark {
		return p.dark
	}
	return p.light
}

// Size returns a size in device-independent pixels.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return usualText * t.scale
	case theme.SizeNameCaptionText:
		return 12 * t.scale
	case theme.SizeNameSubHeadingText:
		return 16 * t.scale
	case SizeFigure:
		return 26 * t.scale
	case theme.SizeNameHeadingText:
		return 21 * t.scale
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius, theme.SizeNameButtonRadius:
		return 7
	case theme.SizeNamePadding, theme.SizeNameInnerPadding, theme.SizeNameLineSpacing, theme.SizeNameInlineIcon:
		return t.Theme.Size(name) * t.scale
	}
	return t.Theme.Size(name)
}

// Color returns the current theme's colour for a name.
func Color(name fyne.ThemeColorName) color.Color {
	return theme.Color(name)
}

// IsDark reports whether the current theme paints light on dark.
func IsDark() bool {
	r, g, b, _ := theme.Color(theme.ColorNameBackground).RGBA()
	return r+g+b < 3*0x8000
}

func rgb(hex uint32) color.NRGBA { return rgba(hex, 0xff) }

func rgba(hex uint32, alpha uint8) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: alpha} // three bytes of a colour
}

// ReadFonts reads the fonts of running text and of headings, which otherwise the first
// page waits for, and the one with the arrow of a choice. It may run beside the main goroutine as long as that shows no text.
func ReadFonts() {
	for _, bold := range []bool{false, true} {
		fyne.MeasureText("a ▾", usualText, fyne.TextStyle{Bold: bold})
	}
}
