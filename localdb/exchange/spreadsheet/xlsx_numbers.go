package spreadsheet

import (
	"io"

	"github.com/xuri/excelize/v2"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange/sheet"
)

// numbers writes numbers as a workbook shows them. It asks excelize, which knows the
// formats, by way of the one cell of a workbook with the same styles.
type numbers struct {
	scratch *excelize.File
	known   map[shownNumber]string
}

type shownNumber struct {
	style int
	value string
}

func (b *workbook) openNumbers(styles string) error {
	b.numbers = &numbers{scratch: excelize.NewFile(), known: map[shownNumber]string{}}
	if err := b.numbers.scratch.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &b.date1904}); err != nil {
		return err
	}
	if styles == "" || b.entries[styles] == nil {
		return nil
	}
	part, err := b.part(styles)
	if err != nil {
		return err
	}
	if part.Size() > maxPart {
		return i18n.Error("{{.Part}} is larger than any workbook needs", i18n.Values{"Part": styles})
	}
	content, err := io.ReadAll(part.Read())
	if err != nil {
		return err
	}
	b.numbers.scratch.Styles = nil // read anew from what follows
	b.numbers.scratch.Pkg.Store("xl/styles.xml", content)
	if err := b.numbers.scratch.SetCellStyle(scratchSheet, scratchCell, scratchCell, 0); err != nil {
		return i18n.Error("{{.Part}} in it is broken: {{.Cause}}", i18n.Values{"Part": styles, "Cause": err})
	}
	return nil
}

const scratchSheet, scratchCell = "Sheet1", "A1"

// show writes a number in the format of its cell.
func (n *numbers) show(c sheet.Cell) string {
	key := shownNumber{c.Style, c.Value}
	if text, ok := n.known[key]; ok {
		return text
	}
	text := n.format(c.Style, c.Value)
	if len(n.known) >= maxKnown {
		clear(n.known)
	}
	n.known[key] = text
	return text
}

// format gives the number itself where its format is none that excelize can write.
func (n *numbers) format(style int, value string) string {
	if n.scratch.SetCellDefault(scratchSheet, scratchCell, value) != nil || n.scratch.SetCellStyle(scratchSheet, scratchCell, scratchCell, 0) != nil {
		return value
	}
	_ = n.scratch.SetCellStyle(scratchSheet, scratchCell, scratchCell, style) // may be one that the workbook doesn't have
	text, err := n.scratch.GetCellValue(scratchSheet, scratchCell)
	if err != nil {
		return value
	}
	return text
}
