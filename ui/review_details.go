package ui

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/gen"
	"seedbed/localdb"
	"seedbed/ui/widget"
)

// reviewDetails is what a message's row doesn't have.
type reviewDetails struct {
	written    bool // by a run: provenance and brief are known
	provenance localdb.Provenance
	brief      gen.PromptSpec
	passage    localdb.Passage // without an id where there is none
	copies     []localdb.Message
}

// readDetails reads about the message that shows; an answer that comes when another
// one shows is dropped.
func (d *reviewPanel) readDetails() (work func(ctx context.Context) error, done func(error)) {
	data, m := d.page.app.data, d.message
	if data == nil || m.ID == 0 || d.found == m {
		return nil, nil
	}
	var details reviewDetails
	work = func(ctx context.Context) (err error) {
		details, err = readDetails(ctx, data, m)
		return err
	}
	return work, func(err error) {
		if d.page.app.data != data || d.message != m {
			return
		}
		if err != nil {
			logError("reading about a message", err)
			return
		}
		d.found = m
		d.showCopies(details.copies)
		d.showOrigin(details)
		d.arrange()
	}
}

func readDetails(ctx context.Context, data *localdb.Dataset, m localdb.Message) (details reviewDetails, err error) {
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
	// A brief of another version is shown as far as it can be read.
	_ = json.Unmarshal(details.provenance.Batch.Brief, &details.brief)
	return details, nil
}

// showOrigin tells where the message came from.
func (d *reviewPanel) showOrigin(details reviewDetails) {
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
		line(lang.L("Prompt"), details.provenance.Batch.Prompt)
		line(lang.L("Situation"), details.brief.Situation)
		line(lang.L("Persona"), details.brief.Persona)
		line(lang.L("Register"), details.brief.Register)
		line(lang.L("Reads like"), details.brief.ReadsLike)
	} else {
		d.origin.Add(widget.Muted(lang.L("A file, not a run of this dataset.")))
		line(lang.L("Conversation"), m.Conversation)
	}
	line(lang.L("Category given by"), labellerName(m))
	if details.passage.ID != 0 {
		d.addPassage(details.passage)
	}
}

// addPassage shows a passage's title and, when asked for, its text.
func (d *reviewPanel) addPassage(passage localdb.Passage) {
	text := widget.Body(passage.Text)
	text.Hide()
	var open *widget.Button
	open = widget.NewButton(lang.L("Show passage"), func() {
		setVisible(text, !text.Visible())
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
func (d *reviewPanel) showCopies(copies []localdb.Message) {
	d.copies.RemoveAll()
	setVisible(d.copies, len(copies) > 0)
	for _, other := range copies {
		title := lang.L("Nearly the same: message {{.ID}}", map[string]any{"ID": other.ID})
		if other.Text == d.message.Text {
			title = lang.L("The same text: message {{.ID}}", map[string]any{"ID": other.ID})
		}
		d.copies.Add(widget.Stack(4, widget.Heading(title), marked(d.message.Text, other.Text),
			widget.Muted(strings.Join([]string{other.Category, sourceName(other.Source), statusName(other.Status)}, " · ")),
			container.NewHBox(widget.NewButton(lang.L("Go there"), func() { d.page.goTo(other.ID) }))))
	}
}

// marked shows a text with the words marked that another one doesn't have there.
func marked(than, text string) fyne.CanvasObject {
	var segments []fynewidget.RichTextSegment
	for _, piece := range differing(than, text) {
		style := fynewidget.RichTextStyle{Inline: true, SizeName: theme.SizeNameText}
		if piece.differs {
			style.ColorName, style.TextStyle.Bold = widget.ColorNoticeText, true
		}
		segments = append(segments, &fynewidget.TextSegment{Text: piece.text, Style: style})
	}
	rich := fynewidget.NewRichText(segments...)
	rich.Wrapping = fyne.TextWrapWord
	return rich
}
