package localdb

import (
	"strings"
	"testing"
)

func TestTheDomainStays(t *testing.T) {
	t.Parallel()
	d := newDataset(t)
	if domain, err := d.Domain(t.Context()); err != nil || domain != (Domain{}) {
		t.Fatalf("a new one has %+v, %v", domain, err)
	}
	want := Domain{About: "a bot of a shop", Instructions: "no emoji\nno brands", Template: "{{.About}}\n"}
	given := want
	given.About, given.Instructions = "  a bot\n of  a shop ", want.Instructions+"\n\n"
	if err := d.SetDomain(t.Context(), given); err != nil {
		t.Fatal(err)
	}
	d = reopen(t, d)
	if got, err := d.Domain(t.Context()); err != nil || got != want {
		t.Fatalf("got %+v, %v", got, err)
	}
	for _, long := range []Domain{
		{About: strings.Repeat("é", LongestAbout+1)}, {Instructions: strings.Repeat("x", LongestInstructions+1)}, {Template: strings.Repeat("x", LongestTemplate+1)},
	} {
		if err := d.SetDomain(t.Context(), long); err == nil || !strings.Contains(err.Error(), "nothing was changed") {
			t.Errorf("%v", err)
		}
	}
	if got, err := d.Domain(t.Context()); err != nil || got != want {
		t.Fatalf("got %+v, %v", got, err)
	}
}

func TestOldDatasetsAboutCoachingSaySo(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		categories  []string
		about, bank string
	}{
		"coaching":          {[]string{"rag_query", "social", "emotional", "chitchat", "my own"}, "a career-coaching assistant", "coaching/chitchat"},
		"something else":    {[]string{"rag_query", "chitchat", "repairs"}, "", ""},
		"one name the same": {[]string{"social", "chitchat", "banking"}, "", ""},
	} {
		path := oldDataset(t)
		db := openFile(t, path, "rw")
		for i, category := range test.categories {
			if _, err := db.Exec(`INSERT INTO categories (name, kind, is_what, is_not, examples, colour, key, target, training, archived, position)
				VALUES (?, 'custom', '', '', '[]', '', '', 0, 1, 0, ?)`, category, i); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		d := openDataset(t, path)
		domain, err := d.Domain(t.Context())
		c, _ := categoryNamed(t, d, "chitchat")
		if err != nil || domain.About != test.about || c.Bank != test.bank {
			t.Errorf("%s: it is about %q, chitchat's bank is %q, %v", name, domain.About, c.Bank, err)
		}
	}
}
