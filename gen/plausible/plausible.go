// Package plausible tells what a language model writes when it doesn't work well, such as
// random letters, from messages that people could have typed. Real messages are odd: most of
// what speaks against a text counts only where most texts of an answer have such a sign, and
// not at all where the category's own examples have it, too.
package plausible

import (
	"cmp"
	"slices"
)

// The signs by which a text is no message, in words for a person.
const (
	Gibberish     = "random letters"
	OtherLanguage = "another language"
	Assistant     = "an assistant's answer"
	Markup        = "code or markup"
	Encoded       = "encoded data"
	NoWords       = "no words"
	Repetitive    = "repeats itself"
	Mojibake      = "broken characters"
	Stub          = "a stub instead of a message"
)

// Judge looks at the answers to the requests of one run.
type Judge struct {
	language string // a code such as "en"
	recent   []bool // whether the last texts had a sign, the newest last
}

// NewJudge returns a judge of messages in a language, by its code.
func NewJudge(language string) *Judge { return &Judge{language: baseOf(language)} }

// Verdict is what an answer looks like.
type Verdict struct {
	Signs   []string // of each text; "" where nothing speaks against keeping it
	Rubbish bool     // most texts have a sign
	Most    string   // the commonest sign; "" for none
	Example string   // a text that has it
	Is      string   // the code of the language of the texts, where that is the sign
}

const (
	// fewest is how many texts it takes to judge by their signs together. Those before them count
	// where an answer has fewer.
	fewest = 4
	// usual is which share of the examples must have a sign for it to be none.
	usual = 0.2
)

// Look judges the texts of an answer. Known are the reasons for which some of them are discarded
// already, as long as those speak against the answer ("" for the others), and examples are
// messages of the category that are good for certain.
func (j *Judge) Look(texts, known, examples []string) Verdict {
	v := Verdict{Signs: make([]string, len(texts))}
	certain, normal := make([]bool, len(texts)), j.usualIn(examples)
	for i, s := range j.signs(texts) {
		switch {
		case known[i] != "":
			v.Signs[i], certain[i] = known[i], true
		case !slices.Contains(normal, s.name):
			v.Signs[i], certain[i] = s.name, s.certain
		}
	}
	signed := 0
	for _, s := range v.Signs {
		if s != "" {
			signed++
		}
	}
	v.Rubbish = j.mostly(signed, len(texts))
	v.Most, v.Example = commonest(v.Signs, texts)
	if v.Most == OtherLanguage {
		v.Is = j.languageOf(texts)
	}
	for i := range v.Signs {
		j.recent = append(j.recent, v.Signs[i] != "")
		if !v.Rubbish && !certain[i] {
			v.Signs[i] = "" // odd, but one among good ones
		}
	}
	j.recent = j.recent[max(0, len(j.recent)-fewest):]
	return v
}

// mostly reports whether more than half of an answer's texts have a sign.
func (j *Judge) mostly(signed, all int) bool {
	for i := len(j.recent) - 1; i >= 0 && all < fewest; i-- {
		if all++; j.recent[i] {
			signed++
		}
	}
	return all >= fewest && 2*signed > all
}

// signs finds the sign of each text, by itself or beside the others.
func (j *Judge) signs(texts []string) []sign {
	list, compared := make([]sign, len(texts)), make([]evidence, len(texts))
	for i, text := range texts {
		compared[i] = compare(text)
	}
	templates, joint := repeated(texts), j.joint(compared)
	for i, text := range texts {
		list[i] = j.signOf(text, compared[i])
		switch {
		case list[i].name != "":
		case templates[i]:
			list[i].name = Repetitive
		default:
			list[i].name = joint(compared[i])
		}
	}
	return list
}

// usualIn are the signs that a fair share of good messages have.
func (j *Judge) usualIn(examples []string) []string {
	count := map[string]int{}
	for _, s := range j.signs(examples) {
		count[s.name]++
	}
	delete(count, "")
	var names []string
	for name, n := range count {
		if float64(n) >= usual*float64(len(examples)) {
			names = append(names, name)
		}
	}
	return names
}

// commonest is the sign that most texts have, and the first of them.
func commonest(signs, texts []string) (most, example string) {
	count := map[string]int{}
	for _, s := range signs {
		if s != "" {
			count[s]++
		}
	}
	names := make([]string, 0, len(count))
	for name := range count {
		names = append(names, name)
	}
	if len(names) == 0 {
		return "", ""
	}
	most = slices.MinFunc(names, func(a, b string) int { return cmp.Or(count[b]-count[a], cmp.Compare(a, b)) })
	return most, texts[slices.Index(signs, most)]
}

// languageOf is the language of texts that are not in the one that was asked for.
func (j *Judge) languageOf(texts []string) string {
	compared := make([]evidence, len(texts))
	for i, text := range texts {
		compared[i] = compare(text)
	}
	return j.other(together(compared))
}
