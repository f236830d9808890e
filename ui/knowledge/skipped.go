package knowledge

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"seedbed/kbsource"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// leftOut is what the last reading of a folder left out.
type leftOut struct {
	files   []kbsource.Skipped
	ignored int
}

// maxNamed is how many files of each reason the dialog names; more are in the list that
// can be copied.
const maxNamed = 50

// newLeftOut returns the line that says how many files could not be read.
func (p *page) newLeftOut() fyne.CanvasObject {
	p.leftOutText = widget.Body("")
	p.leftOutLine = widget.Wrap(8, shell.Centred(p.leftOutText), widget.NewSmallButton(lang.L("Show which"), p.showLeftOut))
	p.leftOutLine.Hide()
	return p.leftOutLine
}

func (p *page) setLeftOut(left leftOut) {
	p.leftOut = left
	p.leftOutText.SetText(left.summary())
	shell.SetVisible(p.leftOutLine, len(left.files)+left.ignored > 0)
	p.statusBox.Refresh()
}

func (l leftOut) summary() string {
	hidden := lang.L("{{.N}} hidden files and folders of programs were left out.", map[string]any{"N": shell.Thousands(l.ignored)})
	switch {
	case len(l.files) == 0:
		return hidden
	case l.ignored == 0:
		hidden = ""
	}
	files := lang.N("{{.N}} files could not be read.", len(l.files), map[string]any{"N": shell.Thousands(len(l.files))})
	if len(l.files) == 1 {
		files = lang.L("1 file could not be read.")
	}
	return strings.TrimSpace(files + " " + hidden)
}

// showLeftOut lists the files by the reasons why they could not be read.
func (p *page) showLeftOut() {
	left := p.leftOut
	p.window.Tell(left.summary(), left.list(maxNamed), widget.NewButton(lang.L("Copy the list"), func() {
		p.window.App.Clipboard().SetContent(left.list(len(left.files)))
	}))
}

// list names the files, up to so many of each reason, the commonest reason first.
func (l leftOut) list(most int) string {
	names := map[string][]string{}
	var reasons []string
	for _, file := range l.files {
		reason := shell.Explain(file.Reason)
		if names[reason] == nil {
			reasons = append(reasons, reason)
		}
		names[reason] = append(names[reason], file.Path)
	}
	slices.SortStableFunc(reasons, func(a, b string) int { return cmp.Compare(len(names[b]), len(names[a])) })
	parts := make([]string, len(reasons))
	for i, reason := range reasons {
		files := names[reason]
		parts[i] = reason + "\n" + strings.Join(files[:min(most, len(files))], "\n")
		if more := len(files) - most; more > 0 {
			parts[i] += "\n" + lang.L("and {{.N}} more", map[string]any{"N": shell.Thousands(more)})
		}
	}
	return strings.Join(parts, "\n\n")
}
