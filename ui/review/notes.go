package review

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/lang"

	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// remarks are the note and the tags of the message in the side panel.
type remarks struct {
	page       *page
	message    localdb.Message
	note, tags *field
	object     fyne.CanvasObject
}

func newRemarks(p *page) *remarks {
	r := &remarks{page: p, note: newField(), tags: newField()}
	r.note.MultiLine, r.note.Wrapping = true, fyne.TextWrapWord
	r.note.SetMinRowsVisible(1)
	r.note.SetPlaceHolder(lang.L("A note for yourself and others"))
	r.tags.SetPlaceHolder(lang.L("Words with commas between them"))
	r.note.onLeft, r.tags.onLeft = r.keepNote, r.keepTags
	for _, f := range []*field{r.note, r.tags} {
		f.onKey = func(ev *fyne.KeyEvent) bool { return r.typed(f, ev) }
		f.onShortcut = p.leaveField
	}
	r.object = widget.VBox(8,
		widget.VBox(4, widget.HBox(8, widget.Caption(lang.L("Note")), widget.NewKeyCap("Ctrl+Shift+N")), r.note),
		widget.VBox(4, widget.HBox(8, widget.Caption(lang.L("Tags")), widget.NewKeyCap("Ctrl+Shift+T")), r.tags))
	return r
}

// show shows those of a message. What is being typed is kept as long as it is the same message.
func (r *remarks) show(m localdb.Message) {
	other := m.ID != r.message.ID
	if other || r.note.Text == r.message.Note {
		r.note.SetText(m.Note)
		r.note.SetMinRowsVisible(min(max(1, 1+strings.Count(m.Note, "\n")+len(m.Note)/36), 6))
	}
	if other || r.tags.Text == r.message.Tags.String() {
		r.tags.SetText(m.Tags.String())
	}
	r.message = m
}

// typed gives up what was typed, and Enter in the tags saves them.
func (r *remarks) typed(f *field, ev *fyne.KeyEvent) bool {
	switch {
	case ev.Name == fyne.KeyEscape:
		r.note.SetText(r.message.Note)
		r.tags.SetText(r.message.Tags.String())
	case f == r.tags && (ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter):
	default:
		return false
	}
	r.page.backToList()
	return true
}

func (r *remarks) keepNote() {
	data, id, note := r.page.window.Dataset(), r.message.ID, r.note.Text
	if strings.TrimSpace(note) == r.message.Note {
		return
	}
	r.page.change(lang.L("Noting"), []int64{id}, func(ctx context.Context, _ localdb.Report) (int, error) {
		return 1, data.SetNote(ctx, id, note)
	}, func(int) {})
}

func (r *remarks) keepTags() {
	data, id := r.page.window.Dataset(), r.message.ID
	before, after := r.message.Tags.List(), localdb.ParseTags(r.tags.Text).List()
	r.tags.SetText(localdb.ParseTags(r.tags.Text).String())
	add := slices.DeleteFunc(slices.Clone(after), func(tag string) bool { return slices.Contains(before, tag) })
	remove := slices.DeleteFunc(slices.Clone(before), func(tag string) bool { return slices.Contains(after, tag) })
	if len(add)+len(remove) == 0 {
		return
	}
	r.page.change(lang.L("Tagging"), []int64{id}, func(ctx context.Context, report localdb.Report) (int, error) {
		return data.Tag(ctx, []int64{id}, tagsOf(add), tagsOf(remove), report)
	}, func(int) {})
}

func tagsOf(list []string) localdb.Tags { return localdb.ParseTags(strings.Join(list, ",")) }

// leaveField saves what was typed and goes back to the list, with Ctrl+Enter.
func (p *page) leaveField(s fyne.Shortcut) bool {
	c, ok := s.(*desktop.CustomShortcut)
	if !ok || c.Modifier != fyne.KeyModifierShortcutDefault || c.KeyName != fyne.KeyReturn && c.KeyName != fyne.KeyEnter {
		return false
	}
	p.backToList()
	return true
}

// backToList leaves a field of the side panel, which saves what was typed.
func (p *page) backToList() {
	p.window.Canvas().Focus(p.grid)
	p.panel.scroll.ScrollToTop()
}

// editNote goes to the note of the current message.
func (p *page) editNote() {
	if _, ok := p.current(); !ok {
		return
	}
	if !p.side.open {
		p.togglePanel()
	}
	p.window.Canvas().Focus(p.panel.remarks.note)
}

// shownTags is how many tags are offered to choose from.
const shownTags = 40

// editTags asks which tags the selected messages get, and which they lose.
func (p *page) editTags() {
	data, ids := p.window.Dataset(), p.targets()
	if len(ids) == 0 {
		return
	}
	var known []string
	var have map[string]int
	p.window.Jobs.RunSilently(func(ctx context.Context) (err error) {
		if known, err = data.Tags(ctx); err != nil {
			return err
		}
		facets, err := data.Facets(ctx, localdb.Filter{IDs: ids})
		have = facets.Tags
		return err
	}, func(err error) {
		if err != nil {
			p.window.Fail(lang.L("The tags could not be read"), err)
			return
		}
		p.askForTags(ids, known, have)
	})
}

func (p *page) askForTags(ids []int64, known []string, have map[string]int) {
	add, remove := widget.NewField(""), widget.NewField("")
	add.SetPlaceHolder(lang.L("Words with commas between them"))
	missing := slices.DeleteFunc(slices.Clone(known), func(tag string) bool { return have[tag] == len(ids) })
	had := slices.DeleteFunc(slices.Clone(known), func(tag string) bool { return have[tag] == 0 })
	body := widget.VBox(12,
		widget.Body(lang.L("Messages that get or lose tags: {{.N}}.", map[string]any{"N": shell.Thousands(len(ids))})),
		widget.VBox(4, widget.Heading(lang.L("Add")), add, tagChips(add, missing, nil)))
	if len(had) > 0 {
		body.Add(widget.VBox(4, widget.Heading(lang.L("Remove")), remove, tagChips(remove, had, have)))
	}
	set := widget.NewPrimaryButton(lang.L("Tag"), func() { p.tag(ids, localdb.ParseTags(add.Text), localdb.ParseTags(remove.Text)) })
	add.OnSubmitted = func(string) { set.Tapped(nil) }
	remove.OnSubmitted = add.OnSubmitted
	widget.ShowDialog(p.window.Canvas(), lang.L("Tags"), body, set, widget.NewButton(lang.L("Cancel"), func() {}))
}

// tagChips are tags that a press adds to a field or takes out of it.
func tagChips(f *widget.Field, tags []string, counts map[string]int) fyne.CanvasObject {
	chips := widget.Wrap(6)
	for _, tag := range tags[:min(len(tags), shownTags)] {
		text := tag
		if counts != nil {
			text += " " + shell.Short(counts[tag])
		}
		chip := widget.NewToggleChip(text, theme.ParseColour(""), func() {
			list := localdb.ParseTags(f.Text).List()
			if at := slices.Index(list, tag); at >= 0 {
				list = slices.Delete(list, at, at+1)
			} else {
				list = append(list, tag)
			}
			f.SetText(strings.Join(list, ", "))
		})
		chip.SetSelected(false)
		changed := f.OnChanged
		f.OnChanged = func(text string) {
			if changed != nil {
				changed(text)
			}
			chip.SetSelected(localdb.ParseTags(text).Has(tag))
		}
		chips.Add(chip)
	}
	return chips
}

func (p *page) tag(ids []int64, add, remove localdb.Tags) {
	data := p.window.Dataset()
	if add == "" && remove == "" {
		return
	}
	p.change(lang.L("Tagging"), ids, func(ctx context.Context, report localdb.Report) (int, error) {
		return data.Tag(ctx, ids, add, remove, report)
	}, func(n int) {
		p.window.Toasts.Show(lang.L("Messages tagged: {{.N}}", map[string]any{"N": shell.Thousands(n)}), lang.L("Undo"), p.window.Undo)
	})
}
