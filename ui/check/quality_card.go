package check

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/gen/check"
	"seedbed/gen/intent"
	"seedbed/gen/profile"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// qualityCard is the card with the gauges.
func (p *page) qualityCard() fyne.CanvasObject {
	p.gauges = widget.VBox(7)
	return widget.VBox(10, widget.Heading(lang.L("Quality of the messages")), p.gauges,
		widget.Muted(lang.L("Varied messages have many different word pairs and seldom repeat a phrase of another message. Compressed as in a zip file, they become only a few times smaller.")))
}

// showGauges lists the gauges, each with the number of messages it was measured over, and
// how far apart real and synthetic messages are in how they are written.
func (p *page) showGauges(g check.Gauges, profiles profile.Profiles) {
	p.gauges.RemoveAll()
	row := func(cells ...string) {
		parts := []float32{26, 18, 18, 38}
		objects := make([]fyne.CanvasObject, len(cells))
		for i, cell := range cells {
			objects[i] = widget.Line(cell)
			if i == 1 || i == 2 {
				objects[i] = widget.Line(cell).AlignRight()
			}
		}
		p.gauges.Add(widget.Columns(8, parts, objects...))
	}
	share := func(name string, gauge intent.Gauge, of, what string) {
		if gauge.N > 0 {
			row(name, shell.Percent(gauge.Value), of+" "+shell.Thousands(gauge.N), what)
		}
	}
	share(lang.L("Repeated messages"), g.Duplicates, lang.L("of"), lang.L("the same words as another message"))
	share(lang.L("Near-duplicates"), g.NearDuplicates, lang.L("of"), lang.L("the same or nearly the same words"))
	share(lang.L("Reviewed"), g.Reviewed, lang.L("of"), lang.L("accepted or rejected"))
	share(lang.L("Passages asked about"), g.Coverage, lang.L("of"), lang.L("by at least one message"))
	if g.Balance.N > 0 {
		row(lang.L("Balance"), shell.Decimal(g.Balance.Value, 2), lang.L("of")+" "+shell.Thousands(g.Balance.N), lang.L("1 means exactly as the targets ask"))
	}
	if distance, ok := profiles.Distance(); ok {
		row(lang.L("Synthetic from real"), shell.Decimal(distance, 2), shell.Translate(profile.InWords(distance).Parts()), lang.L("in how they are written; 0 is the same"))
	}
	p.gauges.Add(fynewidget.NewSeparator())
	p.gauges.Add(varietyColumns(widget.Caption(lang.L("Variety")), widget.Caption(lang.L("Different word pairs")).AlignRight(), widget.Caption(lang.L("Repeat a phrase")).AlignRight(),
		widget.Caption(lang.L("Compress by")).AlignRight(), widget.Caption(lang.L("Beside real messages of the same length"))))
	for _, v := range g.Variety {
		p.gauges.Add(varietyColumns(p.narrowChip(v.Category), widget.Line(shell.Percent(v.Distinct2.Value)).AlignRight(),
			widget.Line(shell.Percent(v.Repetition.Value)).AlignRight(), widget.Line(fmt.Sprintf("%.1f (%s)", v.Compression.Value, shell.Thousands(v.Compression.N))).AlignRight(), widget.MutedLine(besideReal(v))))
	}
}

func varietyColumns(cells ...fyne.CanvasObject) fyne.CanvasObject {
	return widget.Columns(8, []float32{18, 15, 15, 14, 38}, cells...)
}

func besideReal(v check.Variety) string {
	if v.Real == nil {
		return lang.L("too few real ones to tell")
	}
	return lang.L("word pairs {{.Ours}}, real {{.Real}} ({{.N}} each)", map[string]any{
		"Ours": shell.Percent(v.Alike.Distinct2.Value), "Real": shell.Percent(v.Real.Distinct2.Value), "N": shell.Thousands(v.Real.Compression.N),
	})
}
