package gen

import (
	"errors"
	"slices"
	"unicode/utf8"

	"seedbed/assets/i18n"
	"seedbed/assets/visible"
	"seedbed/gen/plausible"
	"seedbed/gen/scheduler"
)

// answers judges what a language model writes, answer by answer. The zero value finds nothing to
// object to.
type answers struct {
	judge                  *plausible.Judge
	judged, rubbish, inRow int               // in this session
	last                   plausible.Verdict // of the last that was rubbish
}

// A run stops once most answers were rubbish, at the earliest after so many in a row or so many
// in all.
const (
	rubbishInRow = 3
	judgedEnough = 6
	examplesRead = 60 // of a category, to know what is usual in it
)

// ErrRubbish means that a language model writes anything but messages.
var ErrRubbish = errors.New("the answers are no messages")

// look returns why the texts of an answer should be discarded, "" for those that need not.
// Reasons are what the filter has found already.
func (a *answers) look(b Batch, texts, reasons []string) []string {
	if a.judge == nil || len(texts) == 0 {
		return make([]string, len(texts))
	}
	known := make([]string, len(texts))
	for i, reason := range reasons {
		if _, ok := rubbishNames[reason]; ok {
			known[i] = reason
		}
	}
	examples := slices.Concat(b.Category.Examples, b.Accepted)
	v := a.judge.Look(texts, known, inLanguage(examples[:min(len(examples), examplesRead)], b.Language))
	a.judged++
	if a.inRow++; !v.Rubbish {
		a.inRow = 0
		return v.Signs
	}
	a.rubbish++
	a.last = v
	return v.Signs
}

// hopeless reports whether asking the model again would be a waste.
func (a *answers) hopeless() bool {
	return 2*a.rubbish > a.judged && (a.inRow >= rubbishInRow || a.judged >= judgedEnough)
}

// rubbishNames say what a model writes instead of messages, by the reason for discarding it.
var rubbishNames = map[string]i18n.Text{
	plausible.Gibberish:  i18n.T("random letters"),
	plausible.Assistant:  i18n.T("answers of an assistant instead of messages to it"),
	plausible.Markup:     i18n.T("code or markup"),
	plausible.Encoded:    i18n.T("encoded data"),
	plausible.NoWords:    i18n.T("numbers and marks without words"),
	plausible.Repetitive: i18n.T("the same again and again"),
	plausible.Mojibake:   i18n.T("broken characters"),
	plausible.Stub:       i18n.T("stubs instead of messages"),
	Empty:                i18n.T("empty texts"),
	TooLong:              i18n.T("long texts instead of messages"),
	Echo:                 i18n.T("repetitions of the prompt"),
	Refusal:              i18n.T("refusals"),
	Placeholder:          i18n.T("placeholders"),
}

// rubbish is why a run stops whose model writes anything but messages.
func (r *Run) rubbish() scheduler.Stop {
	v := r.filter.answers.last
	values := i18n.Values{"Model": r.info.Model, "Example": quoted(v.Example), "What": rubbishNames[v.Most], "Is": nativeName(v.Is), "Asked": nativeName(r.plan.Language)}
	if v.Most == plausible.OtherLanguage {
		return scheduler.Stop{
			State: scheduler.Partial, Cause: ErrRubbish,
			Why:  i18n.T("{{.Model}} writes in {{.Is}}, though {{.Asked}} was asked for, such as “{{.Example}}”. These messages were discarded.", values),
			Next: i18n.T("Choose a model that knows the language and resume to make the rest, or start a new run in {{.Is}}.", values),
		}
	}
	return scheduler.Stop{
		State: scheduler.Partial, Cause: ErrRubbish,
		Why:  i18n.T("What {{.Model}} writes can't be used as messages. It is mostly {{.What}}, such as “{{.Example}}”, and was discarded.", values),
		Next: i18n.T("Choose another model, or lower the temperature where the endpoint sets it, and resume to make the rest.", values),
	}
}

// quoted is the beginning of a text, with signs for what can't be seen.
func quoted(text string) string {
	const most = 60
	if utf8.RuneCountInString(text) > most {
		text = string([]rune(text)[:most]) + "…"
	}
	return visible.Line(text)
}
