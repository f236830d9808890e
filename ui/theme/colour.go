package theme

import (
	"image/color"
	"strconv"
	"strings"

	fynetheme "fyne.io/fyne/v2/theme"
)

// ParseColour parses #rrggbb. Anything else gives a neutral grey, so that a dataset
// with an invalid colour still opens.
func ParseColour(s string) color.NRGBA {
	digits := strings.TrimPrefix(s, "#")
	v, err := strconv.ParseUint(digits, 16, 32)
	if err != nil || len(digits) != 6 {
		return rgb(0x667085)
	}
	return rgb(uint32(v))
}

// IsDark reports whether the current theme shows light text on a dark background.
func IsDark() bool {
	r, g, b, _ := fynetheme.Color(fynetheme.ColorNameBackground).RGBA()
	return r+g+b < 3*0x8000
}

// Tint returns the translucent background for text in a colour.
func Tint(c color.NRGBA) color.NRGBA {
	c.A = 0x26
	if IsDark() {
		c.A = 0x33
	}
	return c
}

// OnTint returns the colour for text on its own tint: lighter in the dark, to be legible.
func OnTint(c color.NRGBA) color.NRGBA {
	if !IsDark() {
		return c
	}
	lighten := func(v uint8) uint8 { return v + (0xff-v)/3 }
	return color.NRGBA{R: lighten(c.R), G: lighten(c.G), B: lighten(c.B), A: c.A}
}
