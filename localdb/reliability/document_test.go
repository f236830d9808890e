package reliability_test

import (
	"flag"
	"os"
	"testing"

	"seedbed/localdb/reliability"
)

var update = flag.Bool("update", false, "write docs/reliability.md anew")

// TestDocument compares docs/reliability.md with the record; with -update it writes it anew.
func TestDocument(t *testing.T) {
	const path = "../../docs/reliability.md"
	if *update {
		if err := os.WriteFile(path, []byte(reliability.Document(t)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(text) != reliability.Document(t) {
		t.Errorf("%s is stale; go test ./localdb/reliability -run Document -update writes it anew", path)
	}
}
