package generate

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"seedbed/gen"
	"seedbed/gen/prompt"
	"seedbed/localdb"
	"seedbed/ui/widget"
)

// newAbout returns the field for the sentence about the assistant.
func (p *page) newAbout() *widget.Field {
	about := widget.NewField("")
	about.SetPlaceHolder(lang.L("For example: a support bot of a bicycle shop in Ghent; customers write from their phones"))
	about.OnLeave, about.OnSubmitted = p.leave, func(string) { p.leave() }
	return about
}

// showDomain shows the sentence about the assistant, unless a person is changing it.
func (p *page) showDomain(domain localdb.Domain) {
	changed := p.about.Text != p.domain.About
	if p.domain = domain; !changed && p.about.Text != domain.About {
		p.about.SetText(domain.About)
	}
}

// leave keeps what was typed.
func (p *page) leave() {
	if p.about != nil {
		p.keepAbout(func() {})
	}
}

// keepAbout stores the sentence about the assistant where it was changed, and then does
// what rests on it.
func (p *page) keepAbout(then func()) {
	typed := p.about.Text
	if typed == p.domain.About {
		then()
		return
	}
	p.changeDomain(func(domain *localdb.Domain) { domain.About = typed }, func() {
		if p.about.Text == typed {
			p.about.SetText(p.domain.About)
		}
		then()
	})
}

// keepDomain checks a change of the domain and stores it. What is wrong with it is shown
// by refused, and kept is called once it is stored.
func (p *page) keepDomain(change func(*localdb.Domain), refused func(error), kept func()) {
	changed := p.domain
	change(&changed)
	p.window.Jobs.RunDetached(func(context.Context) error {
		if _, err := changed.Tidy(); err != nil {
			return err
		}
		return prompt.Check(changed.Template)
	}, func(err error) {
		if err != nil {
			refused(err)
			return
		}
		p.changeDomain(change, kept)
	})
}

// changeDomain stores a change of the domain as the dataset has it by then, and calls kept
// where that succeeded.
func (p *page) changeDomain(change func(*localdb.Domain), kept func()) {
	data, code := p.window.Dataset(), p.languageCode()
	if data == nil || data != p.data {
		return // the field was left because the dataset closed, which has kept it
	}
	var domain localdb.Domain
	p.window.Change(lang.L("Saving what the messages are about"), lang.L("What the messages are about could not be saved"), func(ctx context.Context, _ localdb.Report) (err error) {
		if domain, err = data.Domain(ctx); err != nil {
			return err
		}
		change(&domain)
		if err := gen.SaveDomain(ctx, data, code, domain); err != nil {
			return err
		}
		domain, err = data.Domain(ctx)
		return err
	}, func(err error) {
		if err != nil {
			return
		}
		p.domain = domain
		p.estimates.Load()
		kept()
	})
}
