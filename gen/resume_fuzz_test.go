package gen

import (
	"encoding/json"
	"testing"

	"seedbed/gen/gentest"
	"seedbed/gen/scheduler"
	"seedbed/localdb"
)

// FuzzResume resumes a run whose plan somebody else wrote into the dataset: it is refused,
// or ends, with no more messages than its batches ask for.
func FuzzResume(f *testing.F) {
	stored, err := json.Marshal(smallPlan())
	if err != nil {
		f.Fatal(err)
	}
	const spec = `{"directions":[{}],"passages":[-1,9223372036854775807],"reads_like":"nothing"}`
	f.Add(string(stored), spec, byte(0), 3)
	f.Add(`{"language":"en","knowledge":true,"seed":18446744073709551615}`, `{}`, byte(1), 1)
	f.Add(`{"language":"../../en","style":"\u202e"}`, `[]`, byte(2), 2)
	f.Add(`{"language":"en","habits":{"lower_case":-1e308,"typos":1e308,"emoji":2,"lengths":[1e308,1e308,-1,0,0]}}`, `{}`, byte(7), 9)
	f.Add(`{"language":"de","cap_usd":1e300,"passages":[-1,9223372036854775807]}`, spec, byte(0), 5)
	f.Add(`{"language":"en","boundaries":[{"category":"social","reads_like":"social","messages":-5}]}`, `{}`, byte(3), 1000000000)
	f.Add(`{`, `{`, byte(0), -1)
	f.Fuzz(func(t *testing.T, plan, spec string, category byte, count int) {
		for _, text := range []*string{&plan, &spec} {
			if !json.Valid([]byte(*text)) {
				*text = `{}` // the database takes nothing else
			}
		}
		d := gentest.NewDataset(t)
		categories, err := d.Categories(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		batch := localdb.BatchRecord{CategoryID: categories[int(category)%len(categories)].ID, Count: count % 200, Spec: json.RawMessage(spec)}
		if _, _, err := d.StartRun(t.Context(), localdb.RunRecord{Plan: json.RawMessage(plan), Writer: builtinName}, []localdb.BatchRecord{batch}); err != nil {
			return
		}
		unfinished, err := UnfinishedPlan(t.Context(), d)
		if err != nil {
			return
		}
		w, err := NewBuiltinWriter(unfinished.Language, unfinished.Seed)
		if err != nil {
			return
		}
		r, err := Resume(t.Context(), d, 0, scheduler.NewControls())
		if err != nil {
			return
		}
		r.clock = gentest.FasterClock(1000)
		result, err := r.Do(t.Context(), w, nil)
		if err != nil {
			return
		}
		if got := len(gentest.Messages(t, d, localdb.Filter{})); got > max(batch.Count, 0) || got != result.Messages {
			t.Errorf("%d messages of %d, told %d", got, batch.Count, result.Messages)
		}
	})
}
