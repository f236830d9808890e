package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// showLeftOut lists which lines do not come in, and why.
func (p *realPage) showLeftOut() {
	type line struct{ why, text string }
	var lines []line
	add := func(number int, why, text string) {
		why = lang.L("line {{.Line}}: {{.Why}}", map[string]any{"Line": thousands(number), "Why": why})
		lines = append(lines, line{why, oneLine(text)})
	}
	for _, r := range p.preview.Rejected {
		add(r.Line, inWords(r.Reason), r.Text)
	}
	for _, r := range p.preview.Report.LeftOut {
		why := inWords(r.Reason)
		if r.CopyOf != "" && r.CopyOf != r.Text {
			why = lang.L("nearly a copy of “{{.Text}}”", map[string]any{"Text": oneLine(r.CopyOf)})
		}
		add(r.Line, why, r.Text)
	}
	title := lang.L("Left out")
	if out := p.preview.LeftOut(); len(lines) < out {
		title = lang.L("Left out: the first {{.N}} of {{.All}}", map[string]any{"N": thousands(len(lines)), "All": thousands(out)})
	}
	list := fynewidget.NewList(func() int { return len(lines) }, newTwoLines, nil)
	list.UpdateItem = func(i fynewidget.ListItemID, o fyne.CanvasObject) {
		if row, ok := o.(*twoLines); ok && i < len(lines) {
			row.first.SetText(lines[i].text)
			row.second.SetText(lines[i].why)
		}
	}
	widget.ShowDialog(p.app.window.Canvas(), title, atLeast(360, list), widget.NewButton(lang.L("Close"), func() {}))
}

// atLeast gives something a least height of its own, whatever it needs.
func atLeast(height float32, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(heightLayout(height), o)
}

type heightLayout float32

func (l heightLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }

func (l heightLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(objects[0].MinSize().Width, theme.Scaled(float32(l)))
}
