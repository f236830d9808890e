package grid

import (
	"bytes"
	"fmt"
	"image/color"
	"math"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/go-text/typesetting/font"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// appTheme resembles the theme of the app, with Fyne's fonts.
type appTheme struct {
	dark bool
	zoom float32
}

func (t appTheme) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	light, dark := map[fyne.ThemeColorName]uint32{
		theme.ColorNameBackground:       0xf6f8f5,
		theme.ColorNameInputBackground:  0xffffff,
		theme.ColorNameHeaderBackground: 0xffffff,
		theme.ColorNameSeparator:        0xe1e6e2,
		theme.ColorNameForeground:       0x1c2520,
		theme.ColorNamePlaceHolder:      0x667069,
		theme.ColorNameWarning:          0xa86008,
		theme.ColorNamePrimary:          0x1f7a55,
		theme.ColorNameSelection:        0xe2f1ea,
		theme.ColorNameScrollBar:        0xb8c2bb,
	}, map[fyne.ThemeColorName]uint32{
		theme.ColorNameBackground:       0x121715,
		theme.ColorNameInputBackground:  0x1b211e,
		theme.ColorNameHeaderBackground: 0x1b211e,
		theme.ColorNameSeparator:        0x303833,
		theme.ColorNameForeground:       0xe8eeea,
		theme.ColorNamePlaceHolder:      0x9aa59e,
		theme.ColorNameWarning:          0xe0a040,
		theme.ColorNamePrimary:          0x48c78e,
		theme.ColorNameSelection:        0x1f3a2e,
		theme.ColorNameScrollBar:        0x4a554f,
	}
	set, variant := light, theme.VariantLight
	if t.dark {
		set, variant = dark, theme.VariantDark
	}
	if c, ok := set[name]; ok {
		return color.NRGBA{R: uint8(c >> 16), G: uint8(c >> 8), B: uint8(c), A: 255}
	}
	return theme.DefaultTheme().Color(name, variant)
}

func (t appTheme) Font(style fyne.TextStyle) fyne.Resource { return theme.DefaultTheme().Font(style) }

func (t appTheme) Icon(name fyne.ThemeIconName) fyne.Resource {
	return theme.DefaultTheme().Icon(name)
}

func (t appTheme) Size(name fyne.ThemeSizeName) float32 {
	return theme.DefaultTheme().Size(name) * t.zoom
}

// review returns the columns of the review page.
func review() []Column {
	return []Column{
		{ID: "status", Width: 36},
		{ID: "number", Title: "#", Width: 84, Align: fyne.TextAlignTrailing},
		{ID: "text", Title: "Message", MinWidth: 120, Stretch: true, Sortable: true, Editable: true},
		{ID: "category", Title: "Category", Width: 136, MinWidth: 60, Sortable: true},
		{ID: "confidence", Title: "Conf.", Width: 60, Sortable: true},
		{ID: "source", Title: "Source", Width: 84},
		{ID: "flags", Title: "Flags", Width: 120},
	}
}

// numbered are generated rows whose key is ten times their index.
type numbered struct {
	n       int
	loading bool
	edited  map[int64]string
}

func (r numbered) Len() int        { return r.n }
func (r numbered) Key(i int) int64 { return int64(i) * 10 }

func (r numbered) Find(key int64) (int, bool) {
	i := int(key / 10)
	return i, key%10 == 0 && i < r.n
}

var (
	categories = []string{"rag_query", "professional", "psychological", "learning", "social", "emotional", "aspirational", "chitchat"}
	tints      = []uint32{0x2d6cdf, 0x0f8a7e, 0x7b4fc9, 0xb8740a, 0xd0376f, 0xd0452b, 0x2f9140, 0x66707a}
	messages   = []string{
		"I have run a 12-person field service team for six years and want the next step",
		"what's the difference between a CV and a résumé?",
		"My manager is my biggest advocate",
		"Mornings are when I focus best so I study then",
		"thx!!",
		"AWS SAA certified, renewing in March",
	}
)

func (r numbered) Cells(i int) ([]Cell, bool) {
	if r.loading {
		return nil, false
	}
	text := messages[i%len(messages)]
	if t, ok := r.edited[r.Key(i)]; ok {
		text = t
	}
	c := i % len(categories)
	cells := []Cell{
		{},
		{Text: fmt.Sprint(i + 1), Kind: Muted},
		{Text: text},
		{Text: categories[c], Kind: Chip, Colour: rgb(tints[c])},
		{Text: fmt.Sprintf("%.2f", 1-float64(i%7)/20)},
		{Text: "synthetic", Kind: Muted},
		{},
	}
	switch i % 4 {
	case 0, 1:
		cells[0] = Cell{Text: "accepted", Kind: Check}
	case 2:
		cells[0] = Cell{Text: "rejected", Kind: Cross}
	}
	if i%5 == 4 {
		cells[6] = Cell{Text: "mislabelled?", Kind: Warning}
	}
	return cells, true
}

func rgb(c uint32) color.NRGBA {
	return color.NRGBA{R: uint8(c >> 16), G: uint8(c >> 8), B: uint8(c), A: 255}
}

// show shows rows in a window.
func show(t testing.TB, th fyne.Theme, rows Rows, size fyne.Size) (*Grid, fyne.Window) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(th)
	g := New(review()...)
	w := test.NewTempWindow(t, g)
	w.SetPadded(false)
	w.Resize(size)
	g.SetRows(rows)
	return g, w
}

// Fonts for the scripts that Fyne's lack come from testdata rather than the system.
func TestMain(m *testing.M) {
	var faces []*font.Face
	for _, name := range []string{"hebrew.ttf", "arabic.ttf", "cjk.otf"} {
		data, err := os.ReadFile("testdata/fonts/" + name)
		if err != nil {
			panic(err)
		}
		face, err := font.ParseTTF(bytes.NewReader(data))
		if err != nil {
			panic(err)
		}
		faces = append(faces, face)
	}
	find := func(r rune, _ bool) *font.Face {
		for _, f := range faces {
			if _, ok := f.NominalGlyph(r); ok {
				return f
			}
		}
		return nil
	}
	shared.regular.system, shared.bold.system = find, find
	os.Exit(m.Run())
}

// lines are rows of one text each.
type lines []string

func (l lines) Len() int                   { return len(l) }
func (l lines) Key(i int) int64            { return int64(i) }
func (l lines) Find(key int64) (int, bool) { return int(key), int(key) < len(l) }

func (l lines) Cells(i int) ([]Cell, bool) {
	return []Cell{{}, {Text: fmt.Sprint(i + 1), Kind: Muted}, {Text: l[i]}, {Text: l[i], Kind: Chip, Colour: rgb(0x2d6cdf)}}, true
}

// prose are rows of different messages of 20 words or, if mixed, of one to sixty. Words
// are as frequent as in natural language: the nth most frequent of 30,000 is used 1/n times
// as often as the first (Zipf's law).
type prose struct {
	n     int
	mixed bool
}

var words = strings.Fields(`the a work job career mentor team lead salary offer interview résumé role project
	manager learn course degree skill Python cloud data field remote office change next year week help feel
	tired happy stuck growing asked about with from into over never always maybe really`)

func (p prose) Len() int                   { return p.n }
func (p prose) Key(i int) int64            { return int64(i) }
func (p prose) Find(key int64) (int, bool) { return int(key), int(key) < p.n }

var syllables = strings.Fields("an be cor di el for gra hi in jo kal ler mo ne ov pri qu res sta ti un ver wa xe yo zin")

// vocabulary has words as often as text does.
var vocabulary = sync.OnceValue(func() []string {
	all := slices.Clone(words)
	for i := len(all); i < 30_000; i++ {
		var made strings.Builder
		for n := i; n > 0; n /= len(syllables) {
			made.WriteString(syllables[n%len(syllables)])
		}
		all = append(all, made.String())
	}
	drawn := make([]string, 1<<16)
	for i := range drawn {
		drawn[i] = all[int(math.Pow(float64(len(all)), float64(i)/float64(len(drawn))))-1]
	}
	return drawn
})

func (p prose) Cells(i int) ([]Cell, bool) {
	cells, _ := numbered{n: p.n}.Cells(i)
	var text strings.Builder
	length := 20
	if p.mixed {
		length = 1 + i*7919%60
	}
	for seed, n := uint32(i+1), 0; n < length; n++ {
		seed = seed*1664525 + 1013904223
		text.WriteString(vocabulary()[seed>>16])
		text.WriteByte(' ')
	}
	cells[2].Text = text.String()
	return cells, true
}
