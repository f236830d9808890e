package grid

import (
	"bytes"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"
)

// fonts finds a face for each rune in one text style, first in the theme's fonts, then
// in the system's. It is a shaping.Fontmap.
type fonts struct {
	style    fyne.TextStyle
	sources  []fyne.Resource // in the order of preference, parsed when first needed
	resolved map[rune]*font.Face
	system   func(r rune, bold bool) *font.Face
}

// use sets the fonts of a theme and reports whether they differ from the present ones.
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

// ResolveFace returns the face for a rune; where no font has it, the first one, which
// draws a box.
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

// parsed caches faces by resource, for both styles.
var parsed = map[fyne.Resource]*font.Face{}

// parsedFace parses a font; it returns nil when there is none or it is invalid.
func parsedFace(source fyne.Resource) *font.Face {
	face, ok := parsed[source]
	if !ok && source != nil {
		face, _ = font.ParseTTF(bytes.NewReader(source.Content()))
		parsed[source] = face
	}
	return face
}

// systemFonts returns a lookup in the system's fonts. They are loaded when first
// needed, from the index that Fyne keeps on disk.
func systemFonts() func(r rune, bold bool) *font.Face {
	var fm *fontscan.FontMap
	return func(r rune, bold bool) *font.Face {
		if fm == nil {
			fm = fontscan.NewFontMap(discardLogger{})
			if err := loadSystemFonts(fm); err != nil {
				fm = fontscan.NewFontMap(discardLogger{}) // missing glyphs are drawn as boxes
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

// discardLogger keeps the font scanner from logging to the terminal.
type discardLogger struct{}

func (discardLogger) Printf(string, ...any) {}
