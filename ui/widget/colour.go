package widget

import (
	"image/color"
	"strconv"
	"strings"
)

// ParseColour reads #rrggbb; anything else gives a neutral grey, so that a
// dataset with an odd colour still opens.
func ParseColour(s string) color.NRGBA {
	v, err := strconv.ParseUint(strings.TrimPrefix(s, "#"), 16, 32)
	if err != nil || len(strings.TrimPrefix(s, "#")) != 6 {
		return rgb(0x667085)
	}
	return rgb(uint32(v)) // six hexadecimal digits
}

// Tinted returns the pale ground that goes under text of the given colour.
func Tinted(c color.NRGBA) color.NRGBA {
	c.A = 0x26
	if IsDark() {
		c.A = 0x33
	}
	return c
}

// Readable returns the colour for text on its own tint: lighter in the dark.
func Readable(c color.NRGBA) color.NRGBA {
	if !IsDark() {
		return c
	}
	lift := func(v uint8) uint8 { return v + (0xff-v)/3 }
	return color.NRGBA{R: lift(c.R), G: lift(c.G), B: lift(c.B), A: c.A}
}
