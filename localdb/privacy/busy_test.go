package privacy

import (
	"path/filepath"
	"strings"
	"testing"

	"seedbed/localdb"
)

// While somebody reads the old state, the log can't be emptied: that is said, and doing it
// again later removes the rest.
func TestForgettingWhileSomebodyReads(t *testing.T) {
	t.Parallel()
	d := lived(t)
	for _, err := range d.Messages(t.Context(), localdb.Filter{}) {
		check(t, err)
		_, err := Forget(t.Context(), d, Request{Text: "Zebediah Quux", Passages: true})
		if err == nil || !strings.Contains(err.Error(), "forget them once more") {
			t.Errorf("while the dataset is being read: %v", err)
		}
		break
	}
	_, err := Forget(t.Context(), d, Request{Text: "Zebediah Quux", Passages: true})
	check(t, err)
	if left := grep(t, filepath.Dir(d.Path()), "zebediah quux"); left != nil {
		t.Errorf("left: %q", left)
	}
}
