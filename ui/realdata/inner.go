package realdata

import (
	"slices"

	"seedbed/assets/visible"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// addFiles offers to choose among the files inside a zip file.
func (c *readingCard) addFiles(s *source) {
	if len(s.Facts.Inner) < 2 {
		return
	}
	text := lang.L("{{.N}} of {{.All}} files…", map[string]any{"N": len(s.Facts.Files), "All": len(s.Facts.Inner)})
	c.choices.Add(widget.HBox(6, shell.Centred(widget.Caption(lang.L("Files in the zip file"))), widget.NewButton(text, func() { c.chooseFiles(s) })))
}

// chooseFiles shows the files inside a zip file, to read some of them.
func (c *readingCard) chooseFiles(s *source) {
	chosen := map[string]bool{}
	for _, name := range s.Facts.Files {
		chosen[name] = true
	}
	list := widget.NewList(func() int { return len(s.Facts.Inner) }, func() fyne.CanvasObject { return widget.NewCheck("", nil) }, nil)
	list.UpdateItem = func(i int, o fyne.CanvasObject) {
		check, ok := o.(*widget.Check)
		if !ok || i >= len(s.Facts.Inner) {
			return
		}
		name := s.Facts.Inner[i]
		check.OnChanged = nil
		check.SetText(visible.Line(name))
		check.SetChecked(chosen[name])
		check.OnChanged = func(on bool) { chosen[name] = on }
	}
	all := func(on bool) func() {
		return func() {
			for _, name := range s.Facts.Inner {
				chosen[name] = on
			}
			list.Refresh()
		}
	}
	some := widget.HBox(8, widget.NewButton(lang.L("All"), all(true)), widget.NewButton(lang.L("None"), all(false)))
	widget.ShowDialog(c.page.window.Canvas(), lang.L("Which files of the zip file are to be read?"), widget.VBox(8, some, atLeast(300, list)),
		widget.NewButton(lang.L("Cancel"), func() {}),
		widget.NewPrimaryButton(lang.L("Read these"), func() {
			c.readFiles(s, slices.DeleteFunc(slices.Clone(s.Facts.Inner), func(name string) bool { return !chosen[name] }))
		}))
}

// readFiles reads the zip file again, and only these files of it; without any it stays as it is.
func (c *readingCard) readFiles(s *source, names []string) {
	if len(names) == 0 {
		return
	}
	again := &source{name: s.name, path: s.path, options: s.options, Inspection: s.Inspection}
	again.options.Inner, again.options.Columns = names, nil
	c.page.open(again)
}
