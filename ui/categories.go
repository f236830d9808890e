package ui

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"seedbed/localdb"
	"seedbed/ui/look"
)

// categoriesPage says what each category is: generation, labelling and review all
// read it.
type categoriesPage struct {
	app        *app
	categories []localdb.Category
	messages   map[string]int
	chosen     int64

	list                      *fyne.Container
	name, is, isNot, examples *widget.Entry
	colour, key, target       *widget.Entry
	training                  *widget.Check
	chip                      *look.Chip
	save, merge, archive      *look.Button
	form                      *look.Surface
}

func newCategories(a *app) page { return &categoriesPage{app: a} }

func (p *categoriesPage) content() fyne.CanvasObject {
	p.list = look.Stack(2)
	p.name, p.colour, p.key, p.target = widget.NewEntry(), widget.NewEntry(), widget.NewEntry(), widget.NewEntry()
	p.is, p.isNot, p.examples = textArea(3), textArea(3), textArea(4)
	p.training = widget.NewCheck(lang.L("Part of training, checks and splits"), nil)
	p.chip = look.NewChip("", look.ParseColour(""))
	p.save = look.NewPrimary(lang.L("Save"), p.saveCategory).WithKey("Ctrl S")
	p.merge = look.NewButton(lang.L("Merge into…"), p.askMerge)
	p.archive = look.NewButton("", p.toggleArchive)
	for _, e := range []*widget.Entry{p.name, p.colour} {
		e.OnChanged = func(string) { p.chip.Set(p.name.Text, look.ParseColour(p.colour.Text)) }
	}
	p.form = look.Card(container.NewBorder(nil, look.Row(8, p.save, p.merge, p.archive), nil, nil, container.NewVScroll(look.Stack(10,
		container.NewHBox(p.chip),
		fields(lang.L("Name"), p.name, lang.L("What it is"), p.is, lang.L("What it is not"), p.isNot,
			lang.L("Examples, one a line"), p.examples,
			lang.L("Aim"), look.Row(10, look.Width(80, p.target), look.Caption(lang.L("messages"))),
			lang.L("Key in Review"), look.Row(10, look.Width(60, p.key)),
			lang.L("Colour"), look.Row(10, look.Width(110, p.colour)), "", p.training)))))
	head := container.NewBorder(nil, nil, nil, container.NewVBox(look.NewButton(lang.L("Add a category"), p.add)),
		look.Stack(4, look.Title(lang.L("Categories")), look.Muted(lang.L("What the writer, the labeller and you go by. Nothing here is lost: every change can be undone in Review."))))
	return framed(head, look.Columns(16, []float32{34, 66}, look.Card(container.NewVScroll(p.list)), p.form))
}

func textArea(rows int) *widget.Entry {
	e := widget.NewMultiLineEntry()
	e.Wrapping = fyne.TextWrapWord
	e.SetMinRowsVisible(rows)
	return e
}

func (p *categoriesPage) shown() {
	data := p.app.data
	var categories []localdb.Category
	var counts localdb.Counts
	p.app.jobs.quietly(func(ctx context.Context) (err error) {
		if categories, err = data.Categories(ctx); err != nil {
			return err
		}
		counts, err = data.Counts(ctx)
		return err
	}, func(err error) {
		if err != nil {
			p.app.fail(lang.L("The categories could not be read"), err)
			return
		}
		p.categories, p.messages = categories, map[string]int{}
		for name, tally := range counts.ByCategory {
			p.messages[name] = tally.Total()
		}
		if p.current() == nil && len(categories) > 0 {
			p.chosen = categories[0].ID
			p.fill()
		}
		p.showList()
	})
}

func (p *categoriesPage) current() *localdb.Category {
	for i := range p.categories {
		if p.categories[i].ID == p.chosen {
			return &p.categories[i]
		}
	}
	return nil
}

func (p *categoriesPage) showList() {
	p.list.RemoveAll()
	for _, c := range p.categories {
		item := look.NewNavItem(c.Name, func() { p.choose(c.ID) })
		remark := thousands(p.messages[c.Name])
		if c.Archived {
			remark = lang.L("archived")
		}
		item.SetRemark(remark)
		item.SetChosen(c.ID == p.chosen)
		p.list.Add(item)
	}
}

func (p *categoriesPage) choose(id int64) {
	p.chosen = id
	p.fill()
	p.showList()
}

// fill shows the chosen category in the form.
func (p *categoriesPage) fill() {
	c := p.current()
	if c == nil {
		return
	}
	p.name.SetText(c.Name)
	p.is.SetText(c.Is)
	p.isNot.SetText(c.IsNot)
	p.examples.SetText(strings.Join(c.Examples, "\n"))
	p.colour.SetText(c.Colour)
	p.key.SetText(c.Key)
	p.target.SetText(strconv.Itoa(c.Target))
	p.training.SetChecked(c.Training)
	label := lang.L("Archive")
	if c.Archived {
		label = lang.L("Bring back")
	}
	p.archive.SetText(label)
}

// saveCategory keeps what the form says; messages follow a new name.
func (p *categoriesPage) saveCategory() {
	c := p.current()
	if c == nil {
		return
	}
	target, err := strconv.Atoi(strings.TrimSpace(p.target.Text))
	if err != nil || target < 0 {
		p.app.tell(lang.L("The aim is not a number"), lang.L("Give the number of messages that this category should have, 0 for none."))
		return
	}
	changed := *c
	changed.Is, changed.IsNot, changed.Colour, changed.Key = p.is.Text, p.isNot.Text, p.colour.Text, strings.TrimSpace(p.key.Text)
	changed.Target, changed.Training, changed.Examples = target, p.training.Checked, lines(p.examples.Text)
	changed.Name = strings.TrimSpace(p.name.Text)
	p.change(lang.L("{{.Category}} is saved", map[string]any{"Category": changed.Name}), func(ctx context.Context, d *localdb.Dataset) error {
		return d.UpdateCategory(ctx, changed)
	})
}

func lines(text string) []string {
	list := strings.Split(text, "\n")
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return slices.DeleteFunc(list, func(line string) bool { return line == "" })
}

// change makes one change to the categories and offers to take it back.
func (p *categoriesPage) change(done string, do func(ctx context.Context, d *localdb.Dataset) error) {
	data := p.app.data
	p.app.jobs.quietly(func(ctx context.Context) error { return do(ctx, data) }, func(err error) {
		if err != nil {
			p.app.fail(lang.L("The category could not be changed"), err)
			return
		}
		p.app.toasts.Done(done, lang.L("Undo"), p.app.undo)
	})
}

func (p *categoriesPage) add() {
	name := widget.NewEntry()
	name.SetPlaceHolder("off_topic")
	dialog.ShowForm(lang.L("Add a category"), lang.L("Add"), lang.L("Cancel"), []*widget.FormItem{widget.NewFormItem(lang.L("Name"), name)}, func(ok bool) {
		if !ok || strings.TrimSpace(name.Text) == "" {
			return
		}
		fresh := localdb.Category{
			Name: strings.TrimSpace(name.Text), Training: true, Target: 80,
			Colour: spareColours[len(p.categories)%len(spareColours)], Key: p.freeKey(),
		}
		p.change(lang.L("{{.Category}} is added", map[string]any{"Category": fresh.Name}), func(ctx context.Context, d *localdb.Dataset) (err error) {
			id, err := d.AddCategory(ctx, fresh)
			p.app.jobs.post(func() { p.chosen = id })
			return err
		})
	}, p.app.window)
}

// spareColours are for categories that people add, far enough from the shipped ones.
var spareColours = []string{"#8a6d3b", "#00838f", "#ad1457", "#558b2f", "#5d4037", "#3949ab"}

// freeKey is the first digit that no category has.
func (p *categoriesPage) freeKey() string {
	for key := '1'; key <= '9'; key++ {
		taken := slices.ContainsFunc(p.categories, func(c localdb.Category) bool { return c.Key == string(key) })
		if !taken {
			return string(key)
		}
	}
	return ""
}

func (p *categoriesPage) askMerge() {
	from := p.current()
	if from == nil {
		return
	}
	var others []string
	for _, c := range p.categories {
		if c.ID != from.ID && !c.Archived {
			others = append(others, c.Name)
		}
	}
	into := widget.NewSelect(others, nil)
	title := lang.L("Merge {{.Category}} and its {{.N}} messages", map[string]any{"Category": from.Name, "N": thousands(p.messages[from.Name])})
	dialog.ShowForm(title, lang.L("Merge"), lang.L("Cancel"), []*widget.FormItem{widget.NewFormItem(lang.L("into"), into)}, func(ok bool) {
		if !ok || into.Selected == "" {
			return
		}
		p.change(lang.L("{{.From}} is now part of {{.Into}}", map[string]any{"From": from.Name, "Into": into.Selected}), func(ctx context.Context, d *localdb.Dataset) error {
			_, err := d.MergeCategories(ctx, from.Name, into.Selected)
			return err
		})
	}, p.app.window)
}

func (p *categoriesPage) toggleArchive() {
	c := p.current()
	if c == nil {
		return
	}
	id, archived := c.ID, !c.Archived
	done := lang.L("{{.Category}} is archived; its messages stay", map[string]any{"Category": c.Name})
	if !archived {
		done = lang.L("{{.Category}} is back", map[string]any{"Category": c.Name})
	}
	p.change(done, func(ctx context.Context, d *localdb.Dataset) error { return d.ArchiveCategory(ctx, id, archived) })
}
