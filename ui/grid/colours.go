package grid

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// colours are what a grid paints with, all of them opaque.
type colours struct {
	ground   color.NRGBA // of every second row
	stripe   color.NRGBA // of the others
	header   color.NRGBA
	border   color.NRGBA
	text     color.NRGBA
	muted    color.NRGBA
	warning  color.NRGBA
	accent   color.NRGBA
	bar      color.NRGBA
	selected color.NRGBA // laid over a row; these two may be translucent
	hover    color.NRGBA
	dark     bool
}

// themeColours reads them from a theme: the ground is that of input fields, which
// is a card's.
func themeColours(th fyne.Theme) colours {
	variant := fyne.CurrentApp().Settings().ThemeVariant()
	named := func(name fyne.ThemeColorName) color.NRGBA {
		return color.NRGBAModel.Convert(th.Color(name, variant)).(color.NRGBA)
	}
	page := opaque(named(theme.ColorNameBackground))
	ground := over(page, named(theme.ColorNameInputBackground))
	text := over(ground, named(theme.ColorNameForeground))
	return colours{
		ground:   ground,
		stripe:   over(ground, fade(text, 0.025)),
		header:   over(ground, named(theme.ColorNameHeaderBackground)),
		border:   over(ground, named(theme.ColorNameSeparator)),
		text:     text,
		muted:    over(ground, named(theme.ColorNamePlaceHolder)),
		warning:  over(ground, named(theme.ColorNameWarning)),
		accent:   over(ground, named(theme.ColorNamePrimary)),
		bar:      over(ground, named(theme.ColorNameScrollBar)),
		selected: named(theme.ColorNameSelection),
		hover:    named(theme.ColorNameHover),
		dark:     int(ground.R)+int(ground.G)+int(ground.B) < 3*128,
	}
}

// row is the ground of row i.
func (c *colours) row(i int, selected, hovered bool) color.NRGBA {
	ground := c.ground
	if i%2 == 1 {
		ground = c.stripe
	}
	if selected {
		ground = over(ground, c.selected)
	}
	if hovered {
		ground = over(ground, c.hover)
	}
	return ground
}

// chip gives the tint and the word's colour of a chip on a ground. On a dark one
// the word is lightened, or it would be hard to read.
func (c *colours) chip(tint, ground color.NRGBA) (fill, word color.NRGBA) {
	tint = opaque(tint)
	word = tint
	if c.dark {
		word = over(tint, fade(c.text, 0.25))
	}
	return over(ground, fade(tint, 0.16)), word
}

// over lays a colour on an opaque one.
func over(ground, c color.NRGBA) color.NRGBA {
	part := uint32(c.A)
	return color.NRGBA{
		R: between(ground.R, c.R, part),
		G: between(ground.G, c.G, part),
		B: between(ground.B, c.B, part),
		A: 255,
	}
}

// fade gives a colour at a part of its strength.
func fade(c color.NRGBA, part float32) color.NRGBA {
	c.A = uint8(float32(c.A)*part + 0.5)
	return c
}

func opaque(c color.NRGBA) color.NRGBA {
	c.A = 255
	return c
}
