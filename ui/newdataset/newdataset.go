// Package newdataset is the page on which a dataset is begun: its name, the assistant that
// its messages are typed to, and its categories.
package newdataset

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen/starter"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

type page struct {
	window *shell.Window

	ways   []*way
	chosen *way

	name, about *widget.Field
	typedAbout  bool // a person has typed the sentence, which another way keeps
	own         *ownCategories
	preview     *preview
	create      *widget.Button
	elsewhere   *widget.Button
	work        *shell.WorkBar
}

// New makes the page.
func New(w *shell.Window) *shell.Page { return newPage(w).declare() }

func newPage(w *shell.Window) *page {
	p := &page{window: w, ways: ways(), name: widget.NewField(lang.L("My dataset")), about: widget.NewTextArea(3), preview: newPreview()}
	p.own = newOwnCategories(w, p.wait, p.show)
	p.work = w.NewWorkBar()
	p.work.Line = container.NewStack(p.work.Object)
	p.create, p.elsewhere = widget.NewPrimaryButton(lang.L("Create"), p.createInDocuments).WithKey(shell.ActKey), widget.NewButton(lang.L("Save elsewhere…"), p.createElsewhere)
	p.name.OnSubmitted = func(string) { p.createInDocuments() }
	p.about.SetPlaceHolder(lang.L("For example: a support bot of a bicycle shop in Ghent; customers write from their phones"))
	p.about.OnChanged = func(text string) { p.typedAbout = strings.TrimSpace(text) != "" }
	return p
}

func (p *page) declare() *shell.Page {
	return &shell.Page{Content: p.content, Load: func() {
		p.window.Canvas().Focus(p.name)
		p.name.Entry.TypedShortcut(&fyne.ShortcutSelectAll{}) // to be typed over
	}, Actions: p.actions}
}

func (p *page) actions() []shell.Action {
	return []shell.Action{{Menu: shell.DatasetMenu, Name: lang.L("Create"), Key: shell.Act, Do: p.createInDocuments, Can: func() bool { return !p.create.Disabled() }}}
}

// The page's two columns: what to begin with, and what comes of it.
const waysWidth, resultWidth = 11, 9

func (p *page) content() fyne.CanvasObject {
	cards := widget.VBox(10)
	const perRow = 2
	for i := 0; i < len(p.ways); i += perRow {
		row := make([]fyne.CanvasObject, perRow)
		for j := range row {
			row[j] = widget.VBox(0)
			if i+j < len(p.ways) {
				row[j] = p.ways[i+j].card(p.choose)
			}
		}
		cards.Add(widget.Columns(10, []float32{1, 1}, row...))
	}
	form := widget.VBox(4,
		widget.Caption(lang.L("Name")), p.name,
		widget.Caption(lang.L("What the messages are typed to")), p.about,
		widget.Muted(lang.L("One sentence about your assistant. Language models read it; you can change it at any time.")))
	// The buttons stay in sight, whatever else there is.
	result := container.NewBorder(nil, widget.VBox(8, p.work.Line, widget.Wrap(8, p.create, p.elsewhere)), nil, nil, shell.Tall(widget.VBox(12, form, p.own.object, p.preview.object)))
	p.choose(p.ways[0])
	return shell.PageLayout(
		widget.VBox(4, widget.Title(lang.L("New dataset")), widget.Muted(lang.L("Choose what to begin with. Everything can be changed later."))),
		widget.Columns(16, []float32{waysWidth, resultWidth}, shell.Scrolled(cards), widget.Card(result)))
}

// choose begins with another way.
func (p *page) choose(w *way) {
	p.chosen = w
	for _, other := range p.ways {
		other.setSelected(other == w)
	}
	if !p.typedAbout {
		p.about.SetText(w.starter.About)
		p.typedAbout = false
	}
	p.own.ask(w.asks)
	if w.asks == nothing {
		p.show(starter.Found{Starter: w.starter}, nil)
	}
}

// wait keeps the dataset from being made of what isn't read yet.
func (p *page) wait() {
	p.create.Disable()
	p.elsewhere.Disable()
}

// show shows what the dataset would start with, or what is wrong with what was given.
func (p *page) show(found starter.Found, err error) {
	ready := err == nil && (len(found.Categories) > 0 || p.chosen.asks == nothing)
	shell.SetEnabled(p.create, ready)
	shell.SetEnabled(p.elsewhere, ready)
	if found.About != "" && !p.typedAbout {
		p.about.SetText(found.About)
		p.typedAbout = false
	}
	p.preview.show(found, p.chosen.asks, err)
}

// begun is the starter as the page has it.
func (p *page) begun() starter.Starter {
	s := p.chosen.starter
	if p.chosen.asks != nothing {
		s = p.own.found.Starter
	}
	s.About = p.about.Text
	return s
}

func (p *page) createInDocuments() {
	if p.create.Disabled() {
		return
	}
	s, name := p.begun(), fileName(p.name.Text)
	p.replace(func(ctx context.Context) (*localdb.Dataset, error) { return shell.CreateDataset(ctx, "", name, s) }, "")
}

func (p *page) createElsewhere() {
	dir, err := shell.DocumentsDir()
	if err != nil {
		p.window.Fail(lang.L("There is no documents folder"), err)
		return
	}
	s := p.begun()
	p.window.ChooseToSave(lang.L("Where the new dataset is saved"), filepath.Join(dir, fileName(p.name.Text)+shell.DatasetEnding), func(path string) {
		p.replace(func(ctx context.Context) (*localdb.Dataset, error) { return shell.CreateDataset(ctx, path, "", s) }, path)
	})
}

func (p *page) replace(create func(context.Context) (*localdb.Dataset, error), path string) {
	p.window.ReplaceDataset(lang.L("Creating the dataset"), func(ctx context.Context, _ func(shell.Progress)) (*localdb.Dataset, error) { return create(ctx) },
		func(err error) { p.window.NotOpened(path, err) }, nil)
}

// fileName makes a file's name of what a person typed.
func fileName(typed string) string {
	name := strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, typed))
	if name = strings.Trim(name, ". "); name == "" {
		return lang.L("My dataset")
	}
	const longest = 100 // characters, which every file system takes
	if runes := []rune(name); len(runes) > longest {
		name = strings.TrimSpace(string(runes[:longest]))
	}
	return strings.TrimSuffix(name, shell.DatasetEnding)
}

// preview lists the categories that the dataset would have.
type preview struct {
	heading *widget.Text
	notes   *fyne.Container
	list    *fyne.Container
	object  fyne.CanvasObject
}

func newPreview() *preview {
	p := &preview{heading: widget.Heading(""), notes: widget.VBox(2), list: widget.VBox(6)}
	p.object = widget.VBox(8, widget.VBox(4, p.heading, p.notes), p.list)
	return p
}

func (p *preview) show(found starter.Found, asks asked, err error) {
	p.list.RemoveAll()
	p.notes.RemoveAll()
	total := 0
	for _, c := range found.Categories {
		total += c.Target
		p.list.Add(categoryRow(c, found.Messages[c.Name]))
	}
	switch {
	case err != nil:
		p.heading.SetText(lang.L("No categories yet"))
		p.notes.Add(widget.Muted(shell.Explain(err)).WithColor(theme.ColorNameNoticeText))
	case len(found.Categories) == 0 && asks == nothing:
		p.heading.SetText(lang.L("No categories"))
		p.notes.Add(widget.Muted(lang.L("You add them on the Categories page.")))
	case len(found.Categories) == 0:
		p.heading.SetText(lang.L("No categories yet"))
	default:
		p.heading.SetText(lang.L("{{.Categories}}, {{.Messages}} in the default plan", map[string]any{
			"Categories": shell.CountCategories(len(found.Categories)), "Messages": shell.CountMessages(total),
		}))
	}
	if asks == aList && len(found.Categories) > 0 && !slices.ContainsFunc(found.Categories, func(c localdb.Category) bool { return len(c.Examples) > 0 }) {
		p.notes.Add(widget.Muted(lang.L("The built-in writer needs examples: write three or more below each category, each on a line that begins with a dash. A language model does without.")).WithColor(theme.ColorNameNoticeText))
	}
	for _, note := range found.Notes {
		text := shell.Translate(note.Text.Parts())
		if note.Category != "" {
			text = localdb.Categories(found.Categories).Named(note.Category).Shown() + ": " + text
		}
		p.notes.Add(widget.Muted(text))
	}
}

// categoryRow is a category with what it is and how many messages it should have.
func categoryRow(c localdb.Category, labelled int) fyne.CanvasObject {
	what := c.Is
	if what == "" && len(c.Examples) > 0 {
		what = "“" + c.Examples[0] + "”"
	}
	if labelled > 0 {
		what = strings.TrimSpace(lang.N("{{.N}} messages in the file", labelled, map[string]any{"N": shell.Thousands(labelled)}) + " · " + what)
	}
	name := widget.HBox(8, widget.NewChip(c.Shown(), theme.ParseColour(c.Colour)))
	if !c.Training {
		name.Add(shell.Centred(widget.Caption(lang.L("kept out of training"))))
	}
	return widget.VBox(2, container.NewBorder(nil, nil, name, widget.Caption(shell.Thousands(c.Target))), widget.MutedLine(what))
}
