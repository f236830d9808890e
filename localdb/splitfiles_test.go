package localdb

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"seedbed/localdb/exchange"
)

func TestExportSplits(t *testing.T) {
	d := newDataset(t)
	if _, err := d.AddCategory(t.Context(), Category{Name: "off_topic"}); err != nil {
		t.Fatal(err)
	}
	var messages []Message
	for i, item := range distinct(2, 100) {
		m := Message{Text: item.Text, Category: testCategories[i/100].Name, Confidence: 0.5, LabelledBy: ByWriter}
		if i < 10 {
			m.Conversation = "the same"
		}
		messages = append(messages, m)
	}
	messages = append(messages, texts("no label")...)
	messages = append(messages, Message{Text: "the weather", Category: "off_topic", Confidence: 1, LabelledBy: ByPerson}, Message{Text: "bad", Status: Rejected, Category: "social", Confidence: 1})
	add(t, d, messages...)

	folder := filepath.Join(t.TempDir(), "new", "intent")
	report, err := d.ExportSplits(t.Context(), folder, Filter{Statuses: []Status{ToReview, Accepted}}, eightyTenTen, exchange.ForTraining)
	if err != nil {
		t.Fatal(err)
	}
	if report.Sizes != [3]int{160, 20, 20} || report.Unlabelled != 1 || report.NotTraining != 1 || len(report.Leaks) > 0 {
		t.Errorf("%+v", report)
	}
	seen := map[string]string{}
	for part, path := range report.Paths {
		file, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(string(file), "\n"), "\n")
		if lines[0] != "message,category,confidence" || len(lines)-1 != report.Sizes[part] {
			t.Errorf("%s has %d lines and begins with %q", path, len(lines), lines[0])
		}
		for _, line := range lines[1:] {
			seen[line] = path
		}
	}
	if len(seen) != 200 {
		t.Errorf("%d different lines", len(seen))
	}
	for _, m := range messages[:10] {
		if line := m.Text + ",rag_query,0.5"; seen[line] == "" || seen[line] != seen[messages[0].Text+",rag_query,0.5"] {
			t.Errorf("%q is in %q", line, seen[line])
		}
	}
	if left, _ := filepath.Glob(filepath.Join(folder, ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestWriteSplitsKeepsTheOldFiles(t *testing.T) {
	folder := t.TempDir()
	rows := make([]exchange.Row, 100)
	for i, item := range distinct(1, 100) {
		rows[i] = exchange.Row{Message: item.Text, Category: "a"}
	}
	if _, err := WriteSplits(t.Context(), folder, rows, eightyTenTen, exchange.ForTraining); err != nil {
		t.Fatal(err)
	}
	before := folderContent(t, folder)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := WriteSplits(ctx, folder, rows[:50], eightyTenTen, exchange.ForTraining); err == nil {
		t.Error("a stopped split gave no error")
	}
	if _, err := WriteSplits(t.Context(), folder, []exchange.Row{{Message: "x"}}, eightyTenTen, exchange.ForTraining); err == nil {
		t.Error("nothing labelled gave no error")
	}
	if after := folderContent(t, folder); after != before {
		t.Errorf("was %q, is %q", before, after)
	}
}

func folderContent(t testing.TB, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, entry := range entries {
		content, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "%s: %s\n", entry.Name(), content)
	}
	return out.String()
}
