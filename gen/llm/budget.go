package llm

import (
	"cmp"
	"math"
	"regexp"
	"strings"

	"seedbed/gen/openai"
	"seedbed/localdb"
)

// Query is what a request asks a model for, as far as its size and cost depend on it.
type Query struct {
	Prompt        string // all that is sent
	Items         int    // messages or labels that are asked for
	TokensPerItem int    // room for each of them in the answer
}

// QueryOf is what a request asks for.
func QueryOf(r openai.ChatRequest, items, tokensPerItem int) Query {
	return Query{strings.Join([]string{r.System, r.User, string(r.Schema)}, "\n"), items, tokensPerItem}
}

// Budget is how many tokens the requests of one run may take, and how much money has to
// be reserved for them. It starts with what is known of the model by its name, and learns
// from the answers. It is for one goroutine.
type Budget struct {
	info     Info
	version  int   // counts what was learned; see Sent
	scale    Scale // of every request
	thoughts int   // tokens of room for thoughts in an answer
	raised   int   // how often that grew

	context, answer int // the most tokens of prompt and answer, and of an answer, as stated; 0 unknown

	answers       int     // that arrived
	bounded       bool    // an answer with thoughts ended at its limit, and none went beyond
	mostThoughts  int     // of one answer, beyond what its limit allowed or as reported
	dearer        float64 // the highest cost of an answer, as a multiple of that of its tokens
	bytesPerToken float64 // the fewest of a prompt that was counted; 0 before
	answered      []answeredPrompt
}

// Room for an answer's tokens beside its items.
const (
	tokensForFormat = 256
	firstThoughts   = 4096 // some models think before they write
	moreThoughts    = 4    // as many times more, when that was not enough
	maxRaises       = 2
	neededForFormat = 64 // at the least
	neededPerItem   = 40
	promptOverhead  = 256 // tokens that an endpoint puts around the messages
	usualPerToken   = 3   // bytes, to the safe side
	tokensMargin    = 0.95
	thoughtsMargin  = 4 // thoughts can be as many times longer than those seen
	costMargin      = 1.25
	limitSlack      = 3  // tokens that an answer which ended at its limit may be short of it
	unknownAfter    = 4  // answers, before less is reserved for thoughts and, if there were some, several are sent at a time under a cap
	promptsKept     = 16 // answered ones, to compare new ones with
)

// NewBudget returns the budget of a new run.
func NewBudget(info Info) *Budget {
	b := &Budget{info: info, dearer: 1}
	if openai.Thinks(info.Model) {
		b.thoughts = firstThoughts
	}
	return b
}

// Sent is what a request was sent with. Its answer teaches nothing new about limits if
// the budget has learned since.
type Sent struct {
	Query     Query
	MaxTokens int // 0 for no limit
	Scale     Scale
	Reserved  *localdb.Money // nil if the price is unknown
	version   int
}

// Scale is how small requests have to be: they ask for half as much with each step.
type Scale int

const (
	smallest  Scale = 6
	fewItems  Scale = 3 // from here on, texts are shortened too
	leastText       = 200
)

// Items is how many of n items to ask for.
func (s Scale) Items(n int) int { return max(min(n, 1), n>>s) }

// Bytes is how long a quoted text of at most n bytes may be.
func (s Scale) Bytes(n int) int { return max(min(n, leastText), n>>max(0, s-fewItems)) }

// Smaller is the next step; ok is false if there is none.
func (s Scale) Smaller() (next Scale, ok bool) { return min(s+1, smallest), s < smallest }

// Scale is how small requests have to be by what was learned.
func (b *Budget) Scale() Scale { return b.scale }

// Plan works out the limit of an answer's tokens and what to reserve. It doesn't fit if
// the prompt leaves no room for the answer in the model's context.
func (b *Budget) Plan(q Query, scale Scale) (s Sent, fits bool) {
	s = Sent{Query: q, MaxTokens: tokensForFormat + q.Items*q.TokensPerItem + b.thoughts, Scale: scale, version: b.version}
	if b.info.Model == "" {
		return Sent{Query: q, Scale: scale, Reserved: b.info.MaxCost(Usage{})}, true
	}
	needed := neededForFormat + q.Items*min(neededPerItem, q.TokensPerItem)
	if b.answer > 0 {
		s.MaxTokens = min(s.MaxTokens, b.answer)
	}
	if b.context > 0 {
		s.MaxTokens = max(needed, min(s.MaxTokens, b.context-b.promptTokens(q)))
	}
	fits = s.MaxTokens >= needed && (b.context == 0 || b.promptTokens(q)+s.MaxTokens <= b.context)
	s.Reserved = b.maxCost(s)
	return s, fits
}

// promptTokens estimates the tokens of a prompt.
func (b *Budget) promptTokens(q Query) int {
	perToken := b.bytesPerToken * tokensMargin
	if perToken == 0 {
		perToken = usualPerToken
	}
	return int(math.Ceil(float64(len(q.Prompt)) / perToken))
}

// maxCost is the most that a request can cost, as far as the answers have shown; nil if
// the price is unknown.
func (b *Budget) maxCost(s Sent) *localdb.Money {
	most := b.info.MaxCost(b.maxUsage(s))
	if most != nil && b.dearer > 1 {
		*most = localdb.Money(math.Ceil(float64(*most) * b.dearer * costMargin))
	}
	return most
}

// maxUsage bounds a prompt by its bytes, since a token of a byte-level tokeniser is at
// least one, or by an answered prompt that it shares lines with: those are no more tokens
// than that whole prompt.
func (b *Budget) maxUsage(s Sent) Usage {
	prompt := len(s.Query.Prompt) + promptOverhead
	for _, a := range b.answered {
		prompt = min(prompt, a.atMost(s.Query.Prompt))
	}
	return Usage{Prompt: prompt, Completion: s.MaxTokens + b.unbounded()}
}

// boundsThoughts are the models of which their provider says that the limit of an
// answer's tokens holds for its thoughts too:
// https://platform.openai.com/docs/api-reference/chat/create (max_completion_tokens).
var boundsThoughts = regexp.MustCompile(`^(openai/)?(gpt-\d|chatgpt-|o\d)`)

// unbounded is how many tokens to reserve for thoughts that the limit of an answer's
// tokens doesn't bound.
func (b *Budget) unbounded() int {
	switch {
	case b.bounded:
		return 0
	case b.mostThoughts > 0 && b.answers < unknownAfter:
		return max(firstThoughts, thoughtsMargin*b.mostThoughts)
	case b.mostThoughts > 0:
		return thoughtsMargin * b.mostThoughts
	case b.info.Model == "" || b.answers >= unknownAfter || boundsThoughts.MatchString(b.info.Model):
		return 0
	}
	return firstThoughts
}

// OneAtATime reports whether what an answer may cost is not known well enough to send
// several requests under a cap.
func (b *Budget) OneAtATime() bool {
	return b.info.Model != "" && (b.answers == 0 || b.mostThoughts > 0 && !b.bounded && b.answers < unknownAfter)
}

// Reprice takes over the price of the model that answered.
func (b *Budget) Reprice(info Info) { b.info.Price = info.Price }

// Answer is what an answer that arrived took.
type Answer struct {
	Usage     *Usage         // nil if the endpoint reported none
	Cost      *localdb.Money // nil if it is unknown
	Thoughts  int            // tokens of the usage that were thoughts
	Thinks    bool           // the model has shown that it thinks, or is known for it
	PromptCut bool           // the endpoint read less than was sent
	Context   int            // the size of the context that it was cut to; 0 for unknown
}

// Answered learns from an answer that arrived.
func (b *Budget) Answered(s Sent, a Answer) {
	b.answers++
	b.think(a.Thinks)
	if a.Usage == nil || b.info.Model == "" {
		return
	}
	beyond := a.Usage.Completion - s.MaxTokens
	b.bounded = beyond <= 0 && (b.bounded || a.Thoughts > 0 && beyond > -limitSlack)
	if beyond > 0 || a.Thoughts > 0 && !boundsThoughts.MatchString(b.info.Model) {
		b.mostThoughts = max(b.mostThoughts, beyond, a.Thoughts)
	}
	if b.info.Price != nil && a.Cost != nil {
		if byTokens := b.info.Price.Cost(*a.Usage); byTokens > 0 {
			b.dearer = max(b.dearer, float64(*a.Cost)/float64(byTokens))
		}
	}
	if a.PromptCut {
		if read := cmp.Or(a.Context, a.Usage.Prompt); read > 0 && (b.context == 0 || read < b.context) {
			b.version++
			b.context = read
		}
		return
	}
	b.countPrompt(s.Query, a.Usage.Prompt)
}

// countPrompt learns from the tokens of a prompt.
func (b *Budget) countPrompt(q Query, tokens int) {
	if tokens <= 0 {
		return
	}
	b.measure(q, tokens)
	b.answered = append(b.answered[max(0, len(b.answered)-promptsKept+1):], newAnsweredPrompt(q.Prompt, tokens))
}

func (b *Budget) measure(q Query, tokens int) {
	perToken := float64(len(q.Prompt)) / float64(tokens)
	if b.bytesPerToken == 0 || perToken < b.bytesPerToken {
		b.bytesPerToken = perToken
	}
}

// think leaves room for thoughts, once a model has shown that it thinks.
func (b *Budget) think(thinks bool) {
	if thinks && b.thoughts == 0 {
		b.thoughts = firstThoughts
		b.version++
	}
}

// Thoughts is the room for thoughts in an answer.
func (b *Budget) Thoughts() int { return b.thoughts }

// Context is the most tokens that the model takes altogether; 0 if that is unknown.
func (b *Budget) Context() int { return b.context }

// Raise gives answers more room for thoughts, after one had no room for anything else. It
// reports whether another try makes sense.
func (b *Budget) Raise(s Sent) bool {
	if s.version < b.version {
		return true
	}
	if b.raised == maxRaises {
		return false
	}
	before, _ := b.Plan(s.Query, s.Scale)
	b.raised++
	b.version++
	b.thoughts = max(firstThoughts, moreThoughts*b.thoughts)
	after, _ := b.Plan(s.Query, s.Scale)
	if after.MaxTokens > before.MaxTokens {
		return true
	}
	// Its limits leave no more room, but fewer items leave more of it to the thoughts.
	var smaller bool
	b.scale, smaller = max(b.scale, s.Scale).Smaller()
	return smaller
}

// Shrink makes requests smaller, after one was too long: to the limits that the error
// told, or else to half. It reports whether another try makes sense.
func (b *Budget) Shrink(s Sent, told openai.Limits) bool {
	if s.version < b.version {
		return true
	}
	b.version++
	if told.Prompt > 0 {
		b.measure(s.Query, told.Prompt)
	}
	switch {
	case told.Context > 0 && (b.context == 0 || told.Context < b.context):
		b.context = told.Context
	case told.Answer > 0 && (b.answer == 0 || told.Answer < b.answer) && told.Answer < s.MaxTokens:
		b.answer = told.Answer
	default:
		var smaller bool
		// The request itself may have been smaller than all have to be.
		b.scale, smaller = max(b.scale, s.Scale).Smaller()
		return smaller
	}
	return true
}

// answeredPrompt is a prompt whose tokens the endpoint reported.
type answeredPrompt struct {
	lines  map[string]int // how often each stands in it
	tokens int
}

func newAnsweredPrompt(prompt string, tokens int) answeredPrompt {
	a := answeredPrompt{map[string]int{}, tokens}
	for line := range strings.Lines(prompt) {
		a.lines[line]++
	}
	return a
}

// atMost bounds the tokens of another prompt. Tokens may be cut otherwise where other
// lines meet, for which there is room for one at each.
func (a answeredPrompt) atMost(prompt string) int {
	tokens, used := a.tokens, map[string]int{}
	for line := range strings.Lines(prompt) {
		tokens++
		if used[line]++; used[line] > a.lines[line] {
			tokens += len(line)
		}
	}
	return tokens
}
