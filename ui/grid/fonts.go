package grid

import (
	"bytes"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"
)

// fonts finds a face for every rune of one text style: first in the theme's
// fonts, then in those of the computer. It is a shaping.Fontmap.
type fonts struct {
	style    fyne.TextStyle
	sources  []fyne.Resource // tried in this order, and read when first needed
	resolved map[rune]*font.Face
	system   func(r rune, bold bool) *font.Face
}

// use takes the theme's fonts when they are others than before, and tells whether
// they were.
func (f *fonts) use(th fyne.Theme) (changed bool) {
	source := th.Font(f.style)
	if len(f.sources) > 0 && f.sources[0] == source {
		return false
	}
	f.sources = []fyne.Resource{
		source, theme.DefaultTheme().Font(f.style), theme.DefaultEmojiFont(), theme.DefaultSymbolFont(),
	}
	f.resolved = map[rune]*font.Face{}
	return true
}

// ResolveFace gives the face to draw a rune with; where no font has it, one that
// draws its box for a missing glyph.
func (f *fonts) ResolveFace(r rune) *font.Face {
	face, ok := f.resolved[r]
	if !ok {
		face = f.lookup(r)
		f.resolved[r] = face
	}
	return face
}

func (f *fonts) lookup(r rune) *font.Face {
	var first *font.Face
	for _, source := range f.sources {
		face := parsedFace(source)
		if face == nil {
			continue
		}
		if _, ok := face.NominalGlyph(r); ok {
			return face
		}
		if first == nil {
			first = face
		}
	}
	if face := f.system(r, f.style.Bold); face != nil {
		return face
	}
	return first
}

// parsed holds faces by their resource, which the two styles share.
var parsed = map[fyne.Resource]*font.Face{}

// parsedFace reads a font, nil when there is none or it can't be read.
func parsedFace(source fyne.Resource) *font.Face {
	face, ok := parsed[source]
	if !ok && source != nil {
		face, _ = font.ParseTTF(bytes.NewReader(source.Content()))
		parsed[source] = face
	}
	return face
}

// systemFonts gives faces from the computer's fonts. They are looked up when the
// first text needs them, from the index that Fyne has left on the disk.
func systemFonts() func(r rune, bold bool) *font.Face {
	var fm *fontscan.FontMap
	return func(r rune, bold bool) *font.Face {
		if fm == nil {
			fm = fontscan.NewFontMap(quiet{})
			if err := loadSystemFonts(fm); err != nil {
				fm = fontscan.NewFontMap(quiet{}) // without them a box is drawn
			}
		}
		aspect := font.Aspect{Weight: font.WeightNormal}
		if bold {
			aspect.Weight = font.WeightBold
		}
		fm.SetQuery(fontscan.Query{Families: []string{fontscan.SansSerif}, Aspect: aspect})
		fm.SetScript(language.LookupScript(r))
		return fm.ResolveFace(r)
	}
}

// quiet keeps the font scanner from writing to the terminal.
type quiet struct{}

func (quiet) Printf(string, ...any) {}
