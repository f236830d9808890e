package ui

import (
	"context"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/localdb"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// categoriesPage says what each category is: generation, labelling and review all
// read it.
type categoriesPage struct {
	app        *app
	categories []localdb.Category
	messages   map[string]int
	chosen     int64
	filled     localdb.Category // what the form was filled with

	list                      *fyne.Container
	name, is, isNot, examples *widget.Field
	colour, key, target       *widget.Field
	training                  *widget.Check
	chip                      *widget.Chip
	merge, archive            *widget.Button
}

func newCategories(a *app) page { return &categoriesPage{app: a} }

func (p *categoriesPage) content() fyne.CanvasObject {
	p.list = widget.VBox(2)
	p.name, p.colour, p.key, p.target = widget.NewField(""), widget.NewNumberField(""), widget.NewNumberField(""), widget.NewNumberField("")
	p.is, p.isNot, p.examples = widget.NewTextArea(3), widget.NewTextArea(3), widget.NewTextArea(3)
	p.training = widget.NewCheck(lang.L("Part of training, checks and splits"), nil)
	p.chip = widget.NewChip("", theme.ParseColour(""))
	p.merge = widget.NewButton(lang.L("Merge into…"), p.askMerge)
	p.archive = widget.NewButton("", p.toggleArchive)
	for _, e := range []*widget.Field{p.name, p.colour} {
		e.OnChanged = func(string) { p.chip.Set(shortened(p.name.Text, chipCut), theme.ParseColour(p.colour.Text)) }
	}
	p.name.OnSubmitted = func(string) { p.save() }
	swatches := widget.Wrap(4, widget.FixedWidth(92, p.colour))
	for _, colour := range swatchColours {
		swatches.Add(widget.NewToggleChip("●", theme.ParseColour(colour), func() { p.colour.SetText(colour) }))
	}
	form := tall(widget.VBox(10, container.NewHBox(p.chip),
		fields(lang.L("Name"), p.name, lang.L("What it is"), p.is, lang.L("What it is not"), p.isNot,
			lang.L("Examples"), p.examples,
			lang.L("Aim"), widget.HBox(10, widget.FixedWidth(70, p.target), widget.Caption(lang.L("messages"))),
			lang.L("Key in Review"), widget.HBox(10, widget.FixedWidth(50, p.key)),
			lang.L("Colour"), swatches, "", p.training)))
	p.examples.SetPlaceHolder(lang.L("one a line"))
	card := widget.Card(container.NewBorder(nil, widget.VBox(12, widget.VBox(0), widget.Wrap(8, widget.NewPrimaryButton(lang.L("Save"), p.save).WithKey("Ctrl S"), p.merge, p.archive)), nil, nil, form))
	head := container.NewBorder(nil, nil, nil, container.NewVBox(widget.NewButton(lang.L("Add a category"), p.add)),
		widget.VBox(4, widget.Title(lang.L("Categories")), widget.Muted(lang.L("What the writer, the labeller and you go by. Every change can be undone."))))
	return framed(head, widget.Columns(16, []float32{34, 66}, widget.Card(scrolled(p.list)), card))
}

// swatchColours are easy to tell apart, in the light and in the dark.
var swatchColours = []string{"#2e6bdc", "#0b8a82", "#8350cf", "#b86e00", "#c93f72", "#d2452b", "#3b8f3c", "#667085", "#8a6d3b", "#00838f", "#ad1457", "#558b2f"}

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
		p.messages = map[string]int{}
		for name, tally := range counts.ByCategory {
			p.messages[name] = tally.Total()
		}
		edited := p.edited()
		p.categories = categories
		if p.current() == nil && len(categories) > 0 {
			p.chosen, edited = categories[0].ID, false
		}
		if !edited {
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
		item := widget.NewNavigationItem(c.Name, func() { p.choose(c.ID) })
		remark := thousands(p.messages[c.Name])
		if c.Archived {
			remark = lang.L("archived")
		}
		item.SetBadge(remark)
		item.SetSelected(c.ID == p.chosen)
		p.list.Add(item)
	}
}

// choose shows another category; what was typed for the last one is kept.
func (p *categoriesPage) choose(id int64) {
	if id == p.chosen || !p.keep() {
		return
	}
	p.chosen = id
	p.fill()
	p.showList()
}

// left keeps what was typed, as far as it makes sense.
func (p *categoriesPage) left() {
	if p.list != nil && p.problem() == "" {
		p.keep()
	}
}

// fill shows the chosen category in the form.
func (p *categoriesPage) fill() {
	c := p.current()
	if c == nil {
		return
	}
	p.filled = *c
	p.name.SetText(c.Name)
	p.is.SetText(c.Is)
	p.isNot.SetText(c.IsNot)
	p.examples.SetText(strings.Join(c.Examples, "\n"))
	p.colour.SetText(c.Colour)
	p.key.SetText(c.Key)
	p.target.SetText(strconv.Itoa(c.Target))
	p.training.SetChecked(c.Training)
	p.chip.Set(shortened(c.Name, chipCut), theme.ParseColour(c.Colour))
	label := lang.L("Archive")
	if c.Archived {
		label = lang.L("Bring back")
	}
	p.archive.SetText(label)
}

// typed is the category as the form has it.
func (p *categoriesPage) typed() localdb.Category {
	c := p.filled
	c.Name, c.Is, c.IsNot = strings.TrimSpace(p.name.Text), p.is.Text, p.isNot.Text
	c.Colour, c.Key = strings.TrimSpace(p.colour.Text), strings.TrimSpace(p.key.Text)
	c.Training, c.Examples = p.training.Checked, lines(p.examples.Text)
	if n, err := strconv.Atoi(strings.TrimSpace(p.target.Text)); err == nil {
		c.Target = n
	} else {
		c.Target = -1
	}
	return c
}

func (p *categoriesPage) edited() bool {
	return p.filled.ID != 0 && !reflect.DeepEqual(normalised(p.typed()), normalised(p.filled))
}

// normalised makes no examples the same as an empty list of them.
func normalised(c localdb.Category) localdb.Category {
	if len(c.Examples) == 0 {
		c.Examples = nil
	}
	return c
}

// reviewKeys are letters and signs that mean something else in Review.
const reviewKeys = "axruc/"

// problem says what can't be saved of the form, "" where all can.
func (p *categoriesPage) problem() string {
	c := p.typed()
	taken := func(other localdb.Category) bool { return other.ID != c.ID && other.Name == c.Name }
	same := slices.IndexFunc(p.categories, func(other localdb.Category) bool {
		return other.ID != c.ID && !other.Archived && c.Key != "" && other.Key == c.Key
	})
	switch {
	case c.Name == "":
		return lang.L("A category needs a name.")
	case slices.ContainsFunc(p.categories, taken):
		return lang.L("There is a category of this name already. To put the two together, use Merge into….")
	case c.Target < 0:
		return lang.L("The aim is the number of messages that this category should have: a whole number, 0 for none.")
	case utf8.RuneCountInString(c.Key) > 1:
		return lang.L("The key in Review is one digit or letter, or nothing.")
	case c.Key != "" && strings.Contains(reviewKeys, strings.ToLower(c.Key)):
		return lang.L("This key means something else in Review. Digits are free, and most letters.")
	case same >= 0:
		return lang.L("{{.Category}} has this key already.", map[string]any{"Category": p.categories[same].Name})
	case !hexColour.MatchString(c.Colour):
		return lang.L("A colour is # and six digits, such as #2e6bdc; or press one beside it.")
	}
	return ""
}

var hexColour = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// save keeps what the form says; messages follow a new name.
func (p *categoriesPage) save() { p.keep() }

// keep saves the form where it was changed, and reports whether all of it is kept.
func (p *categoriesPage) keep() bool {
	if !p.edited() {
		return true
	}
	if problem := p.problem(); problem != "" {
		p.app.tell(lang.L("This can't be saved yet"), problem)
		return false
	}
	changed := p.typed()
	p.filled = changed
	p.change(lang.L("{{.Category}} is saved", map[string]any{"Category": changed.Name}), func(ctx context.Context, d *localdb.Dataset) error {
		return d.UpdateCategory(ctx, changed)
	})
	return true
}

func lines(text string) []string {
	list := strings.Split(text, "\n")
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return slices.DeleteFunc(list, func(line string) bool { return line == "" })
}

// change makes one change to the categories and offers to take it back. The form is
// filled again from what there is then.
func (p *categoriesPage) change(done string, do func(ctx context.Context, d *localdb.Dataset) error) {
	data := p.app.data
	p.app.jobs.change(lang.L("Changing the categories"), func(ctx context.Context) error { return do(ctx, data) }, func(err error) {
		if err != nil {
			p.filled = localdb.Category{}
			p.app.fail(lang.L("The category could not be changed"), err)
			p.shown()
			return
		}
		p.app.toasts.Show(done, lang.L("Undo"), p.app.undo)
	})
}

func (p *categoriesPage) add() {
	if !p.keep() {
		return
	}
	name := widget.NewField("")
	name.SetPlaceHolder("off_topic")
	add := widget.NewPrimaryButton(lang.L("Add"), func() { p.addCategory(strings.TrimSpace(name.Text)) })
	name.OnSubmitted = func(string) { add.Tapped(nil) }
	widget.ShowDialog(p.app.window.Canvas(), lang.L("Add a category"), widget.VBox(8, widget.Muted(lang.L("Its name, as it will stand in the files:")), name),
		add, widget.NewButton(lang.L("Cancel"), func() {}))
}

func (p *categoriesPage) addCategory(name string) {
	if name == "" {
		return
	}
	fresh := localdb.Category{Name: name, Training: true, Target: 80, Colour: p.freeColour(), Key: p.freeKey()}
	p.change(lang.L("{{.Category}} is added", map[string]any{"Category": fresh.Name}), func(ctx context.Context, d *localdb.Dataset) error {
		id, err := d.AddCategory(ctx, fresh)
		if err == nil {
			p.app.jobs.post(func() {
				p.chosen, p.filled = id, localdb.Category{}
				p.shown()
			})
		}
		return err
	})
}

// freeColour is the first colour that no category has.
func (p *categoriesPage) freeColour() string {
	for _, colour := range swatchColours {
		if !slices.ContainsFunc(p.categories, func(c localdb.Category) bool { return strings.EqualFold(c.Colour, colour) }) {
			return colour
		}
	}
	return swatchColours[len(p.categories)%len(swatchColours)]
}

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
	if from == nil || !p.keep() {
		return
	}
	name := p.filled.Name // as it was saved just now
	var others []string
	for _, c := range p.categories {
		if c.ID != from.ID && !c.Archived {
			others = append(others, c.Name)
		}
	}
	if len(others) == 0 {
		p.app.tell(lang.L("There is no other category"), lang.L("Add the one that this category's messages should go to, then merge."))
		return
	}
	into := widget.NewSelect(others, nil)
	title := lang.L("Merge {{.Category}} and its {{.N}} messages", map[string]any{"Category": name, "N": thousands(p.messages[from.Name])})
	merge := widget.NewPrimaryButton(lang.L("Merge"), func() {
		p.change(lang.L("{{.From}} is now part of {{.Into}}", map[string]any{"From": name, "Into": into.Selected()}), func(ctx context.Context, d *localdb.Dataset) error {
			_, err := d.MergeCategories(ctx, name, into.Selected())
			return err
		})
	})
	widget.ShowDialog(p.app.window.Canvas(), title, widget.HBox(10, widget.Caption(lang.L("into")), into), merge, widget.NewButton(lang.L("Cancel"), func() {}))
}

func (p *categoriesPage) toggleArchive() {
	c := p.current()
	if c == nil || !p.keep() {
		return
	}
	id, archived := c.ID, !c.Archived
	done := lang.L("{{.Category}} is archived; its messages stay", map[string]any{"Category": c.Name})
	if !archived {
		done = lang.L("{{.Category}} is back", map[string]any{"Category": c.Name})
	}
	p.change(done, func(ctx context.Context, d *localdb.Dataset) error { return d.ArchiveCategory(ctx, id, archived) })
}
