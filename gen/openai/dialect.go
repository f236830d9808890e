package openai

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"

	goopenai "github.com/sashabaranov/go-openai"

	"seedbed/assets/i18n"
)

// omission is a set of what an endpoint has refused for the model.
type omission uint8

const (
	noTemperature omission = 1 << iota
	noSeed
	noEffort        // reasoning_effort
	noThinkingFlag  // chat_template_kwargs
	otherTokenLimit // max_tokens where max_completion_tokens is usual for the model, or the other way round
	noTokenLimit    // neither
	noSystem        // the system message; its text stands in the user's then
	noWhole         // an answer in one piece: it is a stream then
)

// dialect is how a request is put to an endpoint. The zero value is the best
// that a good one understands; each refusal takes something away, so that
// learning ends.
type dialect struct {
	format Format
	omit   omission
	effort string // reasoning_effort instead of the one that suits the model's name; "" that one
}

// join is what two dialects both avoid.
func (d dialect) join(o dialect) dialect {
	return dialect{format: max(d.format, o.format), omit: d.omit | o.omit, effort: cmp.Or(o.effort, d.effort)}
}

// manner is which parameters a model takes, by its name. The rules follow go-openai's own
// validator, which refuses requests before they are sent.
type manner struct {
	effort          string // reasoning_effort that thinks least; "" sends none
	noTemperature   bool
	completionLimit bool // max_completion_tokens instead of max_tokens
	thinkingFlag    bool // open models: chat_template_kwargs.enable_thinking = false
}

var plainGPT5 = regexp.MustCompile(`^gpt-5(-mini|-nano)?(-\d{4}-.*)?$`)

func mannerOf(model string) manner {
	name := strings.ToLower(model[strings.LastIndexByte(model, '/')+1:]) // OpenRouter's "openai/gpt-5"
	has := func(prefixes ...string) bool { return hasAnyPrefix(name, prefixes...) }
	switch {
	case has(goopenai.GPT6Astra, goopenai.GPT6Dot1Sol): // can't stop thinking
		return manner{effort: goopenai.ReasoningEffortLow, noTemperature: true, completionLimit: true}
	case has("gpt-6"): // takes a temperature when it doesn't think
		return manner{effort: goopenai.ReasoningEffortNone, completionLimit: true}
	case has("gpt-5") && (strings.Contains(name, "chat") || strings.Contains(name, "pro")): // one effort only
		return manner{noTemperature: true, completionLimit: true}
	case has("gpt-5") && strings.Contains(name, "codex"), has("o3", "o4"), name == "o1", has("o1-20"):
		return manner{effort: goopenai.ReasoningEffortLow, noTemperature: true, completionLimit: true}
	case plainGPT5.MatchString(name):
		return manner{effort: goopenai.ReasoningEffortMinimal, noTemperature: true, completionLimit: true}
	case has("gpt-5"): // 5.1 and later
		return manner{effort: goopenai.ReasoningEffortNone, noTemperature: true, completionLimit: true}
	case has("o1"): // o1-mini, o1-preview, o1-pro
		return manner{noTemperature: true, completionLimit: true}
	case has("gpt-oss"):
		return manner{effort: goopenai.ReasoningEffortLow}
	case has("qwen3", "deepseek-r1", "glm-4"):
		return manner{effort: goopenai.ReasoningEffortNone, thinkingFlag: true}
	}
	return manner{}
}

// Thinks guesses by its name whether a model thinks before it answers and can't be told
// not to. What its endpoint shows outweighs the guess: see [Client.Thinks].
func Thinks(model string) bool {
	m := mannerOf(model)
	return m.effort == goopenai.ReasoningEffortLow || (m.noTemperature && m.effort == "" && !strings.Contains(model, "chat"))
}

// request puts a ChatRequest into the dialect.
func (d dialect) request(model string, r ChatRequest) goopenai.ChatCompletionRequest {
	m := mannerOf(model)
	q := goopenai.ChatCompletionRequest{Model: model}
	system := r.System
	if format := d.formatFor(r); format == JSONSchema {
		q.ResponseFormat = &goopenai.ChatCompletionResponseFormat{
			Type:       goopenai.ChatCompletionResponseFormatTypeJSONSchema,
			JSONSchema: &goopenai.ChatCompletionResponseFormatJSONSchema{Name: cmp.Or(r.Name, "answer"), Schema: r.Schema, Strict: true},
		}
	} else if r.Schema != nil {
		// Endpoints that take json_object insist on the word JSON in a message.
		system = strings.TrimSpace(system + "\n\nAnswer with one JSON object that follows this JSON schema, and nothing else:\n" + string(r.Schema))
		if format == JSONObject {
			q.ResponseFormat = &goopenai.ChatCompletionResponseFormat{Type: goopenai.ChatCompletionResponseFormatTypeJSONObject}
		}
	}
	user := r.User
	if d.omits(noSystem) {
		system, user = "", system+"\n\n"+user
	}
	if system != "" {
		q.Messages = append(q.Messages, goopenai.ChatCompletionMessage{Role: goopenai.ChatMessageRoleSystem, Content: system})
	}
	q.Messages = append(q.Messages, goopenai.ChatCompletionMessage{Role: goopenai.ChatMessageRoleUser, Content: user})

	switch {
	case d.omits(noTokenLimit):
	case m.completionLimit != d.omits(otherTokenLimit):
		q.MaxCompletionTokens = r.MaxTokens
	default:
		q.MaxTokens = r.MaxTokens //nolint:staticcheck // the only name that older servers know
	}
	thinks := m.completionLimit && d.thinks() // and takes no temperature then
	if r.Temperature != nil && !m.noTemperature && !thinks && !d.omits(noTemperature) {
		// A plain 0 would be dropped by omitempty.
		q.Temperature = max(float32(*r.Temperature), math.SmallestNonzeroFloat32)
	}
	if !d.omits(noSeed) {
		q.Seed = r.Seed
	}
	if !d.omits(noEffort) {
		q.ReasoningEffort = cmp.Or(d.effort, m.effort)
	}
	if m.thinkingFlag && !d.omits(noThinkingFlag) {
		q.ChatTemplateKwargs = map[string]any{"enable_thinking": false}
	}
	return q
}

// thinks reports whether the endpoint has refused to switch thinking off.
func (d dialect) thinks() bool {
	return d.omits(noEffort) || d.effort != "" && d.effort != goopenai.ReasoningEffortNone
}

var (
	// listsEfforts begins a list of the values that reasoning_effort takes: OpenAI, Groq, pydantic.
	listsEfforts = regexp.MustCompile(`(?:supported|valid|allowed|accepted) values|(?:must|should|can only) be|expected one of|one of`)
	// efforts are those values, the least thinking one first. Groq's "default" thinks.
	efforts = []string{"none", "minimal", "low", "default", "medium", "high", "xhigh"}
)

// leastEffort is the least thinking of the values that an error lists, except for the one that it
// refuses; "" where it lists none.
func leastEffort(says, refused string) string {
	begin := listsEfforts.FindStringIndex(says)
	if begin == nil {
		return ""
	}
	listed := strings.FieldsFunc(says[begin[1]:], func(r rune) bool { return r < 'a' || r > 'z' })
	for _, effort := range efforts {
		if effort != refused && slices.Contains(listed, effort) {
			return effort
		}
	}
	return ""
}

func (d dialect) omits(o omission) bool { return d.omit&o != 0 }

// formatFor is how the answer to a request is requested.
func (d dialect) formatFor(r ChatRequest) Format {
	if r.Schema == nil {
		return Plain
	}
	return d.format
}

var (
	refusalCodes = map[int]bool{400: true, 404: true, 415: true, 422: true, 500: true, 501: true}
	formatWords  = regexp.MustCompile(`response_format|response format|json_schema|json_object|structured output|json mode|grammar|requested parameters|additionalproperties|\bschema\b`)
)

// omissions are the words with which endpoints reject a parameter, in the
// order in which they are searched for, with what to leave out then.
var omissions = []struct {
	words *regexp.Regexp
	name  i18n.Text
	omit  omission
	sent  func(goopenai.ChatCompletionRequest) bool
}{
	{regexp.MustCompile(`temperature`), i18n.T("a temperature"), noTemperature, func(q goopenai.ChatCompletionRequest) bool { return q.Temperature != 0 }},
	{regexp.MustCompile(`chat_template_kwargs`), parameter("chat_template_kwargs"), noThinkingFlag, func(q goopenai.ChatCompletionRequest) bool { return q.ChatTemplateKwargs != nil }},
	{regexp.MustCompile(`reasoning.effort|thinking|\breasoning\b`), parameter("reasoning_effort"), noEffort, func(q goopenai.ChatCompletionRequest) bool { return q.ReasoningEffort != "" }},
	{regexp.MustCompile(`\bseed\b`), i18n.T("a seed"), noSeed, func(q goopenai.ChatCompletionRequest) bool { return q.Seed != nil }},
	{regexp.MustCompile(`max_completion_tokens`), parameter("max_completion_tokens"), otherTokenLimit, func(q goopenai.ChatCompletionRequest) bool { return q.MaxCompletionTokens > 0 }},
	{regexp.MustCompile(`max_tokens`), parameter("max_tokens"), otherTokenLimit, func(q goopenai.ChatCompletionRequest) bool { return q.MaxTokens > 0 }},                                                     //nolint:staticcheck // see request
	{regexp.MustCompile(`max_(?:completion_)?tokens`), i18n.T("a limit of the answer's length"), noTokenLimit, func(q goopenai.ChatCompletionRequest) bool { return q.MaxTokens+q.MaxCompletionTokens > 0 }}, //nolint:staticcheck // see request
	{regexp.MustCompile(`(?:system|developer) (?:role|message|prompt|instruction)|\bsystem\W{0,3} (?:is not|isn't)|role\W{1,3}system|roles must alternate`), i18n.T("a system message"), noSystem, func(q goopenai.ChatCompletionRequest) bool {
		return q.Messages[0].Role == goopenai.ChatMessageRoleSystem
	}},
	{regexp.MustCompile(`\bstream`), i18n.T("an answer in one piece"), noWhole, func(goopenai.ChatCompletionRequest) bool { return true }},
}

func parameter(name string) i18n.Text {
	return i18n.T("the parameter {{.Name}}", i18n.Values{"Name": name})
}

// without is the dialect that avoids what the error complains about among what
// was sent, and that thing's name; the zero one when it complains about nothing known.
// While nothing has been answered yet (fresh), a complaint that names nothing is
// taken to be about the format: the request costs nothing, and the next one shows.
func (d dialect) without(e *Error, model string, r ChatRequest, fresh bool) (dialect, i18n.Text) {
	p := e.said
	unexplained := e.Kind == BadRequest
	if unexplained && e.Status == 0 && d.effort != "" && !d.omits(noEffort) { // a value that go-openai doesn't know of the model
		d.omit |= noEffort
		return d, parameter("reasoning_effort")
	}
	if !refusalCodes[p.status] || (!unexplained && e.Kind != Server && e.Kind != NotFound) {
		return d, i18n.Text{}
	}
	sent := d.request(model, r)
	says := strings.ToLower(p.param + " " + p.message)
	named := formatWords.MatchString(says)
	if !named {
		if next, what := d.withoutParameter(says, sent); next != d {
			return next, what
		}
	}
	if sent.ResponseFormat != nil && (named || (unexplained && fresh)) {
		d.format++
		return d, i18n.T("the answer format {{.Format}}", i18n.Values{"Format": string(sent.ResponseFormat.Type)})
	}
	return d, i18n.Text{}
}

// withoutParameter is the dialect that avoids the parameter which an error names, or that
// parameter's value, and the name; the same dialect where it names none that was sent.
func (d dialect) withoutParameter(says string, sent goopenai.ChatCompletionRequest) (dialect, i18n.Text) {
	for _, o := range omissions {
		if d.omits(o.omit) || !o.sent(sent) || !o.words.MatchString(says) {
			continue
		}
		if effort := leastEffort(says, sent.ReasoningEffort); o.omit == noEffort && d.effort == "" && effort != "" {
			d.effort = effort
			return d, i18n.T(`the value "{{.Value}}" of {{.Name}}`, i18n.Values{"Value": sent.ReasoningEffort, "Name": "reasoning_effort"})
		}
		d.omit |= o.omit
		return d, o.name
	}
	return d, i18n.Text{}
}
