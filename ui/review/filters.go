package review

import (
	"maps"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/assets/crash"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// sampleOfEach is how many messages of each category the sample queue takes.
const sampleOfEach = 20

// filters is the strip above the list: search, status, source, flag, queue, and
// the categories with their counts.
type filters struct {
	page    *page
	filter  localdb.Filter
	facets  localdb.Facets
	setting bool // the search field follows the filter, not the other way round

	search                      *field
	status, source, flag, order *widget.Button
	tag                         *widget.Button
	reset, renew                *widget.Button
	shown                       *widget.Text
	chips                       *fyne.Container
	categories                  []*categoryChip
	object                      fyne.CanvasObject
}

// categoryChip is the facet of a category, "" for messages without one.
type categoryChip struct {
	*widget.ToggleChip
	category localdb.Category
}

func newFilters(p *page) *filters {
	f := &filters{page: p, search: newField(), shown: widget.Caption(""), chips: widget.Wrap(6)}
	f.search.SetPlaceHolder(lang.L("Search messages"))
	f.search.OnChanged = f.searched
	f.search.onKey = f.searchKey
	f.search.onShortcut = f.searchShortcut
	f.status = widget.NewButton("", func() { f.open(f.status, f.statusMenu()) })
	f.source = widget.NewButton("", func() { f.open(f.source, f.sourceMenu()) })
	f.flag = widget.NewButton("", func() { f.open(f.flag, f.flagMenu()) })
	f.tag = widget.NewButton("", func() { f.open(f.tag, f.tagMenu()) })
	f.order = widget.NewButton("", func() { f.open(f.order, f.queueMenu()) })
	f.reset = widget.NewButton(lang.L("Clear filters"), f.clear).WithKey("C")
	f.renew = widget.NewButton(lang.L("Refresh"), p.renew).WithKey("F5")
	f.renew.Hide()
	f.name()
	f.object = container.New(layout.NewCustomPaddedLayout(0, 16, 0, 0), widget.VBox(12,
		widget.Wrap(8, widget.FixedWidth(210, f.search), f.status, f.source, f.flag, f.tag, f.order, f.reset, f.renew, f.shown),
		container.New(&lowLayout{p.window.Canvas(), f.chips}, container.NewVScroll(f.chips))))
	return f
}

// searched filters the list as a person types.
func (f *filters) searched(text string) {
	if !f.setting && f.filter.Search != text {
		f.filter.Search = text
		f.changed()
	}
}

// searchKey leaves the field for the list, keeping or clearing the search.
func (f *filters) searchKey(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyEscape:
		f.search.SetText("")
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyDown:
	default:
		return false
	}
	f.page.window.Canvas().Focus(f.page.grid)
	return true
}

// searchShortcut undoes in the dataset when there is nothing to undo in the field.
func (f *filters) searchShortcut(s fyne.Shortcut) bool {
	if _, ok := s.(*fyne.ShortcutUndo); ok && f.search.Text == "" {
		f.page.window.Undo()
		return true
	}
	return false
}

// set shows another filter.
func (f *filters) set(filter localdb.Filter) {
	f.filter = filter
	f.setting = true
	f.search.SetText(filter.Search)
	f.setting = false
	f.changed()
}

func (f *filters) clear() { f.set(localdb.Filter{}) }

// any reports whether the filter restricts anything.
func (f *filters) any() bool {
	n := f.filter
	return n.Search != "" || n.Uncategorised || n.Flags != 0 || n.Noted || n.IDs != nil || n.Queue.Kind != localdb.NoQueue ||
		len(n.Categories)+len(n.Statuses)+len(n.Sources)+len(n.Tags) > 0
}

func (f *filters) queue() localdb.QueueKind { return f.filter.Queue.Kind }

// leaveQueue leaves the queue's order for another one.
func (f *filters) leaveQueue() {
	f.filter.Queue = localdb.Queue{}
	f.name()
}

// changed reloads the list after another choice.
func (f *filters) changed() {
	f.name()
	f.page.narrowed = true
	f.page.renew()
}

// name shows the choices on their buttons.
func (f *filters) name() {
	status, source, flag, order := lang.L("Any status"), lang.L("Any source"), lang.L("Any flag"), lang.L("All messages")
	if len(f.filter.Statuses) > 0 {
		status = statusName(f.filter.Statuses[0])
	}
	if len(f.filter.Sources) > 0 {
		source = sourceName(f.filter.Sources[0])
	}
	switch f.filter.Flags {
	case 0:
	case anyFlag():
		flag = lang.L("Flagged")
	default:
		flag = flagNames(f.filter.Flags)
	}
	if f.filter.IDs != nil {
		order = lang.L("{{.N}} picked messages", map[string]any{"N": shell.Thousands(len(f.filter.IDs))})
	}
	switch f.queue() {
	case localdb.MostUncertain:
		order = lang.L("Most doubtful first")
	case localdb.SampleOfEach:
		order = lang.L("A sample of each")
	case localdb.AsGiven:
		order = lang.L("More like message {{.ID}}", map[string]any{"ID": f.filter.IDs[0]})
	}
	f.status.SetText(status + " ▾")
	f.source.SetText(source + " ▾")
	f.flag.SetText(flag + " ▾")
	f.nameTags()
	f.order.SetText(order + " ▾")
	shell.SetVisible(f.reset, f.any())
	for _, chip := range f.categories {
		chip.SetSelected(f.chose(chip.category.Name))
	}
	f.refresh()
}

func (f *filters) refresh() {
	if f.object != nil {
		f.object.Refresh()
	}
}

// setCategories shows a chip for each category.
func (f *filters) setCategories(categories []localdb.Category) {
	f.categories = nil
	f.chips.RemoveAll()
	for _, c := range append(slices.Clone(categories), localdb.Category{}) {
		chip := &categoryChip{category: c}
		chip.ToggleChip = widget.NewToggleChip(c.Shown(), theme.ParseColour(c.Colour), func() { f.toggle(c.Name) })
		f.categories = append(f.categories, chip)
		f.chips.Add(chip.ToggleChip)
	}
	f.showCounts()
}

// toggle adds a category to the filter, or removes it.
func (f *filters) toggle(category string) {
	if category == "" {
		f.filter.Uncategorised = !f.filter.Uncategorised
	} else if i := slices.Index(f.filter.Categories, category); i >= 0 {
		f.filter.Categories = slices.Delete(slices.Clone(f.filter.Categories), i, i+1)
	} else {
		f.filter.Categories = append(slices.Clone(f.filter.Categories), category)
	}
	f.changed()
}

func (f *filters) chose(category string) bool {
	if category == "" {
		return f.filter.Uncategorised
	}
	return slices.Contains(f.filter.Categories, category)
}

// setCounts shows the counts, and whether the list still is
// what the filter selects.
func (f *filters) setCounts(facets localdb.Facets, rows *rows) {
	f.facets = facets
	f.nameTags()
	f.showCounts()
	if rows == nil {
		return
	}
	shell.SetVisible(f.renew, f.queue() != localdb.SampleOfEach && facets.Total != rows.Len())
	f.setSelected(f.page.grid.SelectedCount())
}

func (f *filters) showCounts() {
	for _, chip := range f.categories {
		name, n := chip.category.Shown(), f.facets.Categories[chip.category.Name]
		if name == "" {
			name = lang.L("no category")
			shell.SetVisible(chip.ToggleChip, n > 0 || f.filter.Uncategorised)
		}
		if f.facets.Categories != nil {
			name += " " + shell.Short(n)
		}
		chip.Set(name, theme.ParseColour(chip.category.Colour))
		chip.SetSelected(f.chose(chip.category.Name))
	}
	f.refresh()
}

// setSelected shows how many messages the list has and how many are selected.
func (f *filters) setSelected(n int) {
	if f.page.rows == nil {
		return
	}
	text := lang.L("{{.N}} listed", map[string]any{"N": shell.Thousands(f.page.rows.Len())})
	if n > 1 {
		text = lang.L("{{.Selected}} of {{.N}} selected", map[string]any{"Selected": shell.Thousands(n), "N": shell.Thousands(f.page.rows.Len())})
	}
	if f.shown.Text() != text {
		f.shown.SetText(text)
		f.refresh()
	}
}

// open shows the choices below their button.
func (f *filters) open(button *widget.Button, items []*fyne.MenuItem) {
	c := f.page.window.Canvas()
	fynewidget.ShowPopUpMenuAtRelativePosition(fyne.NewMenu("", items...), c, fyne.NewPos(0, button.Size().Height+fynetheme.Padding()), button)
}

// choice is one line of a menu of choices, with how many messages it would show.
func (f *filters) choice(text string, count int, chosen bool, choose func()) *fyne.MenuItem {
	if count >= 0 {
		text += "  " + shell.Thousands(count)
	}
	item := fyne.NewMenuItem(text, func() {
		defer crash.Catch()
		choose()
		f.changed()
		f.page.window.Canvas().Focus(f.page.grid)
	})
	item.Checked = chosen
	return item
}

func (f *filters) statusMenu() []*fyne.MenuItem {
	items := []*fyne.MenuItem{f.choice(lang.L("Any status"), total(f.facets.Statuses[:]), len(f.filter.Statuses) == 0, func() { f.filter.Statuses = nil })}
	for _, s := range []localdb.Status{localdb.ToReview, localdb.Accepted, localdb.Rejected} {
		items = append(items, f.choice(statusName(s), f.facets.Statuses[s], slices.Contains(f.filter.Statuses, s), func() { f.filter.Statuses = []localdb.Status{s} }))
	}
	return items
}

func (f *filters) sourceMenu() []*fyne.MenuItem {
	items := []*fyne.MenuItem{f.choice(lang.L("Any source"), total(f.facets.Sources[:]), len(f.filter.Sources) == 0, func() { f.filter.Sources = nil })}
	for _, s := range []localdb.Source{localdb.Synthetic, localdb.Real} {
		items = append(items, f.choice(sourceName(s), f.facets.Sources[s], slices.Contains(f.filter.Sources, s), func() { f.filter.Sources = []localdb.Source{s} }))
	}
	return items
}

func (f *filters) flagMenu() []*fyne.MenuItem {
	items := []*fyne.MenuItem{
		f.choice(lang.L("Any flag or none"), -1, f.filter.Flags == 0, func() { f.filter.Flags = 0 }),
		f.choice(lang.L("Flagged"), -1, f.filter.Flags == anyFlag(), func() { f.filter.Flags = anyFlag() }),
	}
	for _, flag := range localdb.AllFlags {
		items = append(items, f.choice(flagName(flag), f.facets.Flags[flag], f.filter.Flags == flag, func() { f.filter.Flags = flag }))
	}
	return items
}

func (f *filters) queueMenu() []*fyne.MenuItem {
	choose := func(q localdb.Queue) func() { return func() { f.filter.Queue, f.filter.IDs = q, nil } }
	return []*fyne.MenuItem{
		f.choice(lang.L("All messages"), -1, f.queue() == localdb.NoQueue && f.filter.IDs == nil, choose(localdb.Queue{})),
		f.choice(lang.L("Most doubtful first"), -1, f.queue() == localdb.MostUncertain, choose(localdb.Queue{Kind: localdb.MostUncertain})),
		f.choice(lang.L("A sample of {{.N}} from each category", map[string]any{"N": sampleOfEach}), -1, f.queue() == localdb.SampleOfEach,
			choose(localdb.Queue{Kind: localdb.SampleOfEach, PerCategory: sampleOfEach, Seed: 1})),
	}
}

// nameTags shows the choice of tags on its button, which only datasets with tags or notes have.
func (f *filters) nameTags() {
	text := lang.L("Any tag")
	switch {
	case f.filter.Noted:
		text = lang.L("With a note")
	case len(f.filter.Tags) > 0:
		text = f.filter.Tags[0]
	}
	f.tag.SetText(text + " ▾")
	shell.SetVisible(f.tag, f.filter.Noted || len(f.filter.Tags) > 0 || f.facets.Noted > 0 || len(f.facets.Tags) > 0)
}

func (f *filters) tagMenu() []*fyne.MenuItem {
	choose := func(noted bool, tags ...string) func() { return func() { f.filter.Noted, f.filter.Tags = noted, tags } }
	items := []*fyne.MenuItem{
		f.choice(lang.L("Any tag or none"), -1, !f.filter.Noted && len(f.filter.Tags) == 0, choose(false)),
		f.choice(lang.L("With a note"), f.facets.Noted, f.filter.Noted, choose(true)),
	}
	for _, tag := range slices.Sorted(maps.Keys(f.facets.Tags)) {
		items = append(items, f.choice(tag, f.facets.Tags[tag], slices.Contains(f.filter.Tags, tag), choose(false, tag)))
	}
	return items
}

// anyFlag is all flags together.
func anyFlag() (all localdb.Flag) {
	for _, f := range localdb.AllFlags {
		all |= f
	}
	return all
}

func total(counts []int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}
