package spelling

import (
	"fmt"
	"hash/maphash"
	"path/filepath"
	"runtime/metrics"
	"slices"
	"testing"
	"time"

	"seedbed/assets/i18n"
	"seedbed/localdb"
	"seedbed/localdb/exchange"
)

func TestKeys(t *testing.T) {
	t.Parallel()
	seed := maphash.MakeSeed()
	for _, c := range []struct {
		method Method
		a, b   string
		same   bool
	}{
		{Fingerprint, "Where is my order?", "where is MY order", true},
		{Fingerprint, "Tom  Cruise", "cruise, tom", true},
		{Fingerprint, "Gödel", "godel", true},
		{Fingerprint, "Gödel", "go\u0308del!", true},
		{Fingerprint, "Straße", "STRASSE", true},
		{Fingerprint, "don't", "dont", true},
		{Fingerprint, "hello hello", "hello", true},
		{Fingerprint, "e mail", "email", false},
		{Fingerprint, "👍", "👎", false},
		{Fingerprint, "привет!", "Привет", true},
		{NgramFingerprint, "e-mail", "Email", true},
		{NgramFingerprint, "Krzysztof", "Kryzysztof", false},
		{NgramFingerprint, "log in", "login", true},
		{NgramFingerprint, "zzz", "zz", true},
		{NgramFingerprint, "a", "b", false},
	} {
		k := keyer{method: c.method, seed: seed}
		if same := k.key([]byte(c.a)) == k.key([]byte(c.b)); same != c.same {
			t.Errorf("method %d: %q and %q the same: %v", c.method, c.a, c.b, same)
		}
		if k.key([]byte("?!")) != 0 {
			t.Error("a text without letters has a key")
		}
	}
}

func newDataset(t *testing.T, list ...localdb.Message) *localdb.Dataset {
	t.Helper()
	d, err := localdb.Create(t.Context(), filepath.Join(t.TempDir(), "test.seedbed"), []localdb.Category{{Name: "a"}, {Name: "b"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if _, err := d.Add(t.Context(), i18n.T("Add"), list); err != nil {
		t.Fatal(err)
	}
	return d
}

func texts(t *testing.T, d *localdb.Dataset) (all []string) {
	t.Helper()
	for m, err := range d.Messages(t.Context(), localdb.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, m.Text)
	}
	return all
}

func TestGroups(t *testing.T) {
	t.Parallel()
	d := newDataset(t,
		localdb.Message{Text: "thanks!", Category: "a"},
		localdb.Message{Text: "Thanks", Category: "a", Status: localdb.Accepted},
		localdb.Message{Text: "where is it"},
		localdb.Message{Text: "Thanks ", Category: "b"},
		localdb.Message{Text: "Where is it?"},
		localdb.Message{Text: "alone"})
	g, err := Find(t.Context(), d, Fingerprint, nil)
	if err != nil || g.Len() != 2 || g.Messages != 5 || !g.Differs(0) || g.Repeats(0) != 2 {
		t.Fatalf("%d groups of %d messages, %v", g.Len(), g.Messages, err)
	}
	groups, err := g.Show(t.Context(), 0, 10)
	if err != nil || len(groups) != 2 || groups[0].Spellings[0] != (Spelling{"Thanks", 2}) || len(groups[0].Categories) != 2 || len(groups[1].IDs) != 2 {
		t.Fatalf("%+v, %v", groups, err)
	}
	changed, deleted, err := g.Change(t.Context(), []Choice{{Group: 0}, {Group: 1, Text: "Where is it now?"}}, false, nil)
	if err != nil || changed != 3 || deleted != 0 {
		t.Errorf("%d changed, %d deleted, %v", changed, deleted, err)
	}
	if got, want := texts(t, d), []string{"Thanks", "Thanks", "Where is it now?", "Thanks ", "Where is it now?", "alone"}; !slices.Equal(got, want) {
		t.Errorf("now %q", got)
	}
	if _, err := d.Undo(t.Context(), nil); err != nil || texts(t, d)[0] != "thanks!" {
		t.Errorf("undo: %v", err)
	}
	changed, deleted, err = g.Change(t.Context(), []Choice{{Group: 0, Text: "thank you"}}, true, nil)
	if err != nil || changed != 3 || deleted != 2 {
		t.Errorf("%d changed, %d deleted, %v", changed, deleted, err)
	}
	if got, want := texts(t, d), []string{"thank you", "where is it", "Where is it?", "alone"}; !slices.Equal(got, want) {
		t.Errorf("one of each: %q", got)
	}
	if m, err := d.Message(t.Context(), 2); err != nil || m.Status != localdb.Accepted {
		t.Errorf("the accepted one is gone: %v", err)
	}
	if g, err := Find(t.Context(), d, Fingerprint, []int64{3, 6}); err != nil || g.Len() != 0 {
		t.Errorf("among two that differ: %v", err)
	}
}

// processorTime is what the process has taken, which other processes don't change.
func processorTime() time.Duration {
	samples := []metrics.Sample{{Name: "/cpu/classes/user:cpu-seconds"}}
	metrics.Read(samples)
	return time.Duration(samples[0].Value.Float64() * float64(time.Second))
}

func BenchmarkGroupsOfAMillion(b *testing.B) {
	d, _, err := localdb.Import(b.Context(), filepath.Join(b.TempDir(), "million.seedbed"), nil, func(yield func(exchange.Row, error) bool) {
		for i := range 1_000_000 {
			ending := []string{"", "!", " ."}[i%3]
			if !yield(exchange.Row{Message: fmt.Sprintf("My manager said number %d is fine, and I think so too%s", i/3, ending)}, nil) {
				return
			}
		}
	}, localdb.MergeOptions{})
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	for name, method := range map[string]Method{"fingerprint": Fingerprint, "n-grams": NgramFingerprint} {
		b.Run(name, func(b *testing.B) {
			begun := processorTime()
			defer func() { b.ReportMetric((processorTime()-begun).Seconds()/float64(b.N), "cpu-s/op") }()
			for b.Loop() {
				g, err := Find(b.Context(), d, method, nil)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(g.Len()), "groups")
			}
		})
	}
}
