package review

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// dividing is the dialog that makes several messages of one: a field for each.
type dividing struct {
	page    *page
	message localdb.Message
	fields  []*widget.Field
	at      int // the field that had the keyboard last
	pieces  *fyne.Container
	apply   *widget.Button
	dialog  *widget.Dialog
}

// divide opens the dialog. With the cursor inside the text in the side panel, the message is split
// there to begin with.
func (p *page) divide() {
	m, ok := p.current()
	if !ok {
		return
	}
	d := &dividing{page: p, message: m, pieces: widget.VBox(8)}
	pieces := []string{m.Text}
	if p.window.Canvas().Focused() == p.panel.text && p.panel.text.Text == m.Text {
		pieces = cutAt(m.Text, p.panel.text.CursorTextOffset())
	}
	d.apply = widget.NewPrimaryButton("", d.divide)
	body := widget.VBox(10,
		widget.Body(lang.L("Each field becomes a message with the same category, tags and origin. The first one stays what it is, the others are to review.")),
		widget.Wrap(8,
			widget.NewSmallButton(lang.L("Split at the cursor"), d.splitAtCursor),
			widget.NewSmallButton(lang.L("Split at the ends of sentences"), func() { d.show(sentences(m.Text)) }),
			widget.NewSmallButton(lang.L("Start again"), func() { d.show([]string{m.Text}) })),
		d.pieces)
	d.dialog = widget.ShowDialog(p.window.Canvas(), lang.L("Split message {{.ID}}", map[string]any{"ID": m.ID}), body,
		d.apply, widget.NewButton(lang.L("Cancel"), func() {}))
	d.dialog.Widen()
	d.show(pieces)
	p.window.Canvas().Focus(d.fields[0])
}

// show shows a field for each piece.
func (d *dividing) show(pieces []string) {
	d.fields, d.at = nil, 0
	d.pieces.RemoveAll()
	for i, piece := range pieces {
		f := widget.NewTextArea(min(max(2, 1+len(piece)/80), 8))
		f.SetText(piece)
		f.OnChanged = func(string) { d.count() }
		f.OnCursorChanged = func() { d.at = i }
		d.fields = append(d.fields, f)
		d.pieces.Add(f)
	}
	d.count()
}

func (d *dividing) texts() (list []string) {
	for _, f := range d.fields {
		if text := strings.TrimSpace(f.Text); text != "" {
			list = append(list, text)
		}
	}
	return list
}

func (d *dividing) count() {
	n := len(d.texts())
	d.apply.SetText(lang.L("Split ({{.N}})", map[string]any{"N": n}))
	shell.SetEnabled(d.apply, n > 1)
	d.dialog.Refresh()
}

func (d *dividing) splitAtCursor() {
	var pieces []string
	for i, f := range d.fields {
		if i == d.at {
			pieces = append(pieces, cutAt(f.Text, f.CursorTextOffset())...)
		} else {
			pieces = append(pieces, f.Text)
		}
	}
	d.show(pieces)
}

// cutAt cuts a text behind so many characters; at its ends it stays whole.
func cutAt(text string, characters int) []string {
	runes := []rune(text)
	characters = min(max(characters, 0), len(runes))
	before, after := strings.TrimSpace(string(runes[:characters])), strings.TrimSpace(string(runes[characters:]))
	if before == "" || after == "" {
		return []string{text}
	}
	return []string{before, after}
}

// abbreviations are words behind which a full stop ends no sentence.
var abbreviations = []string{"dr", "mr", "mrs", "ms", "prof", "st", "no", "nr", "vs", "bzw", "ca", "hr", "fr", "str", "tel", "approx", "e.g", "i.e", "z.b", "d.h", "inkl"}

// sentences cuts a text at the ends of lines and sentences. A full stop behind a number, a
// single letter or an abbreviation ends none, nor does one before a small letter.
func sentences(text string) (list []string) {
	start := 0
	add := func(end int) {
		if sentence := strings.TrimSpace(text[start:end]); sentence != "" {
			list = append(list, sentence)
		}
		start = end
	}
	for at, r := range text {
		after := at + utf8.RuneLen(r)
		switch {
		case r == '\n' || strings.ContainsRune("。！？", r):
			add(after)
		case strings.ContainsRune(".!?…", r) && endsSentence(text, at, after):
			add(after + len(closing(text[after:])))
		}
	}
	add(len(text))
	return list
}

// closing are the quotes and brackets that still belong to a sentence.
func closing(rest string) string {
	return rest[:len(rest)-len(strings.TrimLeft(rest, `"'”’»)]`))]
}

func endsSentence(text string, at, after int) bool {
	rest := text[after+len(closing(text[after:])):]
	next := strings.TrimLeftFunc(rest, unicode.IsSpace)
	if next == rest || next == "" {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(next); unicode.IsLower(r) && text[at] == '.' {
		return false
	}
	word := text[strings.LastIndexFunc(text[:at], unicode.IsSpace)+1 : at]
	return text[at] != '.' || utf8.RuneCountInString(word) > 1 && strings.Trim(word, "0123456789.") != "" && !slices.Contains(abbreviations, strings.ToLower(word))
}

// divide splits the message.
func (d *dividing) divide() {
	p, id, pieces := d.page, d.message.ID, d.texts()
	data := p.window.Dataset()
	p.change(lang.L("Splitting"), []int64{id}, func(ctx context.Context, _ localdb.Report) (int, error) {
		added, err := data.Divide(ctx, id, pieces)
		return 1 + len(added), err
	}, func(n int) {
		p.window.Toasts.Show(lang.L("The message is now {{.N}} messages", map[string]any{"N": n}), lang.L("Undo"), p.window.Undo)
		p.renew()
	})
}

// mostJoined is how many messages can be joined: with more, it is a slip.
const mostJoined = 50

// join asks how the selected messages are to become one.
func (p *page) join() {
	ids := p.targets()
	if len(ids) < 2 || len(ids) > mostJoined {
		p.window.Toasts.Show(lang.L("Select 2 to {{.N}} messages to join.", map[string]any{"N": mostJoined}), "", nil)
		return
	}
	data := p.window.Dataset()
	messages := map[int64]localdb.Message{}
	p.window.Jobs.RunSilently(func(ctx context.Context) error {
		for m, err := range data.Messages(ctx, localdb.Filter{IDs: ids}) {
			if err != nil {
				return err
			}
			messages[m.ID] = m
		}
		return nil
	}, func(err error) {
		if err != nil {
			p.window.Fail(lang.L("The messages could not be read"), err)
			return
		}
		slices.SortStableFunc(ids, func(a, b int64) int { return p.rowOf(a) - p.rowOf(b) })
		list := make([]localdb.Message, len(ids))
		for i, id := range ids {
			list[i] = messages[id]
		}
		p.askToJoin(list)
	})
}

func (p *page) rowOf(id int64) int {
	row, _ := p.rows.Find(id)
	return row
}

// joining is the dialog that makes one message of several.
type joining struct {
	page      *page
	messages  []localdb.Message
	rows      *fyne.Container
	separator *widget.Select
	result    *widget.Text
	dialog    *widget.Dialog
}

var separators = []string{" ", "\n", ". ", ", ", ""}

func (p *page) askToJoin(list []localdb.Message) {
	j := &joining{page: p, messages: list, rows: widget.VBox(2), result: widget.Body("")}
	j.separator = widget.NewSelect([]string{
		lang.L("a space"), lang.L("a line break"), lang.L("a full stop and a space"), lang.L("a comma and a space"), lang.L("nothing at all"),
	}, func(int) { j.show() })
	apply := widget.NewPrimaryButton(lang.L("Join {{.N}} messages", map[string]any{"N": len(list)}), j.join)
	body := widget.VBox(10,
		widget.Body(lang.L("The first message gets the whole text, and the others are deleted. It has the first category that one of them has, and all their tags and notes.")),
		j.rows, widget.Wrap(8, widget.Caption(lang.L("Between them")), j.separator),
		widget.Heading(lang.L("Becomes")), j.result)
	j.dialog = widget.ShowDialog(p.window.Canvas(), lang.L("Join messages"), body, apply, widget.NewButton(lang.L("Cancel"), func() {}))
	j.dialog.Widen()
	j.show()
}

// show lists the messages in their order, and what they become.
func (j *joining) show() {
	j.rows.RemoveAll()
	texts := make([]string, len(j.messages))
	for i, m := range j.messages {
		texts[i] = strings.TrimSpace(m.Text)
		up := widget.NewSmallButton(lang.L("Move up"), func() {
			j.messages[i-1], j.messages[i] = j.messages[i], j.messages[i-1]
			j.show()
		})
		shell.SetEnabled(up, i > 0)
		j.rows.Add(container.NewBorder(nil, nil, nil, widget.HBox(0, up), shell.Centred(widget.Line(shell.OneLine(m.Text)))))
	}
	j.result.SetText(strings.Join(texts, separators[max(0, j.separator.SelectedIndex())]))
	if j.dialog != nil {
		j.dialog.Refresh()
	}
}

func (j *joining) join() {
	p, separator := j.page, separators[max(0, j.separator.SelectedIndex())]
	data := p.window.Dataset()
	ids := make([]int64, len(j.messages))
	for i, m := range j.messages {
		ids[i] = m.ID
	}
	p.change(lang.L("Joining"), ids, func(ctx context.Context, _ localdb.Report) (int, error) {
		return len(ids), data.Join(ctx, ids, separator)
	}, func(n int) {
		p.window.Toasts.Show(lang.L("{{.N}} messages joined", map[string]any{"N": n}), lang.L("Undo"), p.window.Undo)
		p.goal = ids[0]
		p.renew()
	})
}
