package openai

import (
	"regexp"
	"strconv"
	"strings"
)

// said is what one sentence of an error tells: the numbers that its groups named context,
// answer and prompt hold, and those named beyond, one more than the answer's limit.
type said struct {
	words *regexp.Regexp
	about string // a word that must be somewhere in the error; "" none
}

// sentences are how endpoints word their limits, lower-cased, the surest first. The first that
// tells a number is believed.
var sentences = []said{
	{words: regexp.MustCompile(`(?P<prompt>\d+) \+ \d+ > (?P<context>\d+)`)},                                                                // Anthropic
	{words: regexp.MustCompile(`prompt is too long: (?P<prompt>\d+) tokens > (?P<context>\d+)`)},                                            // Anthropic
	{words: regexp.MustCompile(`max_tokens: \d+ > (?P<answer>\d+)`)},                                                                        // Anthropic
	{words: regexp.MustCompile(`input token count \(?(?P<prompt>\d+)\)? exceeds the maximum number of tokens allowed \(?(?P<context>\d+)`)}, // Gemini
	{words: regexp.MustCompile(`range is from \d+ \(inclusive\) to (?P<beyond>\d+) \(exclusive\)`), about: "token"},                         // Gemini
	{words: regexp.MustCompile(`(?:tokens|inputs)\W{0,3} \+ \W?max_new_tokens\W? must be <= (?P<context>\d+)`)},                             // TGI, Together
	{words: regexp.MustCompile(`too large for model with (?P<context>\d+) maximum context length`)},                                         // Mistral
	{words: regexp.MustCompile(`maximum prompt length is (?P<context>\d+) but the request contains (?P<prompt>\d+)`)},                       // xAI
	{words: regexp.MustCompile(`n_ctx\W+(?P<context>\d+)`)},                                                                                 // llama.cpp
	{words: regexp.MustCompile(`(?:prompt|input)(?:[ _]tokens)? (?:and|\+|plus) \W?max_\w*tokens\D{0,60}(?P<context>\d+)`)},
	{words: regexp.MustCompile(`context (?:length|window|size|limit)(?: is| of| for this model is|:)?(?: only)?[ (]+(?P<context>\d+)`)},
	{words: regexp.MustCompile(`limit (?P<context>\d+), requested \d+`), about: "too large"}, // OpenAI's and Groq's tokens a minute
	{words: regexp.MustCompile(`can only afford (?P<answer>\d+)`)},                           // OpenRouter
	{words: regexp.MustCompile(`at most (?P<answer>\d+) (?:completion|output) tokens`)},
	{words: regexp.MustCompile(`max_(?:completion_)?tokens > (?P<answer>\d+) must have`)},                                                                                                             // Fireworks
	{words: regexp.MustCompile(`range (?:of|for) \W?max_\w+\W?\D{0,20}\[\d+, ?(?P<answer>\d+)\]`)},                                                                                                    // DashScope, DeepSeek
	{words: regexp.MustCompile(`max[_ ](?:completion_|output_|new_)?tokens\b\D{0,60}?(?:<=|less than or equal to|at most|exceed|maximum (?:value )?(?:of|is)|no more than|up to)\W*(?P<answer>\d+)`)}, // Groq, Cohere
	{words: regexp.MustCompile(`(?:expected (?:a value|number to be) <=|less than or equal to|maximum value (?:is|of))\W*(?P<answer>\d+)`), about: "max_"},                                            // Volcengine, OpenRouter, pydantic
	{words: regexp.MustCompile(`(?P<prompt>\d+) (?:tokens )?(?:in the (?:messages|prompt)|from the input messages|of text input|.?inputs.? tokens)`)},                                                 // OpenAI, SGLang, OpenRouter, TGI
	{words: regexp.MustCompile(`(?:request has|messages resulted in|prompt contains|you passed|n_prompt_tokens\W+|requested tokens \(|request \()\W*(?P<prompt>\d+)`)},                                // vLLM, OpenAI, Mistral, llama.cpp
}

// anyLanguage are the least sure sentences: they are looked for in the message alone, where no
// other one tells a number.
var anyLanguage = []said{
	{words: regexp.MustCompile(`(?:kontext|contexte|contexto|contesto|контекст|コンテキスト|컨텍스트|上下文)\D{0,40}(?P<context>\d+)`)},
	{words: regexp.MustCompile(`max_\w*tokens\D{1,60}\d+(?: and | to | und | bis | et | y | e | до |, ?|\.{2,3}| ?[-–~] ?)(?P<answer>\d+)\D*$`)},
	{words: regexp.MustCompile(`max_\w*tokens\D{1,60}(?P<answer>\d+)\D*$`)},
}

// thousands are numbers such as 1,048,576.
var thousands = regexp.MustCompile(`\b\d{1,3}(?:,\d{3})+\b`)

// limitsIn reads the limits that an error tells, from the whole of it or from its message.
func limitsIn(everything, message string) Limits {
	if found := limitsBy(sentences, everything); found != (Limits{}) {
		return found
	}
	return limitsBy(anyLanguage, message)
}

func limitsBy(sentences []said, text string) Limits {
	text = thousands.ReplaceAllStringFunc(strings.ToLower(text), func(n string) string { return strings.ReplaceAll(n, ",", "") })
	var found Limits
	for _, s := range sentences {
		if s.about != "" && !strings.Contains(text, s.about) {
			continue
		}
		match := s.words.FindStringSubmatch(text)
		if match == nil {
			continue
		}
		for i, name := range s.words.SubexpNames() {
			n, err := strconv.Atoi(match[i])
			if name == "" || err != nil || n <= 0 {
				continue
			}
			found.note(name, n)
		}
	}
	return found
}

// note takes over a number by the name of its group, unless there was a surer one.
func (l *Limits) note(name string, n int) {
	switch name {
	case "context":
		l.Context = first(l.Context, n)
	case "answer", "beyond":
		if name == "beyond" {
			n--
		}
		if l.Context == 0 { // or the answer is only what is left of that
			l.Answer = first(l.Answer, n)
		}
	case "prompt":
		l.Prompt = first(l.Prompt, n)
	}
}

// first keeps what was found first.
func first(found, n int) int {
	if found > 0 {
		return found
	}
	return n
}
