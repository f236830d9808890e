package realdata

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/charset"
	"seedbed/localdb/exchange/formats"
	"seedbed/localdb/exchange/table"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// readingCard says how the file is read, why, and what reading leaves out. Every guess
// can be changed in it.
type readingCard struct {
	page         *page
	why, leftOut *widget.Text
	choices      *fyne.Container
	object       *widget.Panel
}

func newReadingCard(p *page) *readingCard {
	c := &readingCard{page: p, why: widget.Muted(""), leftOut: widget.Muted(""), choices: widget.Wrap(10)}
	c.object = widget.Card(widget.VBox(8, c.choices, c.why, c.leftOut))
	return c
}

// show shows what is known of a source. A database leaves nothing to choose.
func (c *readingCard) show(s *source) {
	shell.SetVisible(c.object, s != nil && s.path != "")
	if s == nil || s.path == "" {
		return
	}
	c.why.SetText(whyText(s.Facts))
	shell.SetVisible(c.why, c.why.Text() != "")
	c.showLeftOut(s)
	c.choices.RemoveAll()
	c.addFormats(s)
	if s.Facts.Encoding.Encoding != "" {
		addChoice(c, lang.L("Encoding"), encodings(s.Facts.Encoding), s.Facts.Encoding.Encoding,
			func(e charset.Encoding) string { return string(e) }, func(o *exchange.Options, e charset.Encoding) { o.Encoding = e })
	}
	if s.Facts.Format == table.CSV {
		delimiters := []rune{',', ';', '\t', '|'}
		if !slices.Contains(delimiters, s.Facts.Delimiter) {
			delimiters = append(delimiters, s.Facts.Delimiter)
		}
		addChoice(c, lang.L("Between columns"), delimiters, s.Facts.Delimiter, delimiterName, func(o *exchange.Options, r rune) { o.Delimiter = r })
		header := exchange.HeaderAbsent
		if s.Facts.Header {
			header = exchange.HeaderPresent
		}
		addChoice(c, lang.L("First line"), []exchange.Header{exchange.HeaderPresent, exchange.HeaderAbsent}, header, headerName,
			func(o *exchange.Options, h exchange.Header) { o.Header = h })
	}
	if len(s.Facts.Sheets) > 0 {
		addChoice(c, lang.L("Sheet"), s.Facts.Sheets, s.Facts.Sheet, func(name string) string { return name },
			func(o *exchange.Options, sheet string) { o.Sheet = sheet })
	}
	c.addFiles(s)
	c.object.Refresh()
}

// showLeftOut counts what is left out by its reasons. It is called again when the
// choice of roles changes.
func (c *readingCard) showLeftOut(s *source) {
	c.leftOut.SetText(leftOutText(s))
	shell.SetVisible(c.leftOut, c.leftOut.Text() != "")
}

// addFormats offers to find the format out, then the likely ones, then all others.
func (c *readingCard) addFormats(s *source) {
	list := append([]*exchange.Format{nil}, s.Likely...)
	for _, r := range formats.Readers {
		if !slices.Contains(list, r.Format) {
			list = append(list, r.Format)
		}
	}
	chosen := s.Facts.Format
	if chosen == nil {
		chosen = s.options.Format
	}
	addChoice(c, lang.L("Kind of file"), list, chosen, func(f *exchange.Format) string {
		if f == nil {
			return lang.L("Detect automatically")
		}
		return shell.Translate(f.Name.Parts())
	}, func(o *exchange.Options, f *exchange.Format) { *o = exchange.Options{Format: f} })
}

// addChoice adds a list. What is chosen in it changes an option, and the file is read
// again; what its columns are used for is then found out anew.
func addChoice[T comparable](c *readingCard, label string, values []T, chosen T, name func(T) string, set func(*exchange.Options, T)) {
	names := make([]string, len(values))
	for i, value := range values {
		names[i] = name(value)
	}
	list := widget.NewSelect(names, func(at int) {
		s := c.page.source
		again := &source{name: s.name, path: s.path, options: s.options, Inspection: s.Inspection}
		again.options.Columns = nil
		set(&again.options, values[at])
		if again.options.Format != s.options.Format {
			again.Facts = exchange.Facts{}
		}
		c.page.open(again)
	})
	list.SetOptions(names, max(0, slices.Index(values, chosen)))
	c.choices.Add(widget.HBox(6, shell.Centred(widget.Caption(label)), list))
}

// whyText says by what a file was recognised, and which files inside a zip file are read.
func whyText(f exchange.Facts) string {
	var parts []string
	if f.Format != nil && !f.Why.IsZero() {
		parts = append(parts, lang.L("It is read as {{.Format}} because {{.Why}}.", map[string]any{
			"Format": shell.Translate(f.Format.Name.Parts()), "Why": shell.Translate(f.Why.Parts()),
		}))
	}
	if n := len(f.Files); n > 0 {
		names := strings.Join(f.Files[:min(n, shownFiles)], ", ")
		if n > shownFiles {
			names += ", …"
		}
		parts = append(parts, lang.L("Read inside the zip file: {{.Files}}.", map[string]any{"Files": names}))
	}
	return strings.Join(parts, " ")
}

const (
	shownFiles   = 4
	shownReasons = 6
)

// leftOutText counts what does not become a message by its reasons; "" for nothing.
func leftOutText(s *source) string {
	var parts []string
	add := func(n int, why string) {
		parts = append(parts, lang.L("{{.N}} × {{.Why}}", map[string]any{"N": shell.Thousands(n), "Why": why}))
	}
	if n := s.otherRoles(); n > 0 {
		add(n, lang.L("said by someone whose messages are not kept"))
	}
	for _, reason := range s.Tally.Reasons {
		add(reason.Count, reasonText(reason))
	}
	if len(parts) == 0 {
		return ""
	}
	if more := len(parts) - shownReasons; more > 0 {
		parts = append(parts[:shownReasons], lang.N("and {{.N}} more reasons", more, map[string]any{"N": more}))
	}
	return lang.L("Left out in reading: {{.Reasons}}", map[string]any{"Reasons": strings.Join(parts, " · ")})
}

// encodings lists all, the likely ones first.
func encodings(guess charset.Guess) []charset.Encoding {
	list := append([]charset.Encoding{guess.Encoding}, guess.Alternatives...)
	for _, e := range charset.Known {
		if !slices.Contains(list, e) {
			list = append(list, e)
		}
	}
	return list
}

func delimiterName(r rune) string {
	switch r {
	case 0:
		return lang.L("Nothing: one column")
	case ',':
		return lang.L("Comma")
	case ';':
		return lang.L("Semicolon")
	case '\t':
		return lang.L("Tab")
	default:
		return string(r)
	}
}

func headerName(h exchange.Header) string {
	if h == exchange.HeaderPresent {
		return lang.L("names the columns")
	}
	return lang.L("is a message already")
}

// encodingQuestion asks in which encoding a file is to be read, where that is in doubt.
type encodingQuestion struct {
	page    *page
	title   *widget.Text
	samples *fyne.Container
	object  *widget.Panel
}

func newEncodingQuestion(p *page) *encodingQuestion {
	q := &encodingQuestion{page: p, title: widget.Strong(""), samples: widget.VBox(6)}
	q.object = widget.Notice(widget.VBox(10, q.title,
		widget.Body(lang.L("The file does not say in which encoding its letters are stored, and the guess is not certain. Nothing is merged until you choose. If none reads right, choose another encoding above.")), q.samples))
	q.object.Hide()
	return q
}

func (q *encodingQuestion) ask(samples []formats.EncodingSample) {
	q.samples.RemoveAll()
	q.title.SetText(many(len(samples), lang.L("Does this read right?"), lang.L("Which of these reads right?")))
	for _, sample := range samples {
		choose := widget.NewButton(string(sample.Encoding), func() {
			s := q.page.source
			again := &source{name: s.name, path: s.path, options: s.options, Inspection: s.Inspection}
			again.options.Encoding, again.options.Columns = sample.Encoding, nil
			q.page.open(again)
		})
		q.samples.Add(widget.Columns(10, []float32{20, 80}, choose, shell.Centred(widget.Line(shell.OneLine(sample.Text)))))
	}
	q.object.Show()
}
