package openaitest

import (
	"net/http"
	"slices"
	"time"
)

// Dialect is how a service speaks where it differs from OpenAI's own endpoint, which the zero
// value speaks. The functions word a refusal as the service does; where one is nil, the service
// has no such limit. Package dialects has them all.
type Dialect struct {
	Name    string
	Model   string // that it offers unless Options.Models says otherwise
	Differs string // what differs, for docs/endpoints.md
	Met     string // how the client meets that

	Azure bool // deployments in the path and the key in Api-Key

	Context func(Lengths) Rejection // the prompt and the answer asked for exceed Options.Context
	// PromptOnly is true where the answer asked for doesn't count towards Options.Context: it
	// ends there.
	PromptOnly bool
	// Cut returns how many tokens are left of a prompt that exceeds Options.Context, where a
	// service drops the rest and says nothing.
	Cut func(context int) int

	Answer func(Lengths) Rejection              // more tokens are asked for than Options.Answer
	Minute func(wait time.Duration) Rejection   // Options.PerMinute is used up
	Day    func(until time.Time) Rejection      // Options.PerDay is used up
	Credit func() Rejection                     // Options.Credit is used up
	Effort func(value string) (Rejection, bool) // reasoning_effort has this value; false accepts it
	Write  func(Written) (kind, body string)    // the answer, with its content type

	// Thoughts are how many tokens the model thinks before each answer, unless Options.Thoughts
	// says otherwise. Apart is true where they count neither towards max_tokens nor in
	// completion_tokens.
	Thoughts int
	Apart    bool
}

// Rejection is an error as a service sends it. Body is sent as JSON.
type Rejection struct {
	Status int
	Header map[string]string
	Body   any
}

// Lengths are the tokens of a request.
type Lengths struct{ Prompt, Asked, Context, Answer int }

// Written is an answer that a dialect puts into its own shape.
type Written struct {
	Call
	Text, Refusal, Finish string
	Visible, Thoughts     int // tokens; Visible are those of the text
}

// Limits are what an endpoint allows, in the words of its dialect; 0 is no limit.
type Limits struct {
	Context int // tokens of the prompt and the answer together
	Answer  int // tokens of the answer: the most that max_tokens may be

	PerMinute, PerDay int // requests
	Credit            int // tokens that may be charged for

	// Thoughts are how many tokens the model thinks before each answer; 0 is the dialect's
	// number.
	Thoughts int

	Now func() time.Time // for PerMinute and PerDay; nil is the computer's clock
}

// limited refuses a request that exceeds a limit.
func (s *Server) limited(q chatRequest, call *Call) (Rejection, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d, l := s.options.Dialect, s.options.Limits
	n := Lengths{Prompt: promptTokens(call), Asked: q.limit(), Context: l.Context, Answer: l.Answer}
	if q.ReasoningEffort != "" && d.Effort != nil {
		if no, refused := d.Effort(q.ReasoningEffort); refused {
			return no, true
		}
	}
	needs := n.Prompt
	if !d.PromptOnly {
		needs += n.Asked
	}
	switch {
	case l.Credit > 0 && d.Credit != nil && s.charged >= l.Credit:
		return d.Credit(), true
	case l.Answer > 0 && d.Answer != nil && n.Asked > l.Answer:
		return d.Answer(n), true
	case l.Context > 0 && d.Context != nil && needs > l.Context:
		return d.Context(n), true
	}
	return s.tooMany()
}

// tooMany refuses requests beyond those of a minute or a day.
func (s *Server) tooMany() (Rejection, bool) {
	d, l := s.options.Dialect, s.options.Limits
	now := time.Now()
	if l.Now != nil {
		now = l.Now()
	}
	s.taken = slices.DeleteFunc(s.taken, func(at time.Time) bool { return now.Sub(at) >= 24*time.Hour })
	minute := slices.DeleteFunc(slices.Clone(s.taken), func(at time.Time) bool { return now.Sub(at) >= time.Minute })
	switch {
	case l.PerDay > 0 && d.Day != nil && len(s.taken) >= l.PerDay:
		return d.Day(s.taken[0].Add(24 * time.Hour)), true
	case l.PerMinute > 0 && d.Minute != nil && len(minute) >= l.PerMinute:
		return d.Minute(minute[0].Add(time.Minute).Sub(now)), true
	}
	s.taken = append(s.taken, now)
	return Rejection{}, false
}

// think takes the thoughts into account: what they take of the room for the answer, and what is
// charged.
func (s *Server) think(q chatRequest, a *answer) {
	d, l := s.options.Dialect, s.options.Limits
	a.thoughts = d.Thoughts
	if l.Thoughts > 0 {
		a.thoughts = l.Thoughts
	}
	if q.ReasoningEffort == "none" && d.Effort != nil { // accepted
		a.thoughts = 0
	}
	limit := q.limit()
	if l.Context > 0 && d.PromptOnly && (limit == 0 || limit > l.Context-a.promptTokens) {
		limit = max(1, l.Context-a.promptTokens)
	}
	room := limit
	if limit > 0 && !d.Apart {
		a.thoughts = min(a.thoughts, limit)
		room = limit - a.thoughts
	}
	if limit > 0 && a.completionTokens > room {
		a.cut(float64(room) / float64(a.completionTokens))
		a.completionTokens = room
	}
	if cut := d.Cut; cut != nil && l.Context > 0 && a.promptTokens > l.Context {
		a.promptTokens = cut(l.Context)
	}
}

func (no Rejection) send(w http.ResponseWriter) {
	for name, value := range no.Header {
		w.Header().Set(name, value)
	}
	reply(w, no.Status, no.Body)
}
