package llm

import (
	"math"
	"regexp"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/tiktoken-go/tokenizer/codec"
)

// o200k is the tokenizer of OpenAI's models since gpt-4o. Its vocabulary takes 50 ms to
// build, so it is built where it is needed first.
var o200k = sync.OnceValue(codec.NewO200kBase)

var o200kModels = regexp.MustCompile(`(?i)(^|[/.])(gpt-(4o|4\.[15]|[5-9]|oss)|chatgpt-4o|o[134](-|$))`)

// scripts are how many characters make a token, by script. They were measured on the same
// support request in eleven languages with cl100k_base, which Llama 3's vocabulary is an
// extension of and newer ones do better than: an estimate by it is rather too high.
var scripts = []struct {
	table *unicode.RangeTable
	chars float64
}{
	{unicode.Latin, 4},
	{unicode.Cyrillic, 2.2},
	{unicode.Han, 0.9},
	{unicode.Hiragana, 1},
	{unicode.Katakana, 1},
	{unicode.Hangul, 1},
	{unicode.Arabic, 1.3},
	{unicode.Greek, 1.2},
	{unicode.Hebrew, 1.1},
	{unicode.Thai, 1.1},
	{unicode.Devanagari, 1},
}

// otherScripts is for letters of scripts that were not measured.
const otherScripts = 1

// tokensIn is about how many tokens a model reads a text as: exact for models whose
// tokenizer is known.
func tokensIn(model, text string) int {
	if o200kModels.MatchString(model) {
		if n, err := o200k().Count(text); err == nil {
			return n
		}
	}
	return tokensByScript(text)
}

func tokensByScript(text string) int {
	tokens := 0.
	for _, r := range text {
		tokens += 1 / charsPerToken(r)
	}
	return int(math.Ceil(tokens))
}

func charsPerToken(r rune) float64 {
	if r < utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsMark(r) {
		return scripts[0].chars
	}
	for _, s := range scripts {
		if unicode.Is(s.table, r) {
			return s.chars
		}
	}
	return otherScripts
}
