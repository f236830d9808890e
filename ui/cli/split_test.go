//go:build unix

package cli

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"seedbed/assets/i18n"
	"seedbed/localdb"
)

func TestSplitIncludesCategoriesKeptOutOfTraining(t *testing.T) {
	path := filepath.Join(t.TempDir(), "d.seedbed")
	d, err := localdb.Create(t.Context(), path, []localdb.Category{{Name: "order", Training: true}, {Name: "refund", Training: true}, {Name: "off_topic"}})
	if err != nil {
		t.Fatal(err)
	}
	var messages []localdb.Message
	for i := range 30 {
		category := []string{"order", "refund", "off_topic"}[i%3]
		messages = append(messages, localdb.Message{Text: fmt.Sprintf("%s number %d %s", category, i, strings.Repeat(string(rune('a'+i%26)), 9)), Category: category, Source: localdb.Real})
	}
	if _, err := d.Add(t.Context(), i18n.Text{}, messages); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	for flag, want := range map[string]bool{"--include-none": true, "--seed=42": false} {
		var out, errOut bytes.Buffer
		if code := run(t.Context(), []string{"split", "--dataset", path, "--output", t.TempDir(), "--json", flag}, &out, &errOut); code != exitDone {
			t.Fatalf("%d: %s", code, errOut.String())
		}
		if got := strings.Contains(out.String(), `"none": {`); got != want || strings.Contains(out.String(), "off_topic") {
			t.Errorf("%s: %s", flag, out.String())
		}
	}
}
