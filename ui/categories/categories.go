// Package categories is the page that says what each category is.
package categories

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"

	"seedbed/gen"
	"seedbed/gen/starter"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// page says what each category is: generation, labelling and review all
// read it.
type page struct {
	window     *shell.Window
	categories []localdb.Category
	messages   map[string]int
	chosen     int64
	filled     localdb.Category // what the form was filled with
	state      *shell.Loader

	list                *fyne.Container
	name, shown, find   *widget.Field
	is, isNot, examples *widget.Field
	colour, key, target *widget.Field
	training            *widget.Check
	chip                *widget.Chip
	merge, archive      *widget.Button

	capacity   gen.Capacity
	capacities *shell.Loader
	can        *widget.Text
	canRow     *fyne.Container
	more       *fyne.Container // what to do where it is little
}

// New makes the page.
func New(w *shell.Window) *shell.Page { return newPage(w).declare() }

func newPage(w *shell.Window) *page {
	p := &page{window: w}
	p.state = shell.NewLoader(w, lang.L("The categories could not be read"), p.readState, p.showState)
	p.capacities = shell.NewLoader(w, "", p.readCapacity, p.showCapacity)
	return p
}

func (p *page) declare() *shell.Page {
	return &shell.Page{ID: shell.Categories, Name: lang.L("Categories"), Content: p.content, Load: p.state.Load, Leave: p.saveOnLeave, Actions: p.actions}
}

func (p *page) actions() []shell.Action {
	return []shell.Action{{Menu: shell.DatasetMenu, Name: lang.L("Save the category"), Key: shell.Key{Name: fyne.KeyS, Modifier: shell.Ctrl}, Do: p.save}}
}

func (p *page) content() fyne.CanvasObject {
	p.list = widget.VBox(2)
	p.name, p.shown, p.find = widget.NewField(""), widget.NewField(""), widget.NewField("")
	p.colour, p.key, p.target = widget.NewNumberField(""), widget.NewNumberField(""), widget.NewNumberField("")
	p.is, p.isNot, p.examples = widget.NewTextArea(3), widget.NewTextArea(3), widget.NewTextArea(3)
	p.training = widget.NewCheck(lang.L("Part of training, checks and splits"), nil)
	p.chip = widget.NewChip("", theme.ParseColour(""))
	p.merge = widget.NewButton(lang.L("Merge into…"), p.askMerge)
	p.archive = widget.NewButton("", p.toggleArchive)
	for _, e := range []*widget.Field{p.name, p.shown, p.colour} {
		e.OnChanged = func(string) { p.showChip() }
	}
	p.find.SetPlaceHolder(lang.L("Find a category"))
	p.find.OnChanged = func(string) { p.showList() }
	p.can = widget.Muted("") // which wraps
	p.more = widget.Wrap(8, widget.NewSmallButton(lang.L("Add examples"), func() { p.window.Canvas().Focus(p.examples) }),
		widget.NewSmallButton(lang.L("Choose a language model"), func() { p.window.GoTo(shell.SettingsPage) }))
	p.canRow = widget.VBox(4, p.can, p.more)
	for _, e := range []*widget.Field{p.name, p.shown} {
		e.OnSubmitted = func(string) { p.save() }
	}
	swatches := widget.Wrap(4, widget.FixedWidth(92, p.colour))
	for _, colour := range starter.Colours {
		swatches.Add(widget.NewToggleChip("●", theme.ParseColour(colour), func() { p.colour.SetText(colour) }))
	}
	form := shell.Tall(widget.VBox(10, container.NewHBox(p.chip),
		shell.Form(lang.L("Shown name"), p.shown, lang.L("Name in files"), p.name, lang.L("What it is"), p.is, lang.L("What it is not"), p.isNot,
			lang.L("Examples"), p.examples, "", p.canRow,
			lang.L("Target"), widget.HBox(10, widget.FixedWidth(70, p.target), widget.Caption(lang.L("messages"))),
			lang.L("Key in Review"), widget.HBox(10, widget.FixedWidth(50, p.key)),
			lang.L("Colour"), swatches, "", p.training)))
	p.examples.SetPlaceHolder(lang.L("one per line"))
	card := widget.Card(container.NewBorder(nil, widget.VBox(12, widget.VBox(0), widget.Wrap(8, widget.NewPrimaryButton(lang.L("Save"), p.save).WithKey("Ctrl S"), p.merge, p.archive)), nil, nil, form))
	head := shell.Head(widget.Title(lang.L("Categories")), widget.Muted(lang.L("Definitions that the writer, the labeller and reviewers follow. Every change can be undone.")),
		widget.NewButton(lang.L("Export categories…"), p.askExport), widget.NewButton(lang.L("Add a category"), p.add))
	return shell.PageLayout(head, widget.Columns(16, []float32{34, 66}, widget.Card(widget.WithHeader(8, p.find, shell.Scrolled(p.list))), card))
}

// state is the categories and how many messages each has.
type state struct {
	categories []localdb.Category
	counts     localdb.Counts
}

func (p *page) readState() func(context.Context) (state, error) {
	data := p.window.Dataset()
	return func(ctx context.Context) (s state, err error) {
		if s.categories, err = data.Categories(ctx); err != nil {
			return s, err
		}
		s.counts, err = data.Counts(ctx)
		return s, err
	}
}

// showState leaves what was typed in the form.
func (p *page) showState(s state) {
	p.messages = map[string]int{}
	for name, tally := range s.counts.ByCategory {
		p.messages[name] = tally.Total()
	}
	edited := p.edited()
	p.categories = s.categories
	if p.current() == nil && len(s.categories) > 0 {
		p.chosen, edited = s.categories[0].ID, false
	}
	if !edited {
		p.fill()
	}
	p.capacities.Load()
	p.showList()
}

func (p *page) current() *localdb.Category {
	for i := range p.categories {
		if p.categories[i].ID == p.chosen {
			return &p.categories[i]
		}
	}
	return nil
}

// listedChip is how wide the chip of a category in the list is at most.
const listedChip = 170

func (p *page) showList() {
	p.list.RemoveAll()
	for _, c := range p.categories {
		if !c.Called(p.find.Text) {
			continue
		}
		remark := shell.Thousands(p.messages[c.Name])
		if c.Archived {
			remark = lang.L("archived")
		}
		line := widget.HBox(8, widget.NewChip(c.Shown(), theme.ParseColour(c.Colour)).Within(listedChip), layout.NewSpacer(), widget.Caption(remark))
		item := widget.NewListItem(c.Shown(), container.New(layout.NewCustomPaddedLayout(4, 4, 6, 6), line), func() { p.choose(c.ID) })
		item.SetSelected(c.ID == p.chosen)
		p.list.Add(item)
	}
}

// choose shows another category; what was typed for the last one is kept.
func (p *page) choose(id int64) {
	if id == p.chosen || !p.keep() {
		return
	}
	p.chosen = id
	p.fill()
	p.capacities.Load()
	p.showList()
}

// saveOnLeave keeps what was typed, unless something is wrong with it.
func (p *page) saveOnLeave() {
	if p.list != nil && p.problem() == "" {
		p.keep()
	}
}

// save keeps what the form says; messages follow a new name.
func (p *page) save() { p.keep() }

// keep saves the form where it was changed, and reports whether all of it is kept.
func (p *page) keep() bool {
	if !p.edited() {
		return true
	}
	if problem := p.problem(); problem != "" {
		p.window.Tell(lang.L("This can't be saved yet"), problem)
		return false
	}
	changed := p.typed()
	p.filled = changed
	p.change(lang.L("{{.Category}} is saved", map[string]any{"Category": changed.Shown()}), func(ctx context.Context, d *localdb.Dataset, _ localdb.Report) error {
		return d.UpdateCategory(ctx, changed)
	}, nil)
	return true
}

// change makes one change to the categories and offers to undo it; then, which may be
// nil, is called where it succeeded. Where it fails the form is filled again.
func (p *page) change(done string, do func(ctx context.Context, d *localdb.Dataset, _ localdb.Report) error, then func()) {
	data := p.window.Dataset()
	p.window.Change(lang.L("Changing the categories"), lang.L("The category could not be changed"), func(ctx context.Context, report localdb.Report) error { return do(ctx, data, report) }, func(err error) {
		if err != nil {
			p.filled = localdb.Category{}
			p.state.Load()
			return
		}
		p.window.Toasts.Show(done, lang.L("Undo"), p.window.Undo)
		if then != nil {
			then()
		}
	})
}

func (p *page) add() {
	if !p.keep() {
		return
	}
	name := widget.NewField("")
	name.SetPlaceHolder("off_topic")
	add := widget.NewPrimaryButton(lang.L("Add"), func() { p.addCategory(strings.TrimSpace(name.Text)) })
	name.OnSubmitted = func(string) { add.Tapped(nil) }
	widget.ShowDialog(p.window.Canvas(), lang.L("Add a category"), widget.VBox(8, widget.Muted(lang.L("Its name, as it will appear in files:")), name),
		add, widget.NewButton(lang.L("Cancel"), func() {}))
}

func (p *page) addCategory(name string) {
	if name == "" {
		return
	}
	added := localdb.Category{Name: name, Training: true, Target: 80, Colour: starter.FreeColour(p.categories), Key: starter.FreeKey(p.categories)}
	p.change(lang.L("{{.Category}} is added", map[string]any{"Category": added.Shown()}), func(ctx context.Context, d *localdb.Dataset, _ localdb.Report) (err error) {
		added.ID, err = d.AddCategory(ctx, added)
		return err
	}, func() {
		p.chosen, p.filled = added.ID, localdb.Category{}
		p.state.Load()
	})
}

func (p *page) askMerge() {
	from := p.current()
	if from == nil || !p.keep() {
		return
	}
	merged := p.filled // as it was saved just now
	var others localdb.Categories
	var names []string
	for _, c := range p.categories {
		if c.ID != from.ID && !c.Archived {
			others, names = append(others, c), append(names, c.Shown())
		}
	}
	if len(others) == 0 {
		p.window.Tell(lang.L("There is no other category"), lang.L("Add the category that these messages should move to, then merge."))
		return
	}
	into := widget.NewSelect(names, nil)
	title := lang.N("Merge {{.Category}} and its {{.N}} messages", p.messages[from.Name], map[string]any{"Category": merged.Shown(), "N": shell.Thousands(p.messages[from.Name])})
	merge := widget.NewPrimaryButton(lang.L("Merge"), func() {
		p.change(lang.L("{{.From}} is now part of {{.Into}}", map[string]any{"From": merged.Shown(), "Into": into.Selected()}), func(ctx context.Context, d *localdb.Dataset, report localdb.Report) error {
			_, err := d.MergeCategories(ctx, merged.Name, others[into.SelectedIndex()].Name, report)
			return err
		}, nil)
	})
	widget.ShowDialog(p.window.Canvas(), title, widget.HBox(10, widget.Caption(lang.L("into")), into), merge, widget.NewButton(lang.L("Cancel"), func() {}))
}

func (p *page) toggleArchive() {
	c := p.current()
	if c == nil || !p.keep() {
		return
	}
	id, archived := c.ID, !c.Archived
	done := lang.L("{{.Category}} is archived; its messages stay", map[string]any{"Category": c.Shown()})
	if !archived {
		done = lang.L("{{.Category}} is restored", map[string]any{"Category": c.Shown()})
	}
	p.change(done, func(ctx context.Context, d *localdb.Dataset, _ localdb.Report) error {
		return d.ArchiveCategory(ctx, id, archived)
	}, nil)
}
