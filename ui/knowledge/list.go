package knowledge

import (
	"strings"

	"fyne.io/fyne/v2"

	"seedbed/ui/shell"
)

// showPassage shows a passage's title and its beginning in a row of the list.
func (p *page) showPassage(i int, o fyne.CanvasObject) {
	row, ok := o.(*shell.TwoLines)
	if !ok || i >= len(p.shown) {
		return
	}
	passage := p.shown[i]
	title := passage.Title
	if title == "" {
		title = passage.Origin
	}
	row.First.SetText(shell.Truncate(title, passageCut))
	row.Second.SetText(p.questionsText(passage) + " · " + shell.Truncate(strings.ReplaceAll(passage.Text, "\n", " "), passageCut))
}

// passageCut is how many characters of a passage its line can show at most.
const passageCut = 160

// openPassage shows a whole passage in a dialog.
func (p *page) openPassage(i int) {
	p.list.Unselect(i)
	if i < len(p.shown) {
		passage := p.shown[i]
		p.window.Tell(shell.Truncate(passage.Title, passageCut), passage.Text+"\n\n"+passage.Origin+"\n\n"+p.questionsText(passage), p.writeAbout(passage)...)
	}
}
