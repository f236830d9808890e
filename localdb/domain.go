package localdb

import (
	"context"
	"strings"
	"unicode/utf8"

	"seedbed/assets/i18n"
)

// Domain is what the messages of a dataset are about, and how language models are asked for
// them.
type Domain struct {
	// About is the assistant that the messages are typed to, in a sentence: "a support bot
	// of a bicycle shop in Ghent; customers write from their phones". "" if nobody said.
	About string
	// Instructions are a person's own rules for a language model, one a line. They are added
	// to those of the prompt.
	Instructions string
	// Template is the person's own template of the prompt that asks for messages; "" for the
	// shipped one. Package gen checks it.
	Template string
}

// How long the texts of a domain may be, in characters.
const (
	LongestAbout        = 500
	LongestInstructions = 4000
	LongestTemplate     = 20_000
)

// The settings that keep a domain.
const (
	aboutSetting        = "about"
	instructionsSetting = "prompt_instructions"
	templateSetting     = "prompt_template"
)

// Domain returns what the dataset's messages are about.
func (d *Dataset) Domain(ctx context.Context) (domain Domain, err error) {
	for key, into := range map[string]*string{
		aboutSetting: &domain.About, instructionsSetting: &domain.Instructions, templateSetting: &domain.Template,
	} {
		if *into, err = d.Setting(ctx, key); err != nil {
			return Domain{}, err
		}
	}
	return domain, nil
}

// SetDomain stores what the dataset's messages are about, which undo leaves alone.
func (d *Dataset) SetDomain(ctx context.Context, domain Domain) error {
	domain, err := domain.Tidy()
	if err != nil {
		return err
	}
	return d.write(ctx, notUndoable, func(tx *writeTx) error {
		for key, value := range map[string]string{
			aboutSetting: domain.About, instructionsSetting: domain.Instructions, templateSetting: domain.Template,
		} {
			if err := tx.setSetting(key, value); err != nil {
				return err
			}
		}
		return nil
	})
}

// Tidy is the domain as it is stored: the sentence on one line, and no white space around
// the texts. It fails where one of them is too long.
func (domain Domain) Tidy() (Domain, error) {
	domain.About = strings.Join(strings.Fields(domain.About), " ")
	domain.Instructions = strings.TrimSpace(domain.Instructions)
	if strings.TrimSpace(domain.Template) == "" {
		domain.Template = ""
	}
	for _, text := range []struct {
		is      string
		longest int
		what    i18n.Text
	}{
		{domain.About, LongestAbout, tooLongAbout},
		{domain.Instructions, LongestInstructions, tooLongInstructions},
		{domain.Template, LongestTemplate, tooLongTemplate},
	} {
		if n := utf8.RuneCountInString(text.is); n > text.longest {
			tooLong := text.what.With(i18n.Values{"N": n, "Longest": text.longest})
			return Domain{}, &tooLong
		}
	}
	return domain, nil
}

var (
	tooLongAbout        = i18n.T("the sentence about the assistant has {{.N}} characters, of which {{.Longest}} are allowed; nothing was changed: shorten it")
	tooLongInstructions = i18n.T("the instructions have {{.N}} characters, of which {{.Longest}} are allowed; nothing was changed: shorten them")
	tooLongTemplate     = i18n.T("the prompt's template has {{.N}} characters, of which {{.Longest}} are allowed; nothing was changed: shorten it")
)
