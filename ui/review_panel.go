package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"seedbed/localdb"
	"seedbed/ui/widget"
)

// reviewPanel is all about one message: its whole text, its category, why to look at
// it, what it nearly copies, and where it came from.
type reviewPanel struct {
	page    *reviewPage
	message localdb.Message
	details *reader         // of the message
	found   localdb.Message // what the details are of

	title, many    *widget.Text
	text           *reviewField
	choices        []*widget.Choice
	categories     *fyne.Container
	notice         *widget.Surface
	reading        *widget.Text
	use            *widget.Button
	reasons        *fyne.Container
	copies, origin *fyne.Container
	about          *fyne.Container
	scroll         *container.Scroll
	object         fyne.CanvasObject
}

func newReviewPanel(p *reviewPage) *reviewPanel {
	d := &reviewPanel{
		page: p, title: widget.MutedLine(""), many: widget.Body("").In(widget.ColorNoticeText), text: newReviewField(),
		categories: widget.Stack(0), reading: widget.Body("").In(widget.ColorNoticeText),
		reasons: widget.Stack(8), copies: widget.Stack(10), origin: widget.Stack(4),
	}
	d.details = &reader{jobs: p.app.jobs, begin: d.readDetails}
	d.text.MultiLine, d.text.Wrapping = true, fyne.TextWrapWord
	d.text.SetMinRowsVisible(textRows(""))
	d.text.onLeft = d.keepText
	d.text.onKey = d.textKey
	d.text.onShortcut = d.textShortcut
	d.use = widget.NewButton("", p.useReading).WithKey("U")
	d.notice = widget.Notice(widget.Stack(8, d.reading, container.NewHBox(d.use)))
	d.many.Hide()
	buttons := widget.Wrap(8,
		widget.NewPrimary(lang.L("Accept"), p.accept).WithKey("A"),
		widget.NewButton(lang.L("Reject"), p.reject).WithKey("X"),
		widget.NewButton(lang.L("Undo"), p.undo))
	d.about = widget.Stack(12, d.title, d.text, d.many,
		widget.Stack(6, widget.Muted(lang.L("Category")), d.categories), d.notice, d.reasons, d.copies, d.origin)
	beside := layout.NewCustomPaddedLayout(0, 12, 0, 10) // keeps clear of the scroll bar
	d.scroll = container.NewVScroll(container.New(beside, d.about))
	d.object = widget.Card(container.NewBorder(nil, container.New(layout.NewCustomPaddedLayout(10, 0, 0, 0), buttons), nil, nil, d.scroll))
	return d
}

// setCategories lists the categories with their keys.
func (d *reviewPanel) setCategories(categories []localdb.Category) {
	d.choices = nil
	d.categories.RemoveAll()
	for _, c := range categories {
		choice := widget.NewChoice(c.Name, widget.ParseColour(c.Colour), c.Key, func() {
			d.page.label(c.Name)
			d.page.app.window.Canvas().Focus(d.page.grid)
		})
		d.choices = append(d.choices, choice)
		d.categories.Add(choice)
	}
}

// show brings the panel to a message, at once with what its row has; the rest is read
// in the background. A text under way is kept as long as it is the same message.
func (d *reviewPanel) show(m localdb.Message, selected int) {
	if m == d.message {
		return
	}
	other := m.ID != d.message.ID
	if other || d.text.Text == d.message.Text {
		d.text.SetText(m.Text)
		d.text.SetMinRowsVisible(textRows(m.Text))
	}
	d.message = m
	for _, choice := range d.choices {
		choice.SetChosen(choice.Text() == m.Category)
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
	d.details.read()
	d.arrange()
}

// arrange gives everything its place after some of it came, went or grew.
func (d *reviewPanel) arrange() {
	d.about.Refresh()
	d.scroll.Refresh()
}

// textRows is how many lines the text field shows: more for a long text.
func textRows(text string) int { return min(max(4, 1+len(text)/36), 12) }

// setSelected says that keys and buttons are about many messages.
func (d *reviewPanel) setSelected(n int) {
	d.many.SetText(lang.L("{{.N}} messages are selected: keys and buttons change all of them.", map[string]any{"N": thousands(n)}))
	if d.many.Visible() != (n > 1) {
		setVisible(d.many, n > 1)
		d.arrange()
	}
}

func (d *reviewPanel) showTitle() {
	m := d.message
	came := lang.L("written {{.Day}}", map[string]any{"Day": day(m.Created.Local())})
	if m.BatchID == 0 {
		came = lang.L("imported {{.Day}}", map[string]any{"Day": day(m.Created.Local())})
	}
	d.title.SetText(lang.L("Message {{.ID}}", map[string]any{"ID": m.ID}) + " · " + sourceName(m.Source) + " · " + came)
}

// showReading offers the category that the check would give.
func (d *reviewPanel) showReading() {
	m := d.message
	setVisible(d.notice, m.Predicted != "")
	if m.Predicted == "" {
		return
	}
	d.reading.SetText(lang.L("The check reads this as {{.Category}} ({{.Score}}).", map[string]any{"Category": m.Predicted, "Score": decimal(m.PredictedScore, 2)}))
	d.use.SetText(lang.L("Use {{.Category}}", map[string]any{"Category": m.Predicted}))
}

// showReasons explains the flags.
func (d *reviewPanel) showReasons() {
	d.reasons.RemoveAll()
	for _, f := range localdb.AllFlags {
		if d.message.Flags&f != 0 && (f != localdb.Mislabelled || d.message.Predicted == "") {
			d.reasons.Add(widget.Notice(widget.Body(flagReason(f)).In(widget.ColorNoticeText)))
		}
	}
	setVisible(d.reasons, len(d.reasons.Objects) > 0)
}

func flagReason(f localdb.Flag) string {
	switch f {
	case localdb.NearDuplicate:
		return lang.L("Near-duplicate: it says nearly the same as another message. Keep the better one and reject the other.")
	case localdb.PersonalDetails:
		return lang.L("Personal details: something here may point to a real person. Change or delete it before this goes anywhere.")
	case localdb.TwoCategories:
		return lang.L("Two categories: the same text also stands under another category. Give both the same, or reject one.")
	}
	return lang.L("It looks mislabelled: read it again, then accept it or give it another category.")
}

// keepText saves what was typed.
func (d *reviewPanel) keepText() {
	if d.text.Text != d.message.Text {
		d.page.setText(d.message.ID, d.text.Text)
	}
}

// textKey gives up what was typed.
func (d *reviewPanel) textKey(ev *fyne.KeyEvent) bool {
	if ev.Name != fyne.KeyEscape {
		return false
	}
	d.text.SetText(d.message.Text)
	d.page.app.window.Canvas().Focus(d.page.grid)
	return true
}

// textShortcut saves what was typed and goes back to the list.
func (d *reviewPanel) textShortcut(s fyne.Shortcut) bool {
	c, ok := s.(*desktop.CustomShortcut)
	if !ok || c.Modifier != fyne.KeyModifierShortcutDefault || c.KeyName != fyne.KeyReturn && c.KeyName != fyne.KeyEnter {
		return false
	}
	d.page.app.window.Canvas().Focus(d.page.grid) // losing the focus saves
	return true
}
