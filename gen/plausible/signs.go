package plausible

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// sign is what speaks against a text.
type sign struct {
	name    string // "" for nothing
	certain bool   // no person types that, even once
}

// signOf looks at one text by itself.
func (j *Judge) signOf(text string, e evidence) sign {
	for _, s := range certainSigns() {
		if s.pattern.MatchString(text) {
			return sign{s.name, true}
		}
	}
	if len(mojibake.FindAllString(text, 2)) == 2 {
		return sign{name: Mojibake}
	}
	if repetition := loops(text); repetition.name != "" {
		return repetition
	}
	for _, s := range signs() {
		if s.pattern.MatchString(text) {
			return sign{name: s.name}
		}
	}
	switch {
	case encodedData(text):
		return sign{name: Encoded}
	case wordless(text):
		return sign{name: NoWords}
	}
	if like := j.likeness(e); e.units >= enoughUnitsOne && like < likeNothingOne {
		return sign{Gibberish, like < certainlyNone && e.units >= enoughCertain}
	}
	return sign{}
}

// namedPattern is a sign that is told by the form of a text. Patterns are compiled when they
// are first needed: few starts of the program need them.
type namedPattern struct {
	name    string
	pattern *regexp.Regexp
}

var certainSigns = sync.OnceValue(func() []namedPattern {
	return []namedPattern{
		{Assistant, regexp.MustCompile(`(?i)\bas an? (ai|artificial intelligence)( language)? (model|assistant)\b|\bals (ki|künstliche intelligenz)[- ](sprach)?(modell|assistent)\b|\ben tant qu['’](ia|assistant ia|intelligence artificielle|modèle de langage)\b|\bcomo (una? )?(modelo de lenguaje|(inteligencia artificial|ia)\b,)`)},
		{Assistant, regexp.MustCompile(`(?i)^\W*((natürlich|gerne|selbstverständlich|klar)[!,.]* hier (sind|ist|kommen)|(bien sûr|certainement|avec plaisir)[\s!,.]*voici|(claro|por supuesto)[\s!,.]*aquí (tienes|tiene|están|van))\b`)},
		{Stub, regexp.MustCompile(`(?i)^\W*(user |sample |example |test |dummy )?(message|msg|utterance|nachricht|mensaje|user message)\s*(#|no\.?|nº|nr\.?|number|nummer)?\s*\d+\W*$`)},
		{Markup, regexp.MustCompile(`<\|?(im_start|im_end|endoftext|eot_id|begin_of_text|start_header_id|assistant|system)\|?>|\[/?INST\]|^\s*</?s>|</?think(ing)?>|^\s*"?messages"?\s*:\s*\[`)},
	}
})

var signs = sync.OnceValue(func() []namedPattern {
	return []namedPattern{
		{Stub, regexp.MustCompile(`(?i)^\W*((user|sample|example|test|dummy) )*(message|example|text|question|query|sentence|item|input|prompt|answer|option|beispiel|frage|text|satz|antwort|exemple|question|phrase|réponse|ejemplo|pregunta|frase|respuesta)\s*(#|no\.?|nº|nr\.?|number)?\s*(\d+|[a-z])\W*$`)},
		{Stub, regexp.MustCompile(`(?i)^\W*(string|text|message|messages|null|none|undefined|todo|tbd|placeholder|content|example|nan)\W*$|^(\.{2,}|…+|-+|_+|x{3,})$`)},
		{Assistant, regexp.MustCompile(`(?i)\b(how (can|may) i (assist|help) you|is there anything else (i can|you)|i hope (this|that) helps|feel free to (ask|reach out|contact)|(please )?let me know if you (have|need) (any|more|further|anything)|i['’]?m here to (help|assist)|i['’]d be happy to (help|assist)|i (can|will) help you with (that|this)|i understand (that )?(you|your)|(would|could) you (please )?provide (me with )?(more|your|some|the))\b`)},
		{Assistant, regexp.MustCompile(`(?i)^\W*(sure|certainly|of course|absolutely|great question|no problem)[!,.:]+ (here|i can|i['’]?d|i['’]?ll|let me|you can|to |please|we )|^\W*(thank you|thanks) for (reaching out|contacting|your (message|question|inquiry|interest|patience))\b|^\W*i['’]?m (so |very )?sorry to hear\b|^\W*to \w+ your [\w ]{2,30}, (please )?(follow|go|click|visit|log|open|you)\b`)},
		{Assistant, regexp.MustCompile(`(?i)\b(wie kann ich (ihnen|dir) (heute )?(weiter)?(helfen|behilflich)|kann ich sonst noch etwas|ich hoffe,? das hilft|zögern sie nicht|comment puis-je vous aider|n['’]hésitez pas à|j['’]espère que cela|en qué puedo ayudar|no dudes? en|espero que esto)`)},
		{Assistant, regexp.MustCompile(`(?i)^\W*((natürlich|gerne|selbstverständlich|klar)[!,.] (ich|sie|um|bitte|wir)|vielen dank für (ihre|deine) (anfrage|nachricht|frage)|es tut mir leid(,)? (das )?zu hören|(bien sûr|certainement|avec plaisir)\s?[!,.] (je|vous|pour|nous)|merci (de nous avoir|pour votre (message|demande|question))|je suis désolée? d['’]apprendre|(claro|por supuesto|con gusto)[!,.] (puedo|te|le|para|vamos)|gracias por (contactar|comunicar|su (consulta|mensaje)|tu (consulta|mensaje))|lamento (escuchar|saber))`)},
		{Markup, regexp.MustCompile(`(?i)</?(html|head|body|div|span|p|br|a|ul|ol|li|b|i|h[1-6]|table|tr|td|script|style|img|strong|em|code|pre)(\s[^<>]*)?/?>|^\s*<[a-z_]+>.*</[a-z_]+>\s*$|&(nbsp|lt|gt|amp|quot);`)},
		{Markup, regexp.MustCompile("^\\s*#{1,6} \\S|```|\\*\\*[^*]+\\*\\*|^\\s*\\|.*\\|\\s*$|^\\s*[-*+] \\[[ x]\\]|!?\\[[^\\]]+\\]\\((https?:|/|#)")},
		{Markup, regexp.MustCompile(`^\s*[\[{]\s*["'{\[]|["'}\]]\s*[}\]],?\s*$|^\s*"[\w -]+"\s*:|^\s*[}\]],?\s*$|^\s*<\?(xml|php)`)},
		{Markup, regexp.MustCompile(`^\s*(def \w+\(|class \w+\s*[:{(]|import [\w.{]+(;| from)?|from [\w.]+ import |#include\b|public (static |class )|function \w*\(|(const|let|var) \w+\s*=|return [^ ]*[;(]|print(ln|f)?\(|console\.log\(|SELECT .+ FROM |INSERT INTO |if \(.+\)\s*\{|for \(.*;)|[;{]\s*$`)},
	}
})

// mojibake is UTF-8 that was read as Windows-1252, and characters that could not be read or are
// none of a text's.
var mojibake = regexp.MustCompile("[ÃÂÐÑØÙ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸ¡-¿]|â€|ã[€‚ƒ]|ï¼|\ufffd|[\x00-\x08\x0e-\x1f\x7f]")

var (
	uuid   = regexp.MustCompile(`(?i)^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$`)
	hex    = regexp.MustCompile(`(?i)^(0x)?([0-9a-f]{2}[: ]?){8,}$`)
	base64 = regexp.MustCompile(`^[A-Za-z0-9+/_-]{16,}={0,2}$`)
	upper  = regexp.MustCompile(`[A-Z]`)
	lower  = regexp.MustCompile(`[a-z]`)
	digit  = regexp.MustCompile(`[0-9]`)
)

// encodedData reports whether most of a text is base64, hexadecimal or an identifier.
func encodedData(text string) bool {
	encoded, all := 0, 0
	for _, word := range strings.Fields(text) {
		all += len(word)
		word = strings.Trim(word, `.,;:"'()`)
		mixed := upper.MatchString(word) && lower.MatchString(word) && (digit.MatchString(word) || strings.HasSuffix(word, "="))
		if uuid.MatchString(word) || hex.MatchString(word) && digit.MatchString(word) || base64.MatchString(word) && mixed {
			encoded += len(word)
		}
	}
	return encoded > 0 && 3*encoded >= 2*all
}

// wordless reports whether a text is nothing but numbers and marks, or a single letter of an
// alphabet. An emoji says something.
func wordless(text string) bool {
	letters := 0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.So, r), unicode.IsLetter(r) && !unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek):
			return false
		case unicode.IsLetter(r):
			letters++
		}
	}
	return letters < 2 && !strings.HasSuffix(text, "?") && strings.TrimSpace(text) != ""
}

const (
	// A text of so many characters whose runs of four are hardly ever new goes round in circles.
	longLoop = 80
	fewNew   = 0.2
	// One word makes up so much of so many words.
	manyWords = 6
	sameWord  = 0.6
)

// loops finds texts that say the same again and again.
func loops(text string) sign {
	runes := []rune(strings.ToLower(text))
	if len(runes) >= longLoop {
		seen := map[string]bool{}
		for i := range len(runes) - 3 {
			seen[string(runes[i:i+4])] = true
		}
		if float64(len(seen)) < fewNew*float64(len(runes)-3) {
			return sign{Repetitive, true}
		}
	}
	count, most := map[string]int{}, 0
	words := strings.Fields(string(runes))
	for _, word := range words {
		word = strings.TrimFunc(word, unicode.IsPunct)
		count[word]++
		most = max(most, count[word])
	}
	if len(words) >= manyWords && float64(most) >= sameWord*float64(len(words)) {
		return sign{name: Repetitive}
	}
	return sign{}
}

// repeated reports which texts are the same as an earlier one but for numbers and marks. Those
// without any words are not compared.
func repeated(texts []string) []bool {
	list, seen := make([]bool, len(texts)), map[string]bool{}
	for i, text := range texts {
		var template strings.Builder
		for _, word := range words(text) {
			template.WriteString(" " + string(word))
		}
		if utf8.RuneCountInString(template.String()) > 4 {
			list[i] = seen[template.String()]
			seen[template.String()] = true
		}
	}
	return list
}
