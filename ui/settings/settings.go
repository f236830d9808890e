// Package settings is the page with a person's choices on this computer.
package settings

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/assets"
	"seedbed/gen/llm"
	"seedbed/ui/report"
	"seedbed/ui/shell"
	"seedbed/ui/system"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// page holds a person's choices on this computer: who writes, what that
// costs, and how the window looks.
type page struct {
	window *shell.Window

	address, key        *widget.Field
	typed               string // the address before its last change
	model               *widget.ComboBox
	keyState            *shell.Loader // whether there is a key for the address
	keyText, testResult *widget.Text
	findings            *fyne.Container // of the last test
	choices             []llm.Choice    // of the endpoint, once it was asked
	aboutModel          *widget.Text

	prices *fyne.Container
	rows   []*priceRow
}

// New makes the page.
func New(w *shell.Window) *shell.Page { return newPage(w).declare() }

func newPage(w *shell.Window) *page {
	p := &page{window: w}
	p.keyState = shell.NewLoader(w, "", p.readKeyState, p.showKeyState)
	return p
}

func (p *page) declare() *shell.Page {
	return &shell.Page{ID: shell.SettingsPage, Name: lang.L("Settings"), Content: p.content, Load: p.load}
}

func (p *page) content() fyne.CanvasObject {
	models := widget.VBox(20, p.endpointCard(), p.pricesCard())
	cards := widget.VBox(16, widget.Card(p.appearanceCard()), widget.Card(models), widget.Card(p.backupsCard()), widget.Card(p.aboutCard()))
	return shell.PageLayout(widget.VBox(4, widget.Title(lang.L("Settings")), widget.Muted(lang.L("Saved as you change them, on this computer only."))),
		shell.Scrolled(cards))
}

func (p *page) load() { p.keyState.Load() }

func (p *page) readKeyState() func(context.Context) (bool, error) {
	name := system.APIKeyName(p.window.Settings.BaseURL())
	return func(context.Context) (bool, error) { return p.window.Keychain.Get(name) != "", nil }
}

func (p *page) showKeyState(kept bool) {
	if kept {
		p.key.SetPlaceHolder(lang.L("A key is stored; type a new one to replace it"))
	} else {
		p.key.SetPlaceHolder(lang.L("Not needed for a program on this computer"))
	}
}

// endpointCard is the endpoint that a language model answers at.
func (p *page) endpointCard() fyne.CanvasObject {
	p.address, p.key, p.model = widget.NewField(p.window.Settings.BaseURL()), widget.NewPasswordField(), widget.NewComboBox(p.window.Settings.Model())
	p.address.SetPlaceHolder(lang.L("OpenAI; or the address of any compatible server"))
	p.typed = p.address.Text
	p.address.OnChanged, p.address.OnLeave = p.addressChanged, p.takeKey
	p.model.SetPlaceHolder(llm.DefaultModel)
	p.model.OnChanged = func(text string) {
		p.window.Settings.SetModel(strings.TrimSpace(text))
		p.showAboutModel()
	}
	p.aboutModel, p.findings = widget.Muted(""), widget.VBox(4)
	p.key.SetPlaceHolder(lang.L("Not needed for a program on this computer"))
	p.keyText, p.testResult = widget.Muted(lang.L("Stored in the system's keychain, never in a dataset, an export or a log.")), widget.Muted("")
	p.key.OnSubmitted = func(string) { p.saveKey() }
	form := shell.Form(
		lang.L("Address"), p.address,
		lang.L("API key"), container.NewBorder(nil, nil, nil, widget.HBox(8, widget.NewButton(lang.L("Save key"), p.saveKey), widget.NewButton(lang.L("Forget"), p.forgetKey)), p.key),
		"", p.keyText,
		lang.X("settings.model", "Model"), container.NewBorder(nil, nil, nil, widget.NewButton(lang.L("Test"), p.test), p.model),
		"", p.aboutModel,
		"", widget.VBox(4, p.testResult, p.findings))
	p.testResult.SetText(lang.L("Test sends one short request, which costs a small part of a cent where the model isn’t free, and lists the models."))
	return widget.VBox(10, widget.Heading(lang.L("Language models")),
		widget.Muted(lang.L("Only for messages by a language model: the built-in writer needs none of this.")), form)
}

func (p *page) saveKey() {
	secret := strings.TrimSpace(p.key.Text)
	if secret == "" {
		return
	}
	p.storeKey(secret, lang.L("A key is stored; type a new one to replace it"))
}

func (p *page) forgetKey() { p.storeKey("", lang.L("No key is stored")) }

func (p *page) storeKey(secret, hint string) {
	var lasting bool
	name := system.APIKeyName(p.window.Settings.BaseURL())
	p.window.Jobs.RunSilently(func(context.Context) error {
		lasting = p.window.Keychain.Set(name, secret)
		return nil
	}, func(error) {
		p.key.SetText("")
		p.key.SetPlaceHolder(hint)
		if !lasting {
			p.keyText.SetText(lang.L("This system has no keychain, so the key is kept in memory until you close Seedbed."))
			p.keyText.SetColor(theme.ColorNameNoticeText)
		}
	})
}

func (p *page) appearanceCard() fyne.CanvasObject {
	modes := []theme.Mode{theme.System, theme.Light, theme.Dark, theme.Contrast}
	names := []string{lang.L("As the system"), lang.L("Light"), lang.L("Dark"), lang.L("High contrast")}
	mode := widget.NewSelect(names, func(at int) {
		p.window.Settings.SetMode(modes[at])
		p.window.ApplyTheme()
	})
	mode.SetOptions(names, slices.Index(modes, p.window.Settings.Mode()))
	size, shownSize := widget.NewSlider(100*shell.SmallestText, 100*shell.LargestText), widget.Caption("").AlignRight()
	size.Step = 10
	showSize := func(v float64) { shownSize.SetText(fmt.Sprintf("%.0f %%", v)) }
	size.SetValue(float64(p.window.Settings.TextSize()) * 100)
	showSize(size.Value)
	size.OnChanged = showSize
	size.OnChangeEnded = func(v float64) {
		p.window.Settings.SetTextSize(v / 100)
		p.window.ApplyTheme()
	}
	follow := widget.NewSmallButton(lang.L("As the system"), func() {
		p.window.Settings.FollowTextSize()
		size.SetValue(float64(p.window.Settings.TextSize()) * 100)
		p.window.Settings.FollowTextSize() // which the slider chose
		p.window.ApplyTheme()
	})
	motions := []shell.Motion{shell.SystemMotion, shell.FullMotion, shell.LessMotion}
	motionNames := []string{lang.L("As the system"), lang.L("Full"), lang.L("Reduced: nothing blinks or slides")}
	motion := widget.NewSelect(motionNames, func(at int) { p.window.Settings.SetMotion(motions[at]) })
	motion.SetOptions(motionNames, max(0, slices.Index(motions, p.window.Settings.Motion())))
	return widget.VBox(10, widget.Heading(lang.L("Appearance and language")),
		shell.Form(lang.L("Colours"), container.NewHBox(mode),
			lang.L("Text size"), container.NewBorder(nil, nil, nil, widget.HBox(8, widget.FixedWidth(52, shownSize), follow), size),
			lang.L("Motion"), container.NewHBox(motion), lang.L("Language"), p.languageChoice()))
}

func (p *page) languageChoice() fyne.CanvasObject {
	names, at := []string{lang.L("As the system")}, 0
	for i, l := range shell.Languages {
		names = append(names, l.Name)
		if l.Code == p.window.Settings.Language() {
			at = i + 1
		}
	}
	later := widget.Muted("")
	choice := widget.NewSelect(names, func(at int) {
		code := ""
		if at > 0 {
			code = shell.Languages[at-1].Code
		}
		p.window.Settings.SetLanguage(code)
		later.SetText(lang.L("Takes effect the next time Seedbed starts."))
	})
	choice.SetOptions(names, at)
	return widget.WithHeader(4, container.NewHBox(choice), later)
}

// aboutCard says which build this is and where its log is.
func (p *page) aboutCard() fyne.CanvasObject {
	return widget.VBox(10, widget.Heading(lang.L("About Seedbed")),
		widget.Body(lang.L("Version {{.Version}}, free software under the MIT licence.", map[string]any{"Version": assets.Version()})),
		widget.Muted(lang.L("If something goes wrong, the full log is in this folder. Keys and messages are never written there.")),
		container.NewBorder(nil, nil, nil, widget.NewButton(lang.L("Open folder"), func() { p.window.OpenFolder(report.Folder()) }), widget.MutedLine(report.Folder())))
}
