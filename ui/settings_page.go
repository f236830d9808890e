package ui

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen/llm"
	"seedbed/gen/openai"
	"seedbed/ui/widget"
)

// settingsPage holds a person's choices on this computer: who writes, what that
// costs, and how the window looks.
type settingsPage struct {
	app *app

	address, key   *widget.Field
	model          *widget.Combo
	kept           *reader // whether there is a key for the address
	keyKept, tried *widget.Text
	prices         *fyne.Container
	rows           []*priceRow
	shipped        map[string]llm.Price
}

func newSettings(a *app) page {
	p := &settingsPage{app: a}
	p.kept = &reader{jobs: a.jobs, begin: p.readKept}
	return p
}

func (p *settingsPage) content() fyne.CanvasObject {
	cards := widget.Stack(16, widget.Card(p.provider()), widget.Card(p.money()), widget.Card(p.appearance()), widget.Card(p.files()))
	return framed(widget.Stack(4, widget.Title(lang.L("Settings")), widget.Muted(lang.L("Saved as you change them, on this computer only."))),
		scrolled(cards))
}

func (p *settingsPage) shown() { p.kept.read() }

func (p *settingsPage) readKept() (func(context.Context) error, func(error)) {
	has, name := false, keyName(p.app.settings.baseURL())
	return func(context.Context) error {
			has = p.app.keychain.get(name) != ""
			return nil
		}, func(error) {
			if has {
				p.key.SetPlaceHolder(lang.L("A key is kept; type a new one to replace it"))
			} else {
				p.key.SetPlaceHolder(lang.L("Not needed for a program on this computer"))
			}
		}
}

// provider is the endpoint that a language model answers at.
func (p *settingsPage) provider() fyne.CanvasObject {
	p.address, p.key, p.model = widget.NewField(p.app.settings.baseURL()), widget.NewSecret(), widget.NewCombo(p.app.settings.model())
	p.address.SetPlaceHolder(lang.L("OpenAI; or the address of any compatible server"))
	p.address.OnChanged = func(text string) {
		p.app.settings.prefs.SetString(prefBaseURL, strings.TrimSpace(text))
		p.model.SetOptions(nil)
		p.kept.read()
	}
	p.model.SetPlaceHolder(llm.DefaultModel)
	p.model.OnChanged = func(text string) { p.app.settings.prefs.SetString(prefModel, strings.TrimSpace(text)) }
	p.key.SetPlaceHolder(lang.L("Not needed for a program on this computer"))
	p.keyKept, p.tried = widget.Muted(lang.L("Kept in the system's keychain, never in a dataset, an export or a log.")), widget.Muted("")
	p.key.OnSubmitted = func(string) { p.keepKey() }
	form := fields(
		lang.L("Address"), p.address,
		lang.L("API key"), container.NewBorder(nil, nil, nil, widget.Row(8, widget.NewButton(lang.L("Keep key"), p.keepKey), widget.NewButton(lang.L("Forget"), p.forgetKey)), p.key),
		"", p.keyKept,
		lang.X("settings.model", "Model"), container.NewBorder(nil, nil, nil, widget.NewButton(lang.L("Test and list models"), p.test), p.model),
		"", p.tried)
	return widget.Stack(10, widget.Heading(lang.L("Language model")), form)
}

func (p *settingsPage) keepKey() {
	secret := strings.TrimSpace(p.key.Text)
	if secret == "" {
		return
	}
	p.storeKey(secret, lang.L("A key is kept; type a new one to replace it"))
}

func (p *settingsPage) forgetKey() { p.storeKey("", lang.L("No key is kept")) }

func (p *settingsPage) storeKey(secret, hint string) {
	var lasting bool
	name := keyName(p.app.settings.baseURL())
	p.app.jobs.quietly(func(context.Context) error {
		lasting = p.app.keychain.set(name, secret)
		return nil
	}, func(error) {
		p.key.SetText("")
		p.key.SetPlaceHolder(hint)
		if !lasting {
			p.keyKept.SetText(lang.L("This system has no keychain, so the key is kept in memory until you close Seedbed."))
			p.keyKept.SetColor(widget.ColorNoticeText)
		}
	})
}

// test asks the endpoint for its models, which shows whether address and key are right.
func (p *settingsPage) test() {
	choice := writerChoice{baseURL: p.app.settings.baseURL(), model: p.app.settings.model()}
	p.tried.SetText(lang.L("Asking…"))
	p.tried.SetColor(widget.ColorMuted)
	var models []string
	p.app.jobs.run(lang.L("Asking for the models"), func(ctx context.Context, _ func(progress)) (err error) {
		models, err = openai.New(p.app.endpoint(choice)).Models(ctx)
		return err
	}, func(err error) {
		if err != nil {
			logError("listing models", err)
			p.tried.SetText(explanation(err))
			p.tried.SetColor(widget.ColorNoticeText)
			return
		}
		p.model.SetOptions(models)
		p.tried.SetText(lang.L("It answers, and offers {{.N}} models.", map[string]any{"N": thousands(len(models))}))
	})
}

// priceRow is what one model costs, in dollars per million tokens.
type priceRow struct{ model, prompt, completion *widget.Field }

func (p *settingsPage) money() fyne.CanvasObject {
	p.prices = widget.Stack(6, widget.Columns(8, priceColumns, widget.Caption(lang.X("settings.model", "Model")), widget.Caption(lang.L("$ per million read")), widget.Caption(lang.L("$ per million written"))))
	shipped, err := llm.ShippedPrices()
	if err != nil {
		logError("reading the shipped prices", err)
	}
	p.shipped = shipped.Models
	all := shipped.With(p.app.settings.prices())
	models := make([]string, 0, len(all.Models))
	for model := range all.Models {
		models = append(models, model)
	}
	slices.Sort(models)
	for _, model := range models {
		p.addPrice(model, all.Models[model])
	}
	return widget.Stack(10, widget.Heading(lang.L("Prices")),
		widget.Muted(lang.L("What a million tokens cost in dollars, as of {{.Date}}. The cap and the estimates follow these prices.", map[string]any{"Date": shipped.AsOf})),
		p.prices, container.NewHBox(widget.NewButton(lang.L("Add a model"), func() { p.addPrice("", llm.Price{}) })))
}

var priceColumns = []float32{3, 1, 1}

func (p *settingsPage) addPrice(model string, price llm.Price) {
	row := &priceRow{model: widget.NewField(model), prompt: widget.NewNumber(""), completion: widget.NewNumber("")}
	row.model.SetPlaceHolder(lang.L("name of the model"))
	if model != "" {
		row.prompt.SetText(fmt.Sprint(price.Prompt))
		row.completion.SetText(fmt.Sprint(price.Completion))
	}
	for _, entry := range []*widget.Field{row.model, row.prompt, row.completion} {
		entry.OnChanged = func(string) { p.keepPrices() }
	}
	p.rows = append(p.rows, row)
	p.prices.Add(widget.Columns(8, priceColumns, row.model, row.prompt, row.completion))
}

// keepPrices keeps every line that is complete and that the shipped list hasn't.
func (p *settingsPage) keepPrices() {
	own := map[string]llm.Price{}
	for _, row := range p.rows {
		prompt, err1 := amount(row.prompt.Text)
		completion, err2 := amount(row.completion.Text)
		price := llm.Price{Prompt: prompt, Completion: completion}
		if model := strings.TrimSpace(row.model.Text); model != "" && err1 == nil && err2 == nil && prompt >= 0 && completion >= 0 && p.shipped[model] != price {
			own[model] = price
		}
	}
	data, err := json.Marshal(own)
	if err != nil {
		logError("keeping prices", err)
		return
	}
	p.app.settings.prefs.SetString(prefPrices, string(data))
}

func (p *settingsPage) appearance() fyne.CanvasObject {
	modes := []widget.Mode{widget.System, widget.Light, widget.Dark}
	mode := widget.NewRadio([]string{lang.L("As the system"), lang.L("Light"), lang.L("Dark")}, nil).Beside()
	mode.SetSelected(mode.Options[slices.Index(modes, p.app.settings.mode())])
	mode.OnChanged = func(chosen string) {
		p.app.settings.prefs.SetString(prefMode, string(modes[slices.Index(mode.Options, chosen)]))
		p.app.restyle()
	}
	size, shownSize := widget.NewSlider(80, 200), widget.Caption("")
	size.Step = 10
	showSize := func(v float64) { shownSize.SetText(fmt.Sprintf("%.0f %%", v)) }
	size.SetValue(float64(p.app.settings.textSize()) * 100)
	showSize(size.Value)
	size.OnChanged = showSize
	size.OnChangeEnded = func(v float64) {
		p.app.settings.prefs.SetFloat(prefTextSize, v/100)
		p.app.restyle()
	}
	return widget.Stack(10, widget.Heading(lang.L("Appearance")),
		fields(lang.L("Colours"), mode, lang.L("Text size"), container.NewBorder(nil, nil, nil, widget.Width(52, shownSize), size), lang.L("Language"), p.languageChoice()))
}

func (p *settingsPage) languageChoice() fyne.CanvasObject {
	names, at := []string{lang.L("As the system")}, 0
	for i, l := range languages {
		names = append(names, l.name)
		if l.code == p.app.settings.language() {
			at = i + 1
		}
	}
	later := widget.Muted("")
	choice := widget.NewSelect(names, func(at int) {
		code := ""
		if at > 0 {
			code = languages[at-1].code
		}
		p.app.settings.prefs.SetString(prefLanguage, code)
		later.SetText(lang.L("Seedbed will speak it from its next start on."))
	})
	choice.SetOptions(names, at)
	return widget.Below(4, container.NewHBox(choice), later)
}

func (p *settingsPage) files() fyne.CanvasObject {
	return widget.Stack(10, widget.Heading(lang.L("Log")),
		widget.Muted(lang.L("If something goes wrong, the whole story is in this folder. Keys and messages are never written there.")),
		container.NewBorder(nil, nil, nil, widget.NewButton(lang.L("Open folder"), func() { p.app.openFolder(logDir()) }), widget.MutedLine(logDir())))
}

// restyle applies the look that the settings ask for.
func (a *app) restyle() { a.fyne.Settings().SetTheme(a.settings.theme()) }

// openFolder shows a folder in the system's file manager.
func (a *app) openFolder(path string) {
	a.jobs.start(func() {
		if err := a.fyne.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}); err != nil {
			a.jobs.post(func() { a.tell(lang.L("The folder could not be opened"), path) })
		}
	})
}

// fieldLabel is how wide the words before a field are.
const fieldLabel = 132

// fields puts labels and what they are for below each other.
func fields(pairs ...any) fyne.CanvasObject {
	column := widget.Stack(8)
	for pair := range slices.Chunk(pairs, 2) {
		label, object := pair[0].(string), pair[1].(fyne.CanvasObject)
		column.Add(container.NewBorder(nil, nil, widget.Width(fieldLabel, widget.MutedLine(label)), nil, object))
	}
	return column
}
