package label

import (
	"path/filepath"
	"strings"
	"testing"

	"seedbed/gen/gentest"
	"seedbed/gen/starter"
	"seedbed/localdb"
)

func TestThePromptOfABicycleShopIsNotAboutCoaching(t *testing.T) {
	t.Parallel()
	for _, about := range []string{"a support bot of a bicycle shop", ""} {
		s := starter.Starter{About: about, Categories: []localdb.Category{{Name: "repairs", Kind: "custom", Training: true}, {Name: "orders", Kind: "custom", Training: true}}}
		d, err := s.Create(t.Context(), filepath.Join(t.TempDir(), "bikes.seedbed"))
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		l := NewModel(gentest.Client("http://127.0.0.1:1"), nil)
		r, err := runOf(t.Context(), d, l, Plan{}, []localdb.Message{{Text: "my chain is off"}})
		if err != nil {
			t.Fatal(err)
		}
		request, err := l.request(r.question(r.chunks[0], 0))
		if err != nil {
			t.Fatal(err)
		}
		all := strings.ToLower(request.System + request.User)
		for _, word := range []string{"coach", "career", "job", "employ", "salar", "mentor"} {
			if strings.Contains(all, word) {
				t.Errorf("%q in:\n%s", word, all)
			}
		}
		if !strings.Contains(all, about) || strings.Contains(all, "the assistant:") != (about != "") {
			t.Errorf("about %q:\n%s", about, all)
		}
	}
}
