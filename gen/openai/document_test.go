package openai_test

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"seedbed/gen/openai"
	"seedbed/gen/openai/openaitest"
	"seedbed/gen/openai/openaitest/dialects"
)

var update = flag.Bool("update", false, "write docs/endpoints.md anew")

const aboutEndpoints = `# Endpoints

How services differ that call themselves OpenAI-compatible, and how Seedbed meets that. Tests make
this page: package ` + "`gen/openai/openaitest/dialects`" + ` speaks as each service does, and the client
of ` + "`gen/openai`" + ` is asked what it makes of it. No service was called for it.

## What differs

| service | what differs | how it is met |
| --- | --- | --- |
`

const aboutLimits = `
## What the client makes of limits

Each service refuses in its own words what its limits don't allow; – is a limit that it doesn't
have or doesn't tell of. The last column is about a model whose thoughts fill all the tokens that the
answer was allowed: it is asked again with more, and where that doesn't help, thinking is named
as the cause. In every case the tokens that the client counts are those that the service
charges for.

| service | too long for the context | too long an answer | limit of a minute | limit of a day | credit or spending limit | thoughts fill the answer |
| --- | --- | --- | --- | --- | --- | --- |
`

const aboutSentences = `
## What a person reads

| service | when | sentence |
| --- | --- | --- |
`

// TestDocument compares docs/endpoints.md with what the client makes of the dialects; with
// -update it writes it anew.
func TestDocument(t *testing.T) {
	const path = "../../docs/endpoints.md"
	var differs, limits, sentences strings.Builder
	for _, d := range dialects.All() {
		fmt.Fprintf(&differs, "| %s | %s | %s |\n", d.Name, d.Differs, d.Met)
		fmt.Fprintf(&limits, "| %s |", d.Name)
		for _, limit := range limitsOf(d) {
			if !limit.has {
				limits.WriteString(" – |")
				continue
			}
			e := meet(t, d, limit)
			fmt.Fprintf(&limits, " %s |", made(e))
			if e != nil && e.Kind != openai.NoRoom { // which is said in the same words of each
				fmt.Fprintf(&sentences, "| %s | %s | %s |\n", d.Name, limit.name, sentence(e))
			}
		}
		limits.WriteString("\n")
	}
	want := aboutEndpoints + differs.String() + aboutLimits + limits.String() + aboutSentences + sentences.String()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil || string(got) != want {
		t.Errorf("docs/endpoints.md isn't as the tests have it (%v): go test ./gen/openai -run Document -update", err)
	}
}

// limit is one that a service may have, and how many requests use it up.
type limit struct {
	name   string
	has    bool
	limits openaitest.Limits
	before int
	right  func(*openai.Error) bool // what the error has to be; nil for none that is free
}

func limitsOf(d openaitest.Dialect) []limit {
	const context, most = 700, 500
	return []limit{
		{"too long for the context", d.Context != nil || d.Cut != nil, openaitest.Limits{Context: context}, 0, func(e *openai.Error) bool {
			return e.Kind == openai.TooLong && e.Limits.Context == context && !e.Retry() && !e.Stop()
		}},
		{"too long an answer", d.Answer != nil, openaitest.Limits{Answer: most}, 0, func(e *openai.Error) bool {
			return e.Kind == openai.TooLong && e.Limits.Answer == most
		}},
		{"limit of a minute", d.Minute != nil, openaitest.Limits{PerMinute: 1}, 1, func(e *openai.Error) bool {
			return e.Kind == openai.RateLimited && e.Retry() && e.RetryAfter <= 2*time.Minute
		}},
		{"limit of a day", d.Day != nil, openaitest.Limits{PerDay: 1}, 1, func(e *openai.Error) bool {
			ends := time.Now().UTC().Add(e.RetryAfter).Round(time.Minute)
			midnight := ends.Hour() == 8 && ends.Minute() == 0 // in California, which may be soon
			return e.Kind == openai.DailyLimit && e.Stop() && (e.RetryAfter >= 7*time.Minute || midnight) && e.RetryAfter <= 24*time.Hour
		}},
		{"credit or spending limit", d.Credit != nil, openaitest.Limits{Credit: 1}, 1, func(e *openai.Error) bool {
			return e.Kind == openai.QuotaEnded && e.Stop()
		}},
		{"thoughts fill the answer", true, openaitest.Limits{Thoughts: 5000}, 0, nil},
	}
}

// meet is what the client makes of a limit. Nil is a good answer.
func meet(t *testing.T, d openaitest.Dialect, l limit) *openai.Error {
	t.Helper()
	now := time.Now()
	l.limits.Now = func() time.Time { return now }
	server, client := speaking(t, d, l.limits)
	for range l.before {
		if _, e := complete(t, client, ask()); e != nil {
			t.Fatal(e)
		}
	}
	request := ask()
	if l.limits.Context > 0 && d.PromptOnly {
		request.User += strings.Repeat("\nThe quick brown fox jumps over the lazy dog.", 100)
	}
	if l.limits.Thoughts > 0 {
		request.MaxTokens = 300
	}
	charged := server.Totals().Charged
	answer, e := complete(t, client, request)
	if e != nil && e.Free != (server.Totals().Charged == charged) {
		t.Errorf("%s: said to be free %t, charged %d and then %d", d.Name, e.Free, charged, server.Totals().Charged)
	}
	if e == nil && d.Cut != nil && l.limits.Context > 0 && !answer.PromptCut {
		t.Errorf("%s: a cut prompt isn't noticed", d.Name)
	}
	if e == nil && l.limits.Thoughts > 0 && answer.CompletionTokens <= request.MaxTokens {
		t.Errorf("%s: what was charged beyond max_tokens isn't noticed", d.Name)
	}
	if e != nil && strings.Contains(e.Error(), key) {
		t.Errorf("the key is in %v", e)
	}
	if d.Cut != nil && l.limits.Context > 0 {
		return nil // what the answer was is another matter
	}
	return e
}

// made is what an error makes the client ask of a run, in a few words.
func made(e *openai.Error) string {
	switch {
	case e == nil:
		return "noticed"
	case e.Kind == openai.TooLong && e.Limits.Context > 0:
		return fmt.Sprintf("asks for less: %d in all", e.Limits.Context)
	case e.Kind == openai.TooLong && e.Limits.Answer > 0:
		return fmt.Sprintf("asks for less: %d", e.Limits.Answer)
	case e.Kind == openai.RateLimited && e.RetryAfter > 0:
		return "waits as told"
	case e.Kind == openai.RateLimited:
		return "waits longer each time"
	case e.Stop() && e.RetryAfter > 0:
		return "stops, and says when to go on"
	case e.Stop():
		return "stops"
	case e.Kind == openai.NoRoom:
		return "leaves more room"
	}
	return "?"
}

var (
	hostInText = regexp.MustCompile(`127\.0\.0\.1:\d+`)
	dateInText = regexp.MustCompile(`\d{4}-\d{2}-\d{2}(?: at)? \d{2}:\d{2}(?::\d{2})?`)
)

// sentence is what a person reads, without what differs each time.
func sentence(e *openai.Error) string {
	text := dateInText.ReplaceAllString(hostInText.ReplaceAllString(e.Error(), "the.host"), "*date*")
	return strings.ReplaceAll(text, "|", `\|`)
}
