package review

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/gen"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// details is what the panel shows beyond a message's row.
type details struct {
	message    localdb.Message
	written    bool // by a run: provenance and spec are known
	provenance localdb.Provenance
	spec       gen.PromptSpec
	passage    localdb.Passage // without an id where there is none
	copies     []localdb.Message
}

// readDetails reads the details of the message shown.
func (d *panel) readDetails() func(ctx context.Context) (details, error) {
	data, m := d.page.window.Dataset(), d.message
	if data == nil || m.ID == 0 || d.found == m {
		return nil
	}
	return func(ctx context.Context) (details, error) { return readDetails(ctx, data, m) }
}

// showDetails drops details that arrive after another message is shown.
func (d *panel) showDetails(details details) {
	if d.message != details.message {
		return
	}
	d.found = details.message
	d.showCopies(details.copies)
	d.showOrigin(details)
	d.arrange()
}

func readDetails(ctx context.Context, data *localdb.Dataset, m localdb.Message) (details details, err error) {
	details.message = m
	if details.copies, err = data.Copies(ctx, m); err != nil {
		return details, err
	}
	if m.PassageID != 0 {
		if details.passage, err = data.Passage(ctx, m.PassageID); err != nil && !errors.Is(err, localdb.ErrNoPassage) {
			return details, err
		}
	}
	if m.BatchID == 0 {
		return details, nil
	}
	if details.provenance, err = data.Provenance(ctx, m.BatchID); err != nil {
		return details, err
	}
	details.written = true
	// A spec of another version is shown as far as it can be read.
	_ = json.Unmarshal(details.provenance.Batch.Spec, &details.spec)
	return details, nil
}

// showOrigin shows where the message came from.
func (d *panel) showOrigin(details details) {
	d.origin.RemoveAll()
	line := func(name, text string) {
		if text != "" {
			d.origin.Add(widget.Muted(name + ": " + text))
		}
	}
	m := d.message
	d.origin.Add(widget.Heading(lang.L("Where it came from")))
	if details.written {
		line(lang.L("Writer"), writerName(details.provenance))
		line(lang.L("Version of the prompt"), details.provenance.Batch.Prompt)
		line(lang.L("Situations"), situations(details.spec))
		line(lang.L("Reads like"), d.page.shownName(details.spec.ReadsLike))
	} else {
		d.origin.Add(widget.Muted(lang.L("A file, not a run of this dataset.")))
		line(lang.L("Conversation"), m.Conversation)
	}
	line(lang.L("Category given by"), labellerName(m))
	if m.Category != "" {
		line(lang.L("Confidence"), lang.L("{{.Percent}}: how sure it is that the category is right", map[string]any{"Percent": wholePercent(m.Confidence)}))
	}
	if details.passage.ID != 0 {
		d.addPassage(details.passage)
	}
}

// addPassage shows a passage's title and, when asked for, its text.
func (d *panel) addPassage(passage localdb.Passage) {
	text := widget.Body(passage.Text)
	text.Hide()
	var open *widget.Button
	open = widget.NewButton(lang.L("Show passage"), func() {
		shell.SetVisible(text, !text.Visible())
		open.SetText(lang.L("Hide passage"))
		if !text.Visible() {
			open.SetText(lang.L("Show passage"))
		}
		d.arrange()
	})
	d.origin.Add(widget.Muted(lang.L("Passage") + ": " + passage.Title))
	d.origin.Add(container.NewHBox(open))
	d.origin.Add(text)
}

// situations are those that a message's request asked for, one for each of its messages.
func situations(spec gen.PromptSpec) string {
	var list []string
	for _, d := range spec.Directions {
		if !slices.Contains(list, d.Situation) {
			list = append(list, d.Situation)
		}
	}
	return strings.Join(list, " · ")
}

func writerName(p localdb.Provenance) string {
	model := p.Model
	if p.Writer == "" {
		model = p.Run.Model
	}
	if model == "" {
		return lang.L("Built-in writer")
	}
	return model
}

func labellerName(m localdb.Message) string {
	switch m.LabelledBy {
	case localdb.ByWriter:
		return lang.L("the writer")
	case localdb.ByFile:
		return lang.L("the file")
	case localdb.ByCheck:
		return lang.L("the check")
	case localdb.ByModel:
		return lang.L("a model")
	case localdb.ByPerson:
		return lang.L("a person")
	}
	return ""
}

// showCopies shows what the message repeats, with the words that differ marked.
func (d *panel) showCopies(copies []localdb.Message) {
	d.copies.RemoveAll()
	shell.SetVisible(d.copies, len(copies) > 0)
	for _, other := range copies {
		title := lang.L("Nearly the same: message {{.ID}}", map[string]any{"ID": other.ID})
		if other.Text == d.message.Text {
			title = lang.L("The same text: message {{.ID}}", map[string]any{"ID": other.ID})
		}
		d.copies.Add(widget.VBox(4, widget.Heading(title), marked(d.message.Text, other.Text),
			widget.Muted(strings.Join([]string{d.page.shownName(other.Category), sourceName(other.Source), statusName(other.Status)}, " · ")),
			container.NewHBox(widget.NewButton(lang.L("Go there"), func() { d.page.goTo(other.ID) }))))
	}
}

// marked shows a text with the words marked that another one doesn't have there.
func marked(than, text string) fyne.CanvasObject {
	var segments []fynewidget.RichTextSegment
	for _, piece := range differing(than, text) {
		style := fynewidget.RichTextStyle{Inline: true, SizeName: fynetheme.SizeNameText}
		if piece.differs {
			style.ColorName, style.TextStyle.Bold = theme.ColorNameNoticeText, true
		}
		segments = append(segments, &fynewidget.TextSegment{Text: piece.text, Style: style})
	}
	rich := fynewidget.NewRichText(segments...)
	rich.Wrapping = fyne.TextWrapWord
	return rich
}

// wordRun is words in a row that another text has too, or that it doesn't have there.
type wordRun struct {
	text    string
	differs bool
}

// differing cuts a text into runs of words: those of the longest common subsequence
// with another text, and those between.
func differing(than, text string) []wordRun {
	a, b := strings.Fields(than), strings.Fields(text)
	// common[i][j] is how many words a[i:] and b[j:] have in common, in order.
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if sameWord(a[i], b[j]) {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var runs []wordRun
	add := func(word string, differs bool) {
		if n := len(runs); n > 0 && runs[n-1].differs == differs {
			runs[n-1].text += " " + word
			return
		}
		if len(runs) > 0 {
			word = " " + word
		}
		runs = append(runs, wordRun{word, differs})
	}
	for i, j := 0, 0; j < len(b); {
		switch {
		case i < len(a) && sameWord(a[i], b[j]):
			add(b[j], false)
			i, j = i+1, j+1
		case i < len(a) && common[i+1][j] >= common[i][j+1]:
			i++
		default:
			add(b[j], true)
			j++
		}
	}
	return runs
}

func sameWord(a, b string) bool { return strings.EqualFold(a, b) }
