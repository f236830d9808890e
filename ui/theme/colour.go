package theme

import (
	"image/color"
	"math"
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

// OnTint returns the colour for text on its own tint, on whatever surface that lies: as
// near to the colour as can be read.
func OnTint(c color.NRGBA) color.NRGBA {
	towards := color.NRGBA{A: 0xff}
	if IsDark() {
		towards = color.NRGBA{R: 0xff, G: 0xff, B: 0xff, A: 0xff}
	}
	surface := color.NRGBAModel.Convert(fynetheme.Color(ColorNameTint)).(color.NRGBA) // the least contrast of all
	behind := Over(surface, Tint(c))
	for step := 0; step <= 10; step++ {
		text := Over(c, withAlpha(towards, uint8(step*0xff/10)))
		if ContrastOf(text, behind) >= LeastContrast {
			return text
		}
	}
	return towards
}

// On is black or white, whichever is easier to read on a colour that lies on a card.
func On(c color.NRGBA) color.NRGBA {
	card := color.NRGBAModel.Convert(fynetheme.Color(ColorNameCard)).(color.NRGBA)
	behind, black, white := Over(card, c), color.NRGBA{A: 0xff}, color.NRGBA{R: 0xff, G: 0xff, B: 0xff, A: 0xff}
	if ContrastOf(black, behind) > ContrastOf(white, behind) {
		return black
	}
	return white
}

// LeastContrast is that of text with what is behind it, at least (WCAG 2.2, 1.4.3).
const LeastContrast = 4.5

// ContrastOf is the contrast ratio of two opaque colours, from 1 to 21 (WCAG 2.2).
func ContrastOf(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance is the relative luminance of WCAG 2.2, from 0 to 1.
func luminance(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		if s := float64(v) / 0xff; s > 0.04045 {
			return math.Pow((s+0.055)/1.055, 2.4)
		}
		return float64(v) / 0xff / 12.92
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

// Over is what is seen of a colour over an opaque one.
func Over(behind, c color.NRGBA) color.NRGBA {
	mix := func(under, over uint8) uint8 {
		return uint8((int(under)*(0xff-int(c.A)) + int(over)*int(c.A)) / 0xff)
	}
	return color.NRGBA{R: mix(behind.R, c.R), G: mix(behind.G, c.G), B: mix(behind.B, c.B), A: 0xff}
}

func withAlpha(c color.NRGBA, alpha uint8) color.NRGBA {
	c.A = alpha
	return c
}
