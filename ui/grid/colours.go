package grid

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// colours are what a grid is painted with; all but the last two are opaque.
type colours struct {
	background color.NRGBA // of even rows
	stripe     color.NRGBA // of odd rows
	header     color.NRGBA
	border     color.NRGBA
	text       color.NRGBA
	muted      color.NRGBA
	warning    color.NRGBA
	accent     color.NRGBA
	bar        color.NRGBA
	selected   color.NRGBA // over a row; this and the next may be translucent
	hover      color.NRGBA
	dark       bool
}

// themeColours reads the colours from a theme. Rows have the background of input
// fields, which is also that of cards.
func themeColours(th fyne.Theme) colours {
	variant := fyne.CurrentApp().Settings().ThemeVariant()
	named := func(name fyne.ThemeColorName) color.NRGBA {
		return color.NRGBAModel.Convert(th.Color(name, variant)).(color.NRGBA)
	}
	page := opaque(named(theme.ColorNameBackground))
	background := blend(page, named(theme.ColorNameInputBackground))
	text := blend(background, named(theme.ColorNameForeground))
	return colours{
		background: background,
		stripe:     blend(background, withAlpha(text, 0.025)),
		header:     blend(background, named(theme.ColorNameHeaderBackground)),
		border:     blend(background, named(theme.ColorNameSeparator)),
		text:       text,
		muted:      blend(background, named(theme.ColorNamePlaceHolder)),
		warning:    blend(background, named(theme.ColorNameWarning)),
		accent:     blend(background, named(theme.ColorNamePrimary)),
		bar:        blend(background, named(theme.ColorNameScrollBar)),
		selected:   named(theme.ColorNameSelection),
		hover:      named(theme.ColorNameHover),
		dark:       int(background.R)+int(background.G)+int(background.B) < 3*128,
	}
}

// row returns the background of row i.
func (c *colours) row(i int, selected, hovered bool) color.NRGBA {
	background := c.background
	if i%2 == 1 {
		background = c.stripe
	}
	if selected {
		background = blend(background, c.selected)
	}
	if hovered {
		background = blend(background, c.hover)
	}
	return background
}

// chip returns the fill and the text colour of a chip. On a dark background the text
// is lightened, to be legible.
func (c *colours) chip(tint, background color.NRGBA) (fill, word color.NRGBA) {
	tint = opaque(tint)
	word = tint
	if c.dark {
		word = blend(tint, withAlpha(c.text, 0.25))
	}
	fill = blend(background, withAlpha(tint, 0.16))
	return fill, legible(word, fill)
}

// leastContrast is that of text after WCAG 2.2, level AA (success criterion 1.4.3).
const leastContrast = 4.5

// legible returns a colour that has enough contrast to a background: the given one, or the
// nearest on the way to black or white.
func legible(c, background color.NRGBA) color.NRGBA {
	towards := color.NRGBA{A: 255}
	if contrast(color.NRGBA{R: 255, G: 255, B: 255, A: 255}, background) > contrast(towards, background) {
		towards = color.NRGBA{R: 255, G: 255, B: 255, A: 255}
	}
	const step = 16
	for part := 0; part <= 255 && contrast(c, background) < leastContrast; part += step {
		towards.A = step
		c = blend(c, towards)
	}
	return c
}

// contrast returns the contrast ratio of two colours after WCAG 2.2.
func contrast(a, b color.NRGBA) float64 {
	light, dark := luminance(a), luminance(b)
	if light < dark {
		light, dark = dark, light
	}
	return (light + 0.05) / (dark + 0.05)
}

// luminance returns the relative luminance of a colour after WCAG 2.2.
func luminance(c color.NRGBA) float64 {
	return 0.2126*linear[c.R] + 0.7152*linear[c.G] + 0.0722*linear[c.B]
}

// linear holds the light of each value of an sRGB channel.
var linear = func() (table [256]float64) {
	for i := range table {
		v := float64(i) / 255
		if table[i] = v / 12.92; v > 0.04045 {
			table[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return table
}()

// blend returns a colour laid over an opaque one.
func blend(background, c color.NRGBA) color.NRGBA {
	part := uint32(c.A)
	return color.NRGBA{
		R: interpolate(background.R, c.R, part),
		G: interpolate(background.G, c.G, part),
		B: interpolate(background.B, c.B, part),
		A: 255,
	}
}

// withAlpha multiplies the opacity of a colour by a factor.
func withAlpha(c color.NRGBA, part float32) color.NRGBA {
	c.A = uint8(float32(c.A)*part + 0.5)
	return c
}

func opaque(c color.NRGBA) color.NRGBA {
	c.A = 255
	return c
}
