package gen

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"seedbed/gen/gentest"
	"seedbed/gen/openai/openaitest"
	"seedbed/gen/plausible"
	"seedbed/gen/scheduler"
	"seedbed/localdb"
)

// randomLetters writes as many messages as asked, of letters.
func randomLetters(asked openaitest.Asked) []string {
	random := rand.New(rand.NewPCG(uint64(asked.N), 1))
	texts := make([]string, asked.Count)
	for i := range texts {
		for range 6 {
			for range 4 + random.IntN(6) {
				texts[i] += string(rune('a' + random.IntN(26)))
			}
			texts[i] += " "
		}
	}
	return texts
}

func TestARunStopsWhoseModelWritesRubbish(t *testing.T) {
	t.Parallel()
	numbered := func(format string) func(openaitest.Asked) []string {
		return func(asked openaitest.Asked) []string {
			var texts []string
			for i := range asked.Count {
				texts = append(texts, fmt.Sprintf(format, 100*asked.N+i))
			}
			return texts
		}
	}
	german := func(asked openaitest.Asked) []string {
		random := rand.New(rand.NewPCG(uint64(asked.N), 1))
		pick := func(words string) string { list := strings.Split(words, "|"); return list[random.IntN(len(list))] }
		var texts []string
		for range asked.Count {
			texts = append(texts, strings.Join([]string{
				pick("ich weiß nicht|warum fragt ihr mich|mein Chef sagt immer|seit gestern überlege ich"),
				pick("ob ich kündigen soll|was in der Bewerbung steht|wie man sich vorbereitet|wann die Schulung beginnt"),
				pick("und keiner hilft mir dabei|weil alle anderen schon fertig sind|aber das ist mir jetzt egal|könnt ihr mir das erklären"),
			}, " "))
		}
		return texts
	}
	for name, c := range map[string]struct {
		write    func(openaitest.Asked) []string
		sentence string
		reason   string
	}{
		"random letters": {randomLetters, "It is mostly random letters, such as “", plausible.Gibberish},
		"stubs":          {numbered("Message %d"), "It is mostly stubs instead of messages, such as “Message", plausible.Stub},
		"numbers":        {numbered("%d"), "numbers and marks without words", plausible.NoWords},
		"an escape code": {numbered("<p>\x1b[2J\u202e%d</p>"), "code or markup, such as “<p>␛[2J⟦RLO⟧", plausible.Markup},
		"echoes":         {numbered("Count: %d"), "repetitions of the prompt", Echo},
		"German":         {german, "gpt-6-luna writes in Deutsch (de), though English (en) was asked for, such as “", plausible.OtherLanguage},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openaitest.New(t, openaitest.Options{Write: c.write})
			d, w := gentest.NewDataset(t), endpointWriter(s, gentest.Price)
			result := do(t, start(t, d, defaultPlan(), w), w)
			t.Logf("%d requests: %s", result.Requests, result.Summary)
			if result.State != scheduler.Partial || !errors.Is(result.Cause, ErrRubbish) || !strings.Contains(result.Summary.String(), c.sentence) {
				t.Errorf("%s: %s (%v)", result.State, result.Summary, result.Cause)
			}
			if result.Requests > 6 || result.Messages > 3 || result.Discarded[c.reason] == 0 {
				t.Errorf("%d requests, %d messages kept, discarded: %v", result.Requests, result.Messages, result.Discarded)
			}
			checkLedger(t, s, result)
		})
	}
}

// What was good before stays, and another model makes the rest.
func TestARunThatStoppedForRubbishIsResumedWithAnotherModel(t *testing.T) {
	t.Parallel()
	good := openaitest.New(t, openaitest.Options{})
	var once sync.Mutex
	answered := 0
	s := openaitest.New(t, openaitest.Options{Write: func(asked openaitest.Asked) []string {
		once.Lock()
		defer once.Unlock()
		if answered++; answered > 2 {
			return randomLetters(asked)
		}
		return []string{"my manager backs me up in every meeting", "the night shift is quiet and I study a lot", "thanks, that's all for today", "who decides about the bonus this year", "pls just tell me what to write"}
	}})
	d, w := gentest.NewDataset(t), endpointWriter(s, gentest.Price)
	result := do(t, start(t, d, smallPlan(), w), w)
	if result.State != scheduler.Partial || result.Messages != 5 {
		t.Fatalf("%s: %s: %+v", result.State, result.Summary, gentest.Messages(t, d, localdb.Filter{}))
	}
	w = endpointWriter(good, gentest.Price)
	if result = do(t, resume(t, d, 0), w); result.State != scheduler.Done {
		t.Errorf("%s: %s", result.State, result.Summary)
	}
	checkCounts(t, d, smallPlan())
	if n := len(gentest.Messages(t, d, localdb.Filter{})); n != 60 {
		t.Errorf("%d messages", n)
	}
}
