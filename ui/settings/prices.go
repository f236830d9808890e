package settings

import (
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/assets/number"
	"seedbed/gen/llm"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// priceRow is what one model costs, in dollars per million tokens.
type priceRow struct{ model, prompt, completion *widget.Field }

func (p *page) pricesCard() fyne.CanvasObject {
	p.prices = widget.VBox(6, widget.Columns(8, priceColumns, widget.Caption(lang.X("settings.model", "Model")), widget.Caption(lang.L("$ per million input")), widget.Caption(lang.L("$ per million output"))))
	shipped, err := llm.ShippedPrices()
	if err != nil {
		shell.LogError("reading the shipped prices", err)
	}
	p.showPrices()
	return widget.VBox(10, widget.Heading(lang.L("Prices")),
		widget.Muted(lang.L("Prices per million tokens in dollars, as of {{.Date}}. Seedbed knows those of common models; here are your own for this address, which the spending limit and the estimates use instead.", map[string]any{"Date": shipped.AsOf})),
		p.prices, container.NewHBox(widget.NewButton(lang.L("Add a model"), func() { p.addPrice("", llm.Price{}) })))
}

// showPrices lists a person's own prices at the address that is chosen.
func (p *page) showPrices() {
	p.prices.Objects, p.rows = p.prices.Objects[:1], nil
	own := p.window.Settings.Prices(p.window.Settings.BaseURL())
	for _, model := range slices.Sorted(maps.Keys(own)) {
		p.addPrice(model, own[model])
	}
	p.prices.Refresh()
}

var priceColumns = []float32{3, 1, 1}

func (p *page) addPrice(model string, price llm.Price) {
	row := &priceRow{model: widget.NewField(model), prompt: widget.NewNumberField(""), completion: widget.NewNumberField("")}
	row.model.SetPlaceHolder(lang.L("name of the model"))
	if model != "" {
		row.prompt.SetText(number.Write(price.Prompt))
		row.completion.SetText(number.Write(price.Completion))
	}
	for _, entry := range []*widget.Field{row.model, row.prompt, row.completion} {
		entry.OnChanged = func(string) { p.savePrices() }
	}
	p.rows = append(p.rows, row)
	p.prices.Add(widget.Columns(8, priceColumns, row.model, row.prompt, row.completion))
}

// savePrices saves every line that is complete.
func (p *page) savePrices() {
	own := map[string]llm.Price{}
	for _, row := range p.rows {
		prompt, err1 := number.Price.Parse(row.prompt.Text)
		completion, err2 := number.Price.Parse(row.completion.Text)
		price := llm.Price{Prompt: prompt, Completion: completion}
		if model := strings.TrimSpace(row.model.Text); model != "" && err1 == nil && err2 == nil {
			own[model] = price
		}
	}
	p.window.Settings.SetPrices(p.window.Settings.BaseURL(), own)
}
