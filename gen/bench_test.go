package gen

import (
	"testing"
	"time"

	"seedbed/assets/i18n"
	"seedbed/gen/gentest"
	"seedbed/gen/llm"
	"seedbed/gen/openai"
	"seedbed/gen/openai/openaitest"
	"seedbed/gen/prompt"
	"seedbed/gen/scheduler"
	"seedbed/gen/starter"
	"seedbed/localdb"
)

// benchSpeedUp is how many times faster than a real one both arms of the benchmark
// live, the endpoint's answers and the pauses between requests.
const benchSpeedUp = 10

// realisticEndpoint answers like a hosted one: half a second to the first token, then
// eighty a second.
func realisticEndpoint(b *testing.B) *openaitest.Server {
	s := openaitest.New(nil, openaitest.Options{FirstToken: 500 * time.Millisecond / benchSpeedUp, TokensPerSecond: 80 * benchSpeedUp})
	b.Cleanup(s.Close)
	return s
}

// BenchmarkDefaultPlan is the default plan beside the usual script: one request at a
// time, a category's 80 messages in one, and a second's pause after each. Both write
// all that they get into a dataset. The figure is how many times faster the run is.
func BenchmarkDefaultPlan(b *testing.B) {
	var ours, theirs time.Duration
	for b.Loop() {
		ours += timeRun(b)
		theirs += timeScript(b)
	}
	n := time.Duration(b.N)
	b.ReportMetric((ours * benchSpeedUp / n).Seconds(), "run-s")
	b.ReportMetric((theirs * benchSpeedUp / n).Seconds(), "one-at-a-time-s")
	b.ReportMetric(float64(theirs)/float64(ours), "times-faster")
}

func timeRun(b *testing.B) time.Duration {
	s, d := realisticEndpoint(b), gentest.NewDataset(b)
	client := openai.New(openai.Config{BaseURL: s.URL, Model: "gpt-6-luna"})
	w := NewModelWriter(client, gentest.Price).(modelWriter)
	w.info.Parallel = llm.ParallelHosted
	began := time.Now()
	r := start(b, d, defaultPlan(), w)
	r.clock = gentest.FasterClock(benchSpeedUp)
	if result := do(b, r, w); result.State != scheduler.Done {
		b.Fatal(result.Summary)
	}
	return time.Since(began)
}

func timeScript(b *testing.B) time.Duration {
	s, d := realisticEndpoint(b), gentest.NewDataset(b)
	client := openai.New(openai.Config{BaseURL: s.URL, Model: "gpt-6-luna"})
	w := NewModelWriter(client, gentest.Price)
	template, err := prompt.New("en", localdb.Domain{})
	if err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	for _, c := range starter.Default().Categories {
		var list []localdb.Message
		for len(list) < c.Target {
			draft, err := w.Write(b.Context(), Batch{Category: c, Count: min(80, c.Target-len(list)), Language: "en", template: template}, nil)
			if err != nil {
				b.Fatal(err)
			}
			for _, item := range draft.Items {
				list = append(list, localdb.Message{Text: item.Text, Category: c.Name, Confidence: 1})
			}
			time.Sleep(time.Second / benchSpeedUp)
		}
		if _, err := d.Add(b.Context(), i18n.T("Add"), list); err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(began)
}
