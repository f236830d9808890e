package review

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/localdb"
	"seedbed/localdb/replace"
	"seedbed/ui/shell"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// replacing is the dialog that finds and replaces text. It shows every change before it is
// made; people leave out what they don't want.
type replacing struct {
	page                  *page
	find, with            *widget.Field
	pattern, whole, match *widget.Check
	duplicates, empties   *widget.Check
	scope                 *widget.Radio // nil without a selection
	said                  *widget.Text
	options               *fyne.Container
	list                  *pager
	apply                 *widget.Button
	dialog                *widget.Dialog
	previews              *shell.Loader
	preview               *replace.Preview
	shown                 replace.Search // which the preview is of
	counting              bool           // preview has only the first changes, and none can be chosen yet
	changed               map[int64]bool // whose check box a person changed
	selected              []int64
	listed                func() []int64 // nil for all
}

// replace opens the dialog.
func (p *page) replace() {
	if p.rows == nil || !p.rows.settled {
		return
	}
	r := &replacing{page: p, said: widget.Muted(""), changed: map[int64]bool{}, listed: p.listed()}
	r.find, r.with = widget.NewField(""), widget.NewField("")
	r.find.OnChanged = func(string) { r.look() }
	r.with.OnChanged = r.find.OnChanged
	r.find.OnSubmitted = func(string) { p.window.Canvas().Focus(r.with) }
	r.with.OnSubmitted = func(string) {
		if r.shown == r.search() && !r.apply.Disabled() { // what is shown is what was typed
			r.apply.Tapped(nil)
		}
	}
	again := func(bool) { r.look() }
	r.pattern = widget.NewCheck(lang.L("Regular expression"), again)
	r.whole = widget.NewCheck(lang.L("Whole words"), again)
	r.match = widget.NewCheck(lang.L("Match upper and lower case"), again)
	choose := func(bool) { r.list.show(); r.count() }
	r.duplicates, r.empties = widget.NewCheck("", choose), widget.NewCheck("", choose)
	r.list = newPager(p.window, r.readPage)
	r.apply = widget.NewPrimaryButton(lang.L("Replace"), r.replace)
	r.options = widget.VBox(4, widget.Wrap(8, r.pattern, r.whole, r.match))
	if p.grid.SelectedCount() > 1 {
		r.selected = p.targets()
		count := func(n int) map[string]any { return map[string]any{"N": shell.Thousands(n)} }
		r.scope = widget.NewRadio([]string{
			lang.L("In the selected messages ({{.N}})", count(len(r.selected))), lang.L("In all listed messages ({{.N}})", count(p.rows.Len())),
		}, func(string) { r.look() }).Horizontal()
		r.options.Add(r.scope)
	}
	r.previews = shell.NewLoader(p.window, "", r.read, r.show)
	help := widget.Muted(lang.L("$1 stands for the first group in ( ). \\d is a digit, \\s white space, \\w a letter or digit without accents, ^ the beginning and $ the end."))
	help.Hide()
	r.pattern.OnChanged = func(on bool) { shell.SetVisible(help, on); r.look() }
	r.options.Add(help)
	body := widget.VBox(10,
		shell.Form(lang.L("Find"), r.find, lang.L("Replace with"), r.with), r.options, r.said,
		widget.Wrap(8, r.duplicates, r.empties), r.list.object)
	r.dialog = widget.ShowDialog(p.window.Canvas(), lang.L("Find and replace"), body, r.apply, widget.NewButton(lang.L("Cancel"), func() {}))
	r.dialog.Widen()
	r.list.shown = r.dialog.Refresh
	r.show(found{})
}

// listed gives the messages of the list; nil where they are all.
func (p *page) listed() func() []int64 {
	view, all := p.view, !p.filters.any()
	return func() []int64 {
		if all {
			return nil
		}
		return append([]int64{}, view.IDs(0, view.Len())...)
	}
}

// found is what a search came to.
type found struct {
	search   replace.Search
	preview  *replace.Preview // nil where there is nothing to look for
	counting bool             // it has only the first changes
	err      error
}

// look looks again after another choice.
func (r *replacing) look() {
	if r.previews != nil {
		r.previews.Load()
	}
}

// search is what was typed.
func (r *replacing) search() replace.Search {
	return replace.Search{Find: r.find.Text, Replace: r.with.Text, Regexp: r.pattern.Checked, WholeWords: r.whole.Checked, MatchCase: r.match.Checked}
}

func (r *replacing) read() func(ctx context.Context) (found, error) {
	search := r.search()
	if search.Find == "" {
		return func(context.Context) (found, error) { return found{}, nil }
	}
	data, ids := r.page.window.Dataset(), r.listed
	if r.scope != nil && r.scope.Selected == r.scope.Options[0] {
		ids = func() []int64 { return r.selected }
	}
	return func(ctx context.Context) (f found, _ error) {
		f.search = search
		f.preview, f.err = replace.Find(ctx, data, search, ids(), func(first *replace.Preview) {
			r.page.window.Jobs.Post(func() {
				if r.page.window.Dataset() == data {
					r.show(found{search: search, preview: first, counting: true})
				}
			})
		})
		return f, nil
	}
}

func (r *replacing) show(f found) {
	r.preview, r.shown, r.counting, r.changed = f.preview, f.search, f.counting, map[int64]bool{}
	switch {
	case f.err != nil:
		r.preview = nil
		r.said.SetText(shell.Explain(f.err))
		r.said.SetColor(theme.ColorNameNoticeText)
	case f.preview == nil:
		r.said.SetText(lang.L("Each change is shown here before anything is replaced."))
		r.said.SetColor(theme.ColorNameMuted)
	case f.counting:
		r.said.SetText(lang.L("These are the first changes; the others are still being counted."))
		r.said.SetColor(theme.ColorNameMuted)
	default:
		r.said.SetText(lang.L("Messages that change: {{.N}} · places: {{.M}}", map[string]any{"N": shell.Thousands(len(f.preview.Changes)), "M": shell.Thousands(f.preview.Matches)}))
		r.said.SetColor(theme.ColorNameMuted)
	}
	n, duplicates, empties := 0, 0, 0
	if r.preview != nil {
		n, duplicates, empties = len(r.preview.Changes), r.preview.Counts[replace.Duplicate], r.preview.Counts[replace.Empties]
	}
	// What is left out unless somebody asks for it.
	r.duplicates.SetText(lang.L("Also those that become the same as another message ({{.N}})", map[string]any{"N": shell.Thousands(duplicates)}))
	r.empties.SetText(lang.L("Also delete those of which nothing is left ({{.N}})", map[string]any{"N": shell.Thousands(empties)}))
	shell.SetVisible(r.duplicates, duplicates > 0)
	shell.SetVisible(r.empties, empties > 0)
	r.list.reset(n)
	r.count()
}

// chosen reports whether a change is to be made.
func (r *replacing) chosen(c replace.Change) bool {
	usual := c.Kind == replace.Changed || c.Kind == replace.Duplicate && r.duplicates.Checked || c.Kind == replace.Empties && r.empties.Checked
	return usual != r.changed[c.ID]
}

// ids are the messages that are to be changed.
func (r *replacing) ids() (ids []int64) {
	if r.preview == nil || r.counting {
		return nil
	}
	for _, c := range r.preview.Changes {
		if r.chosen(c) {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// count says on the button how many change.
func (r *replacing) count() {
	n := len(r.ids())
	r.apply.SetText(lang.L("Replace ({{.N}})", map[string]any{"N": shell.Thousands(n)}))
	shell.SetEnabled(r.apply, n > 0)
	if r.dialog != nil {
		r.dialog.Refresh()
	}
}

// readPage reads changes for the list.
func (r *replacing) readPage(first, n int) func(ctx context.Context) (func() []fyne.CanvasObject, error) {
	preview := r.preview
	if preview == nil {
		return nil
	}
	return func(ctx context.Context) (func() []fyne.CanvasObject, error) {
		list, err := preview.Show(ctx, first, n)
		return func() (rows []fyne.CanvasObject) {
			for _, shown := range list {
				rows = append(rows, r.row(shown))
			}
			return rows
		}, err
	}
}

func (r *replacing) row(shown replace.Shown) fyne.CanvasObject {
	check := widget.NewCheck(lang.L("Message {{.ID}}", map[string]any{"ID": shown.ID}), nil)
	check.Checked = r.chosen(shown.Change)
	check.OnChanged = func(bool) {
		r.changed[shown.ID] = !r.changed[shown.ID]
		r.count()
	}
	shell.SetEnabled(check, !r.counting)
	head := widget.HBox(8, check)
	switch shown.Kind {
	case replace.Empties:
		head.Add(widget.Caption(lang.L("nothing is left: the message would be deleted")))
	case replace.Duplicate:
		head.Add(widget.Caption(lang.L("another message has this text")))
	case replace.Changed:
	}
	return widget.VBox(-6, head, widget.VBox(-12, pieces(shown.Before, theme.ColorNameNoticeText), pieces(shown.After, fynetheme.ColorNamePrimary)))
}

// oneLine keeps the spaces at the ends, as shell.OneLine doesn't.
var oneLine = strings.NewReplacer("\n", " ", "\r", "", "\t", " ")

// pieces shows a text with what changes marked.
func pieces(list []replace.Piece, colour fyne.ThemeColorName) fyne.CanvasObject {
	var segments []fynewidget.RichTextSegment
	for _, piece := range list {
		style := fynewidget.RichTextStyle{Inline: true, SizeName: fynetheme.SizeNameText}
		if piece.Changed {
			style.ColorName, style.TextStyle.Bold = colour, true
		}
		segments = append(segments, &fynewidget.TextSegment{Text: oneLine.Replace(piece.Text), Style: style})
	}
	rich := fynewidget.NewRichText(segments...)
	rich.Wrapping = fyne.TextWrapWord
	return rich
}

// replace makes the chosen changes.
func (r *replacing) replace() {
	preview, ids, p := r.preview, r.ids(), r.page
	if len(ids) == 0 {
		return
	}
	deleted := 0
	p.change(lang.L("Replacing"), ids, func(ctx context.Context, report localdb.Report) (n int, err error) {
		n, deleted, err = preview.Apply(ctx, ids, report)
		return n, err
	}, func(n int) {
		text := lang.L("Messages in which text was replaced: {{.N}}", map[string]any{"N": shell.Thousands(n)})
		if deleted > 0 {
			text = lang.L("Messages in which text was replaced: {{.N}}, deleted among them: {{.Deleted}}", map[string]any{"N": shell.Thousands(n), "Deleted": shell.Thousands(deleted)})
		}
		p.window.Toasts.Show(text, lang.L("Undo"), p.window.Undo)
		p.renew()
	})
}
