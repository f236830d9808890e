package knowledge

import (
	"strings"

	"fyne.io/fyne/v2/lang"

	"seedbed/kbsource"
	"seedbed/ui/shell"
)

// addressChanged moves the password out of an address that was pasted. While one is
// typed, nothing is moved: in p@ss the password isn't over at the @.
func (p *page) addressChanged(address string) {
	pasted := shell.CharactersAdded(p.typed, address) > 1
	p.typed = address
	if pasted {
		p.takePassword()
	}
}

// takePassword moves the password out of the address into its own field. An address that
// can't be understood stays as it is.
func (p *page) takePassword() {
	bare, password := kbsource.WithoutPassword(p.address.Text)
	if password != "" {
		p.password.SetText(password)
	}
	if bare != "" && bare != strings.TrimSpace(p.address.Text) {
		p.typed = bare
		p.address.SetText(bare)
	}
}

// addressLeft moves the password out, or says what is wrong with the address.
func (p *page) addressLeft() {
	p.takePassword()
	if strings.TrimSpace(p.address.Text) == "" {
		return
	}
	if err := kbsource.CheckAddress(p.address.Text); err != nil {
		p.setStatus(shell.Explain(err))
	}
}

// hasAddress tells whether there is an address to use, and else what is wrong.
func (p *page) hasAddress() bool {
	err := kbsource.CheckAddress(p.address.Text)
	switch {
	case strings.TrimSpace(p.address.Text) == "":
		p.setStatus(lang.L("Enter the database's address first, such as postgres://user@host:5432/database."))
	case err != nil:
		p.setStatus(shell.Explain(err))
	default:
		return true
	}
	p.window.Canvas().Focus(p.address)
	return false
}
