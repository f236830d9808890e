package check

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/assets/visible"
	"seedbed/gen/check"
	"seedbed/gen/intent"
	"seedbed/gen/realdata"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// tryCard shows how a model trained on the dataset reads what a person types, while they
// type it.
type tryCard struct {
	page  *page
	typed *shell.Latest[string] // so that fast typing asks ten times a second at most
	ask   *shell.Loader         // the newest model
	learn *shell.Loader         // the dataset as it is
	found *answer               // what is shown; nil for nothing

	text                   *widget.Field
	note, verdict, because *widget.Text
	bars, near             *fyne.Container
	nearest                *widget.Text
	wrong                  *widget.Button
	object                 fyne.CanvasObject
}

// What is shown of an answer.
const (
	shownCategories = 5
	shownWords      = 5
	shownNear       = 3
)

// answer is what the model makes of a text.
type answer struct {
	text       string
	categories []scored // the most likely ones, in order
	none       bool     // it belongs to no category
	words      []intent.Weight
	near       []localdb.Message
}

type scored struct {
	category    string
	probability float64
}

func newTryCard(p *page) *tryCard {
	t := &tryCard{
		page: p, text: widget.NewField(""), note: widget.Muted(""), verdict: widget.Strong(""), because: widget.Muted(""),
		bars: widget.VBox(6), near: widget.VBox(6), nearest: widget.Caption(lang.L("The nearest messages of the dataset")),
	}
	t.ask = shell.NewLoader(p.window, lang.L("The message could not be read"), t.readAnswer, t.show)
	t.learn = shell.NewLoader(p.window, "", t.readModel, t.learned)
	t.typed = shell.NewLatest(p.window.Jobs.Post, func(string) { t.changed() })
	t.text.SetPlaceHolder(lang.L("Type a message as people would write it"))
	t.text.OnChanged = t.typed.Set
	t.wrong = widget.NewButton(lang.L("That’s wrong")+" ▾", t.openCategories)
	t.object = widget.VBox(10, widget.HBox(8, widget.Heading(lang.L("Try it")), widget.NewKeyCap("Ctrl T")), t.text, t.note, t.verdict, t.bars, t.because, t.nearest, t.near, widget.Wrap(8, t.wrong))
	t.clear(lang.L("A model learns the dataset on this computer and reads what you type."))
	return t
}

// cardMargin is what stands between the edge of a card and what is in it.
const cardMargin = 20

// tryMessage goes to the field in which a message is typed.
func (p *page) tryMessage() {
	if len(p.state.checks) == 0 {
		return
	}
	p.window.Canvas().Focus(p.try.text)
	// To the top, so that there is room for the answer.
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(p.try.object).Y - driver.AbsolutePositionForObject(p.results.Content).Y
	p.results.ScrollToOffset(fyne.NewPos(0, max(0, top-cardMargin)))
}

// changed asks about the text that is there now, and trains on a dataset that has changed.
func (t *tryCard) changed() {
	data := t.page.window.Dataset()
	switch last := t.page.models.last(); {
	case data == nil:
	case strings.TrimSpace(t.text.Text) == "":
		t.clear(lang.L("A model learns the dataset on this computer and reads what you type."))
	default:
		if last == nil && t.found == nil {
			t.clear(lang.L("Learning from {{.N}} messages…", map[string]any{"N": shell.Thousands(t.page.state.messages)}))
		}
		t.ask.Load()
		if last == nil || last.revision != data.Revision() {
			t.learn.Load()
		}
	}
}

// clear shows a note in place of an answer.
func (t *tryCard) clear(note string) {
	t.found = nil
	t.note.SetText(note)
	t.note.Show()
	for _, o := range []fyne.CanvasObject{t.verdict, t.bars, t.because, t.nearest, t.near, t.wrong} {
		o.Hide()
	}
	t.refresh()
}

func (t *tryCard) refresh() {
	if t.object != nil {
		t.object.Refresh()
	}
	if t.page.results != nil {
		t.page.results.Refresh()
	}
}

// learning is a model, or why there is none.
type learning struct{ err error }

func (t *tryCard) readModel() func(context.Context) (learning, error) {
	data := t.page.window.Dataset()
	if data == nil {
		return nil
	}
	return func(ctx context.Context) (learning, error) {
		_, err := t.page.models.of(ctx, data)
		return learning{err}, ctx.Err()
	}
}

func (t *tryCard) learned(l learning) {
	switch {
	case l.err == nil:
		t.ask.Load()
	case errors.Is(l.err, intent.ErrFewCategories) || errors.Is(l.err, intent.ErrFewMessages):
		t.clear(lang.L("There is too little to learn from: it takes labelled messages of two categories."))
	default:
		t.clear("")
		t.page.window.Fail(lang.L("The model could not be trained"), l.err)
	}
}

func (t *tryCard) readAnswer() func(context.Context) (answer, error) {
	data, model, text := t.page.window.Dataset(), t.page.models.last(), strings.TrimSpace(t.text.Text)
	if data == nil || model == nil || text == "" {
		return nil
	}
	return func(ctx context.Context) (answer, error) {
		kept, err := check.Kept(ctx, data)
		if err != nil {
			return answer{}, err
		}
		return model.answer(text, kept), nil
	}
}

// answer reads a text.
func (m *trained) answer(text string, kept float64) answer {
	p := m.Predict(text)
	a := answer{text: text, none: p.OutOfScope > m.Threshold(kept).Score, words: m.Explain(text), near: m.near.To(text, shownNear)}
	for i, category := range m.Categories() {
		a.categories = append(a.categories, scored{category, p.Probabilities[i]})
	}
	slices.SortStableFunc(a.categories, func(x, y scored) int { return cmp.Compare(y.probability, x.probability) })
	a.categories = a.categories[:min(shownCategories, len(a.categories))]
	return a
}

func (t *tryCard) show(a answer) {
	if a.text != strings.TrimSpace(t.text.Text) {
		return // there is a newer text
	}
	t.found = &a
	t.note.Hide()
	t.showVerdict(a)
	t.bars.RemoveAll()
	for _, s := range a.categories {
		bar := widget.NewProgressBar(t.page.colour(s.category))
		bar.SetValue(float32(s.probability))
		t.bars.Add(container.NewBorder(nil, nil, shell.CategoryLabel(t.page.state.categories.Named(s.category)),
			widget.FixedWidth(56, widget.HBox(0, layout.NewSpacer(), widget.Caption(shell.Percent(s.probability)))), bar))
	}
	t.because.SetText(t.reasons(a))
	t.near.RemoveAll()
	for _, m := range a.near {
		text := shell.OneLine(m.Text)
		t.near.Add(widget.NewListItem(text, widget.Columns(8, []float32{74, 26}, shell.Centred(widget.Line(text)), t.page.narrowChip(m.Category)), func() {
			t.page.window.Review(localdb.Filter{IDs: []int64{m.ID}}, m.ID)
		}))
	}
	for _, o := range []fyne.CanvasObject{t.verdict, t.bars, t.wrong} {
		o.Show()
	}
	shell.SetVisible(t.because, t.because.Text() != "")
	shell.SetVisible(t.nearest, len(a.near) > 0)
	shell.SetVisible(t.near, len(a.near) > 0)
	t.refresh()
}

func (t *tryCard) showVerdict(a answer) {
	first := a.categories[0]
	about := map[string]any{"Category": t.page.shown(first.category), "Percent": shell.Percent(first.probability)}
	colour := fynetheme.ColorNameForeground
	text := lang.L("{{.Category}}, {{.Percent}} sure", about)
	if a.none {
		colour = theme.ColorNameNoticeText
		text = lang.L("It seems to belong to no category; {{.Category}} is the nearest.", about)
	}
	t.verdict.SetText(text)
	t.verdict.SetColor(colour)
}

// reasons names the words that speak for the category and against it.
func (t *tryCard) reasons(a answer) string {
	weight := map[string]float64{}
	for _, w := range a.words {
		weight[strings.ToLower(w.Word)] += w.Weight
	}
	pick := func(sign float64) string {
		var words []string
		for word := range weight {
			if sign*weight[word] > leastWeight {
				words = append(words, word)
			}
		}
		slices.SortFunc(words, func(x, y string) int { return cmp.Or(cmp.Compare(sign*weight[y], sign*weight[x]), cmp.Compare(x, y)) })
		return strings.Join(words[:min(shownWords, len(words))], ", ")
	}
	var lines []string
	if words := pick(1); words != "" {
		lines = append(lines, lang.L("Words that speak for {{.Category}}: {{.Words}}", map[string]any{"Category": t.page.shown(a.categories[0].category), "Words": words}))
	}
	if words := pick(-1); words != "" && len(a.categories) > 1 {
		lines = append(lines, lang.L("For {{.Category}} instead: {{.Words}}", map[string]any{"Category": t.page.shown(a.categories[1].category), "Words": words}))
	}
	return strings.Join(lines, "\n")
}

// leastWeight is the least part of a lead that is worth naming: leads are around 1.
const leastWeight = 0.02

// openCategories asks what the message is.
func (t *tryCard) openCategories() {
	if t.found == nil {
		return
	}
	text := t.found.text
	var items []*fyne.MenuItem
	for _, c := range t.page.state.categories {
		if !c.Archived {
			items = append(items, fyne.NewMenuItem(visible.Line(c.Shown()), func() { t.correct(text, c.Name) }))
		}
	}
	fynewidget.ShowPopUpMenuAtRelativePosition(fyne.NewMenu("", items...), t.page.window.Canvas(), fyne.NewPos(0, t.wrong.Size().Height+fynetheme.Padding()), t.wrong)
}

// correct puts the message into the dataset with the category that a person gave it.
func (t *tryCard) correct(text, category string) {
	w := t.page.window
	data := w.Dataset()
	var added realdata.AddedOne
	w.Change(lang.L("Adding the message"), lang.L("The message could not be added"), func(ctx context.Context, _ localdb.Report) (err error) {
		added, err = realdata.AddOne(ctx, data, text, category)
		return err
	}, func(err error) {
		if err != nil {
			return
		}
		about := map[string]any{"Category": t.page.shown(category)}
		say := lang.L("Added to the dataset as {{.Category}}, a real message", about)
		switch {
		case added.Known:
			say = lang.L("The dataset had this message; it is {{.Category}} now", about)
		case added.Masked:
			say = lang.L("Added as {{.Category}}, with its personal details hidden", about)
		}
		w.Toasts.Show(say, lang.L("Undo"), w.Undo)
		t.changed()
	})
}
