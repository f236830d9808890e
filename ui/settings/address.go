package settings

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"seedbed/assets/credential"
	"seedbed/gen/openai"
	"seedbed/ui/shell"
	"seedbed/ui/theme"
)

// addressChanged keeps an address that can be used, never with a key in it. A key that was pasted with it
// moves into its own field; while one is typed, nothing moves.
func (p *page) addressChanged(text string) {
	pasted := shell.CharactersAdded(p.typed, text) > 1
	p.typed = text
	bare, _ := credential.Cut(text)
	// What can't be used is not kept: in https://user:key, the @ may be still to come.
	if usable := openai.New(openai.Config{BaseURL: bare}).Problem() == nil; usable && (bare != "" || text == "") {
		p.window.Settings.SetBaseURL(strings.TrimSpace(bare))
		p.model.SetOptions(nil)
		p.keyState.Load()
		p.showPrices()
	}
	if pasted {
		p.takeKey()
	}
	p.sayAddress()
}

// takeKey moves a key out of the address into its own field.
func (p *page) takeKey() {
	bare, key := credential.Cut(p.address.Text)
	if key == "" {
		return
	}
	p.key.SetText(key)
	p.typed = bare
	p.address.SetText(bare)
	p.keyText.SetText(lang.L("The key was taken out of the address. “Save key” stores it in the system's keychain."))
}

// sayAddress says what is wrong with the address, or that a key would go there unencrypted.
func (p *page) sayAddress() {
	client := openai.New(openai.Config{BaseURL: p.address.Text, Key: openai.NewSecret("some key")})
	var said string
	if err := client.Problem(); err != nil {
		said = shell.Explain(err)
	} else {
		said = shell.Translate(client.Unencrypted().Parts())
	}
	p.testResult.SetText(said)
	p.testResult.SetColor(theme.ColorNameNoticeText)
}
