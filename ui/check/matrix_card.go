package check

import (
	"cmp"
	"context"
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen/check"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// confusionCard is the card with the matrix.
func (p *page) confusionCard() fyne.CanvasObject {
	p.matrix, p.cell = widget.NewMatrix(), widget.MutedLine("")
	p.matrix.OnHovered = p.describeCell
	p.matrix.OnTapped = p.openCell
	return widget.VBox(12, widget.Heading(lang.L("True category (rows) against predicted, in %")), p.matrix, p.cell)
}

// showMatrix shows the categories in the order of the dataset.
func (p *page) showMatrix(last check.Result) {
	place := func(at int) int {
		return slices.IndexFunc(p.state.categories, func(c localdb.Category) bool { return c.Name == last.Categories[at].Name })
	}
	p.order = make([]int, len(last.Categories))
	for i := range p.order {
		p.order[i] = i
	}
	slices.SortStableFunc(p.order, func(a, b int) int { return cmp.Compare(place(a), place(b)) })
	n := len(p.order)
	names, colours, parts := make([]string, n), make([]color.NRGBA, n), make([][]float32, n)
	for i, row := range p.order {
		names[i] = p.shown(last.Categories[row].Name)
		colours[i] = p.colour(last.Categories[row].Name)
		parts[i] = make([]float32, n)
		for j, column := range p.order {
			parts[i][j] = float32(last.Confusion[row][column]) / float32(max(1, last.Categories[row].Support))
		}
	}
	p.matrix.Set(names, colours, parts)
	p.describeCell(-1, -1)
}

// describeCell describes the cell under the pointer.
func (p *page) describeCell(row, column int) {
	if row < 0 || len(p.state.checks) == 0 {
		p.cell.SetText(lang.L("Point at a cell to read it; click it or press Enter to see its messages."))
		return
	}
	last := p.state.checks[0]
	row, column = p.order[row], p.order[column]
	given := last.Categories[row]
	p.cell.SetText(lang.L("{{.Given}} read as {{.Read}}: {{.N}} of {{.All}}", map[string]any{
		"Given": p.shown(given.Name), "Read": p.shown(last.Categories[column].Name), "N": shell.Thousands(last.Confusion[row][column]), "All": shell.Thousands(given.Support),
	}))
}

// openCell opens in Review the messages of one category that were predicted as another.
func (p *page) openCell(row, column int) {
	categories := p.state.checks[0].Categories
	given, predicted, data := categories[p.order[row]].Name, categories[p.order[column]].Name, p.window.Dataset()
	if row == column {
		p.window.Review(localdb.Filter{Categories: []string{given}}, 0)
		return
	}
	ids := []int64{}
	p.window.Jobs.RunSilently(func(ctx context.Context) error {
		for m, err := range data.Messages(ctx, localdb.Filter{Categories: []string{given}}) {
			if err != nil {
				return err
			}
			if m.Predicted == predicted {
				ids = append(ids, m.ID)
			}
		}
		return nil
	}, func(err error) {
		if err != nil {
			p.window.Fail(lang.L("The messages could not be read"), err)
			return
		}
		p.window.Review(localdb.Filter{IDs: ids}, 0)
	})
}
