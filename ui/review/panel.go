package review

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// panel shows one message: its whole text, its category, why to review
// it, what it nearly repeats, and where it came from.
type panel struct {
	page    *page
	message localdb.Message
	details *shell.Loader   // of the message
	found   localdb.Message // what the details are of

	title, many    *widget.Text
	text           *field
	hidden         *hidden
	remarks        *remarks
	choices        map[string]*widget.ChipOption // by category
	categories     *fyne.Container
	notice         *widget.Panel
	reading        *widget.Text
	use            *widget.Button
	reasons        *fyne.Container
	copies, origin *fyne.Container
	about          *fyne.Container
	scroll         *container.Scroll
	object         fyne.CanvasObject
}

func newPanel(p *page) *panel {
	d := &panel{
		page: p, title: widget.MutedLine(""), many: widget.Body("").WithColor(theme.ColorNameNoticeText), text: newField(),
		categories: widget.VBox(0), reading: widget.Body("").WithColor(theme.ColorNameNoticeText),
		reasons: widget.VBox(8), copies: widget.VBox(10), origin: widget.VBox(4),
	}
	d.hidden, d.remarks = newHidden(p), newRemarks(p)
	d.details = shell.NewLoader(p.window, "", d.readDetails, d.showDetails)
	d.text.MultiLine, d.text.Wrapping = true, fyne.TextWrapWord
	d.text.SetMinRowsVisible(textRows(""))
	d.text.onLeft = d.keepText
	d.text.onKey = d.textKey
	d.text.onShortcut = p.leaveField
	d.use = widget.NewButton("", p.usePrediction).WithKey("U")
	d.notice = widget.Notice(widget.VBox(8, d.reading, container.NewHBox(d.use)))
	d.many.Hide()
	buttons := widget.Wrap(8,
		widget.NewPrimaryButton(lang.L("Accept"), p.accept).WithKey("A"),
		widget.NewButton(lang.L("Reject"), p.reject).WithKey("X"),
		widget.NewButton(lang.L("Undo"), p.window.Undo))
	d.about = widget.VBox(12, d.title, d.text, d.hidden.notice, d.many,
		widget.VBox(6, widget.Muted(lang.L("Category")), d.categories), d.notice, d.reasons, d.remarks.object, d.copies, d.origin)
	beside := layout.NewCustomPaddedLayout(0, 12, 0, 10) // keeps clear of the scroll bar
	d.scroll = container.NewVScroll(container.New(beside, d.about))
	d.object = widget.Card(container.NewBorder(nil, container.New(layout.NewCustomPaddedLayout(10, 0, 0, 0), buttons), nil, nil, d.scroll))
	return d
}

// setCategories lists the categories with their keys.
func (d *panel) setCategories(categories []localdb.Category) {
	d.choices = map[string]*widget.ChipOption{}
	d.categories.RemoveAll()
	for _, c := range categories {
		choice := widget.NewChipOption(c.Shown(), theme.ParseColour(c.Colour), c.Key, func() {
			d.page.label(c.Name)
			d.page.window.Canvas().Focus(d.page.grid)
		})
		d.choices[c.Name] = choice
		d.categories.Add(choice)
	}
}

// show brings the panel to a message, at once with what its row has; the rest is read
// in the background. A text under way is kept as long as it is the same message.
func (d *panel) show(m localdb.Message, selected int) {
	if m == d.message {
		return
	}
	other := m.ID != d.message.ID
	if other || d.text.Text == d.message.Text {
		d.text.SetText(m.Text)
		d.text.SetMinRowsVisible(textRows(m.Text))
	}
	d.message = m
	d.hidden.set(m.Text)
	d.remarks.show(m)
	for category, choice := range d.choices {
		choice.SetSelected(category == m.Category)
	}
	d.showTitle()
	d.showReading()
	d.showReasons()
	if other {
		d.showCopies(nil)
		d.origin.RemoveAll()
		d.scroll.ScrollToTop()
	}
	d.setSelected(selected)
	d.details.Load()
	d.arrange()
}

// arrange gives everything its place after some of it came, went or grew.
func (d *panel) arrange() {
	d.about.Refresh()
	d.scroll.Refresh()
}

// textRows is how many lines the text field shows: more for a long text.
func textRows(text string) int { return min(max(4, 1+len(text)/36), 12) }

// setSelected says that keys and buttons are about many messages.
func (d *panel) setSelected(n int) {
	d.many.SetText(lang.L("{{.N}} messages are selected: keys and buttons change all of them.", map[string]any{"N": shell.Thousands(n)}))
	if d.many.Visible() != (n > 1) {
		shell.SetVisible(d.many, n > 1)
		d.arrange()
	}
}

func (d *panel) showTitle() {
	m := d.message
	came := lang.L("written {{.Day}}", map[string]any{"Day": shell.Day(m.Created.Local())})
	if m.BatchID == 0 {
		came = lang.L("imported {{.Day}}", map[string]any{"Day": shell.Day(m.Created.Local())})
	}
	d.title.SetText(lang.L("Message {{.ID}}", map[string]any{"ID": m.ID}) + " · " + sourceName(m.Source) + " · " + came)
}

// showReading offers the category that the check would give.
func (d *panel) showReading() {
	m := d.message
	shell.SetVisible(d.notice, m.Predicted != "")
	if m.Predicted == "" {
		return
	}
	d.reading.SetText(lang.L("The check reads this as {{.Category}}, {{.Score}} sure.", map[string]any{"Category": d.page.shownName(m.Predicted), "Score": wholePercent(m.PredictedScore)}))
	d.use.SetText(lang.L("Use {{.Category}}", map[string]any{"Category": d.page.shownName(m.Predicted)}))
}

// showReasons explains the flags.
func (d *panel) showReasons() {
	d.reasons.RemoveAll()
	for _, f := range localdb.AllFlags {
		if d.message.Flags&f != 0 && (f != localdb.Mislabelled || d.message.Predicted == "") {
			d.reasons.Add(widget.Notice(widget.Body(flagReason(f)).WithColor(theme.ColorNameNoticeText)))
		}
	}
	shell.SetVisible(d.reasons, len(d.reasons.Objects) > 0)
}

func flagReason(f localdb.Flag) string {
	switch f {
	case localdb.NearDuplicate:
		return lang.L("Near-duplicate: it says nearly the same as another message. Keep the better one and reject the other.")
	case localdb.PersonalDetails:
		return lang.L("Personal details: something here may point to a real person. Change or delete it before this goes anywhere.")
	case localdb.OutOfScope:
		return lang.L("Belongs nowhere? It is unlike the messages of every category. Give it its category again if it has the right one, move it to a category that is kept out of training, or reject it.")
	case localdb.TwoCategories:
		return lang.L("Two categories: the same text also has another category. Give both the same one, or reject one of them.")
	}
	return lang.L("It looks mislabelled: read it again, then accept it or give it another category.")
}

// keepText saves what was typed.
func (d *panel) keepText() {
	if d.text.Text != d.message.Text {
		d.page.setText(d.message.ID, d.text.Text)
	}
}

// textKey gives up what was typed.
func (d *panel) textKey(ev *fyne.KeyEvent) bool {
	if ev.Name != fyne.KeyEscape {
		return false
	}
	d.text.SetText(d.message.Text)
	d.page.window.Canvas().Focus(d.page.grid)
	return true
}
