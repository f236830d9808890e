//go:build unix

package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"seedbed/assets/visible"
)

// hostile acts on a terminal: a colour, a title, a cleared line, a forged line, a turned
// order, and characters that can't be seen.
const hostile = "x\x1b[31m\x1b]0;title\a\rseedbed: all is well\u202egnp\u2066\u009b2J\u200b\U000e0041\u2028y"

// TestNothingActsOnTheTerminal has every command that shows what others wrote show something hostile.
func TestNothingActsOnTheTerminal(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("DATABASE_URL", "")
	t.Setenv("OPENAI_API_KEY", "sk-some")
	name := "a" + strings.ReplaceAll(hostile, "/", "") + ".csv"
	var rows strings.Builder
	rows.WriteString("message,category" + strings.ReplaceAll(hostile, "\r", "") + "\n")
	for i, word := range strings.Fields("alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo sierra tango") {
		fmt.Fprintf(&rows, "\"%s %s number %d %s\",\"kind %d %s\"\n", word, word, i, hostile, i%2, hostile)
	}
	for i := range 2 { // one text under two categories
		fmt.Fprintf(&rows, "\"twice %s\",\"kind %d %s\"\n", hostile, i, hostile)
	}
	if err := os.WriteFile(name, []byte(rows.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusUnauthorized)
		_ = json.NewEncoder(w).Encode(map[string]any{"error": map[string]string{"message": "no " + hostile, "code": hostile}})
	}))
	defer server.Close()
	t.Setenv("OPENAI_BASE_URL", server.URL)
	for _, args := range [][]string{
		{"look", name},
		{"look", name, "--json"},
		{"look", "none" + hostile},
		{"look", name, "--format", hostile},
		{"look", name, "--category-column", hostile},
		{"merge", name, "--output", "merged" + hostile + ".csv"},
		{"merge", name, "--output", "merged.csv", "--json"},
		{"merge", name, "--output", "m.txt", "--output-format", hostile},
		{"train", "--train-data", name, "--val-data", name, "--output", "m" + hostile},
		{"train", "--train-data", name, "--output", "intent.model"},
		{"evaluate", "--model", "intent.model", "--test-data", name, "--output", "out" + hostile},
		{"predict", "--model", "intent.model", "--explain", hostile},
		{"predict", "--model", "intent.model", "--json", hostile},
		{"label", "--input", name, "--output", "l" + hostile + ".csv", "--model", "intent.model"},
		{"label", "--input", name, "--output", "l.csv", "--labeller", "openai", "--base-url", server.URL, "--model", hostile},
		{"generate", "--output", "g.csv", "--base-url", server.URL, "--model", hostile, "--rag-count", "1"},
		{"generate", "--output", "h.csv", "--count", hostile + "=1"},
		{"generate", "--output", "h.csv", "--language", hostile},
		{"split", "--input", name, "--output", "parts" + hostile},
		{"split", "--input", name, "--output", "p", "--ratios", hostile},
		{"serve", "--model", name, "--address", hostile},
		{hostile},
		{"--" + hostile},
		{"look", "--" + hostile},
	} {
		var printed bytes.Buffer
		run(t.Context(), args, &printed, &printed)
		if printed.Len() == 0 {
			t.Errorf("%q says nothing", args)
		}
		for line := range strings.Lines(printed.String()) {
			if shown := strings.TrimRight(line, "\n"); visible.Line(shown) != shown || strings.HasPrefix(line, "seedbed: all is well") {
				t.Errorf("%q prints %q", args, line)
			}
		}
	}
	report, err := os.ReadFile("out" + hostile + "/evaluation_report.txt")
	if err != nil || visible.Lines(string(report)) != string(report) {
		t.Errorf("the report has %q, %v", report, err)
	}
	// What is written for programs is as it was.
	merged, err := os.ReadFile("merged.csv")
	if err != nil || !strings.Contains(string(merged), "\x1b[31m") || !strings.Contains(string(merged), "\u202egnp") {
		t.Errorf("the CSV file has %q, %v", merged, err)
	}
}
