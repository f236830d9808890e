package review

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"seedbed/localdb"
	"seedbed/localdb/spelling"
	"seedbed/ui/shell"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// unifying is the dialog that shows groups of messages which are spelled nearly the same, and
// gives each group one text or keeps one message of it.
type unifying struct {
	page         *page
	method, what *widget.Radio
	said         *widget.Text
	list         *pager
	apply        *widget.Button
	dialog       *widget.Dialog
	groups       *shell.Loader
	found        *spelling.Groups
	flipped      map[int]bool   // groups whose check box a person changed
	texts        map[int]string // that a person typed
}

// sameSpelling opens the dialog.
func (p *page) sameSpelling() {
	if p.rows == nil || !p.rows.settled {
		return
	}
	u := &unifying{page: p, said: widget.Muted("")}
	u.method = widget.NewRadio([]string{lang.L("The same words, in any order"), lang.L("The same pairs of letters")}, func(string) { u.look() }).Horizontal()
	u.what = widget.NewRadio([]string{lang.L("Spell all the same"), lang.L("Keep one of each and delete the others")}, func(string) {
		u.flipped = map[int]bool{}
		u.list.show()
		u.count()
	}).Horizontal()
	u.list = newPager(p.window, u.readPage)
	u.apply = widget.NewPrimaryButton("", u.change)
	u.groups = shell.NewLoader(p.window, lang.L("The messages could not be read"), u.read, u.show)
	body := widget.VBox(10,
		widget.Body(lang.L("Listed messages that differ only in upper and lower case, accents, punctuation, spaces or order are one group. Choose the text for each.")),
		container.New(layout.NewCustomPaddedLayout(0, 0, 4, 0), widget.VBox(2, u.method, u.what)), u.said, u.list.object)
	u.dialog = widget.ShowDialog(p.window.Canvas(), lang.L("Same spelling"), body, u.apply, widget.NewButton(lang.L("Cancel"), func() {}))
	u.dialog.Widen()
	u.list.shown = u.dialog.Refresh
	u.said.SetText(lang.L("Looking for groups…"))
	u.count()
	u.look()
}

func (u *unifying) look() {
	if u.groups != nil {
		u.groups.Load()
	}
}

func (u *unifying) read() func(ctx context.Context) (*spelling.Groups, error) {
	data, listed, method := u.page.window.Dataset(), u.page.listed(), spelling.Fingerprint
	if u.method.Selected == u.method.Options[1] {
		method = spelling.NgramFingerprint
	}
	return func(ctx context.Context) (*spelling.Groups, error) { return spelling.Find(ctx, data, method, listed()) }
}

func (u *unifying) show(g *spelling.Groups) {
	u.found, u.flipped, u.texts = g, map[int]bool{}, map[int]string{}
	u.said.SetText(lang.L("Groups: {{.N}} · messages in them: {{.M}}", map[string]any{"N": shell.Thousands(g.Len()), "M": shell.Thousands(g.Messages)}))
	u.list.reset(g.Len())
	u.count()
}

// once reports whether one message of each group is to be kept.
func (u *unifying) once() bool { return u.what.Selected == u.what.Options[1] }

// chosen reports whether a group is to be changed. Groups of several categories are not
// unless somebody asks, nor are those that are spelled the same already.
func (u *unifying) chosen(group int) bool {
	usual := !u.found.Mixed(group) && (u.once() || u.found.Differs(group))
	return usual != u.flipped[group]
}

func (u *unifying) choices() (list []spelling.Choice) {
	if u.found == nil {
		return nil
	}
	for group := range u.found.Len() {
		if u.chosen(group) {
			list = append(list, spelling.Choice{Group: group, Text: u.texts[group]})
		}
	}
	return list
}

// count says on the button what would happen.
func (u *unifying) count() {
	choices, repeats := u.choices(), 0
	for _, c := range choices {
		repeats += u.found.Repeats(c.Group)
	}
	text := lang.L("Spell groups the same ({{.N}})", map[string]any{"N": shell.Thousands(len(choices))})
	if u.once() {
		text = lang.L("Delete repeats ({{.N}})", map[string]any{"N": shell.Thousands(repeats)})
	}
	u.apply.SetText(text)
	shell.SetEnabled(u.apply, len(choices) > 0)
	u.dialog.Refresh()
}

func (u *unifying) readPage(first, n int) func(ctx context.Context) (func() []fyne.CanvasObject, error) {
	g := u.found
	if g == nil {
		return nil
	}
	return func(ctx context.Context) (func() []fyne.CanvasObject, error) {
		groups, err := g.Show(ctx, first, n)
		return func() (rows []fyne.CanvasObject) {
			for i, group := range groups {
				if g == u.found && len(group.Spellings) > 0 {
					rows = append(rows, u.row(first+i, group))
				}
			}
			return rows
		}, err
	}
}

// shownSpellings is how many spellings of a group are listed.
const shownSpellings = 5

func (u *unifying) row(i int, group spelling.Group) fyne.CanvasObject {
	check := widget.NewCheck(shell.CountMessages(len(group.IDs)), nil)
	check.Checked = u.chosen(i)
	check.OnChanged = func(bool) {
		u.flipped[i] = !u.flipped[i]
		u.count()
	}
	head := widget.Wrap(8, check)
	if u.found.Mixed(i) {
		names := make([]string, len(group.Categories))
		for n, name := range group.Categories {
			if names[n] = name; name == "" {
				names[n] = lang.L("no category")
			}
		}
		head.Add(widget.Caption(lang.L("different categories: {{.Categories}}", map[string]any{"Categories": strings.Join(names, ", ")})))
	}
	text := widget.NewField(group.Spellings[0].Text)
	if typed, ok := u.texts[i]; ok {
		text.SetText(typed)
	}
	text.OnChanged = func(typed string) { u.texts[i] = typed }
	spellings := widget.VBox(2)
	for n, s := range group.Spellings {
		if n == shownSpellings {
			spellings.Add(widget.Muted(lang.N("and {{.N}} other spellings", len(group.Spellings)-n, map[string]any{"N": shell.Thousands(len(group.Spellings) - n)})))
			break
		}
		line := widget.Body(shell.Thousands(s.Count) + " × " + shell.OneLine(s.Text))
		if n > 0 {
			line = line.WithColor(theme.ColorNameMuted)
		}
		spellings.Add(line)
	}
	return widget.VBox(2, head, spellings, text)
}

// change makes the chosen changes.
func (u *unifying) change() {
	groups, choices, once, p := u.found, u.choices(), u.once(), u.page
	if len(choices) == 0 {
		return
	}
	deleted := 0
	p.change(lang.L("Changing the spelling"), []int64{0}, func(ctx context.Context, report localdb.Report) (n int, err error) {
		n, deleted, err = groups.Change(ctx, choices, once, report)
		return n, err
	}, func(n int) {
		text := lang.L("Messages with another spelling: {{.N}}", map[string]any{"N": shell.Thousands(n - deleted)})
		if once {
			text = lang.L("Repeats deleted: {{.N}}", map[string]any{"N": shell.Thousands(deleted)})
		}
		p.window.Toasts.Show(text, lang.L("Undo"), p.window.Undo)
		p.renew()
	})
}
