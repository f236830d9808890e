package formats

import (
	"flag"
	"os"
	"testing"
)

// TestDocument compares docs/formats.md with the code; with -update it writes it anew.
func TestDocument(t *testing.T) {
	const path = "../../../docs/formats.md"
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(path, []byte(Document()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(text) != Document() {
		t.Errorf("%s is stale; go test ./localdb/exchange/formats -run Document -update writes it anew", path)
	}
}
