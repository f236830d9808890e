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
	source   fyne.Resource // the theme's font that faces[0] was read from
	faces    []*font.Face
	resolved map[rune]*font.Face
	system   func(r rune, bold bool) *font.Face
}

// use reads the theme's fonts again when they are others than before, and tells
// whether they were. A font that can't be read leaves Fyne's own in its place.
func (f *fonts) use(th fyne.Theme) bool {
	source := th.Font(f.style)
	if source == f.source {
		return false
	}
	f.source, f.faces, f.resolved = source, f.faces[:0], map[rune]*font.Face{}
	fallback := theme.DefaultTheme().Font(f.style)
	for _, res := range []fyne.Resource{source, fallback, theme.DefaultEmojiFont(), theme.DefaultSymbolFont()} {
		if res == nil || (res == fallback && res == source && len(f.faces) > 0) {
			continue
		}
		if face := parsedFace(res); face != nil {
			f.faces = append(f.faces, face)
		}
	}
	return true
}

// ResolveFace gives the face to draw a rune with; where there is none, the first
// one, which draws its box for a missing glyph.
func (f *fonts) ResolveFace(r rune) *font.Face {
	if face, ok := f.resolved[r]; ok {
		return face
	}
	face := f.faces[0]
	if found := f.lookup(r); found != nil {
		face = found
	}
	f.resolved[r] = face
	return face
}

func (f *fonts) lookup(r rune) *font.Face {
	for _, face := range f.faces {
		if _, ok := face.NominalGlyph(r); ok {
			return face
		}
	}
	return f.system(r, f.style.Bold)
}

// parsed holds faces by their resource: the two styles share the emoji, which
// are most of the memory.
var parsed = map[fyne.Resource]*font.Face{}

func parsedFace(res fyne.Resource) *font.Face {
	face, ok := parsed[res]
	if !ok {
		face, _ = font.ParseTTF(bytes.NewReader(res.Content()))
		parsed[res] = face
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
