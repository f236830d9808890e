package export

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"seedbed/assets/i18n"
	"seedbed/gen/gentest"
	"seedbed/localdb"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/formats"
	"seedbed/localdb/exchange/jsonfile"
	"seedbed/localdb/exchange/parquet"
	"seedbed/localdb/exchange/spreadsheet"
	"seedbed/localdb/exchange/table"
	"seedbed/localdb/split"
)

// exportable is a dataset of 100 messages in each of two categories, most of them to
// review, with some that no export may have.
func exportable(t *testing.T) *localdb.Dataset {
	t.Helper()
	d := gentest.NewDataset(t)
	ctx := t.Context()
	if _, err := d.AddCategory(ctx, localdb.Category{Name: "off_topic"}); err != nil { // Training is false
		t.Fatal(err)
	}
	var list []localdb.Message
	for i := range 200 {
		m := localdb.Message{
			Text: fmt.Sprintf("%x %x %x", i*7919+1, i*104729+3, i*1299709+5), Category: []string{"social", "emotional"}[i/100],
			Confidence: 0.5, LabelledBy: localdb.ByWriter, Source: localdb.Source(i % 2),
		}
		if i < 10 {
			m.Conversation = "the same"
		}
		if i%4 == 0 {
			m.Status = localdb.Accepted
		}
		list = append(list, m)
	}
	list = append(list,
		localdb.Message{Text: "=1+1 begins like a formula", Category: "social", Confidence: 1, LabelledBy: localdb.ByFile},
		localdb.Message{Text: "no label"},
		localdb.Message{Text: "the weather today", Category: "off_topic", Confidence: 1, LabelledBy: localdb.ByPerson},
		localdb.Message{Text: "was rejected", Category: "social", Confidence: 1, LabelledBy: localdb.ByWriter, Status: localdb.Rejected})
	if _, err := d.Add(ctx, i18n.T("Import"), list); err != nil {
		t.Fatal(err)
	}
	return d
}

func readRows(t *testing.T, path string) [][]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

func fullPlan(dir string) Plan {
	return Plan{
		Dir: dir, Combined: true, Format: table.CSV, Splits: true, SplitDir: "intent", Card: true,
		Split: split.Options{Ratios: [3]float64{80, 10, 10}, Seed: 42},
	}
}

func TestExport(t *testing.T) {
	t.Parallel()
	d, dir := exportable(t), filepath.Join(t.TempDir(), "out")
	planned, err := Preview(t.Context(), d, fullPlan(dir))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the preview wrote something: %v", err)
	}
	written, err := Write(t.Context(), d, fullPlan(dir))
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(planned.Files) != fmt.Sprint(written.Files) {
		t.Errorf("planned %v, wrote %v", planned.Files, written.Files)
	}
	combined := readRows(t, filepath.Join(dir, "combined.csv"))
	if len(combined) != 201 || combined[0][2] != "0.5" {
		t.Errorf("%d rows, the first is %q", len(combined), combined[0])
	}
	place := map[string]string{}
	for _, part := range split.Parts {
		for _, row := range readRows(t, filepath.Join(dir, "intent", part+".csv")) {
			if place[row[0]] != "" {
				t.Errorf("%q stands twice", row[0])
			}
			place[row[0]] = part
		}
	}
	if len(place) != 201 {
		t.Errorf("the splits have %d messages", len(place))
	}
	for _, row := range combined[:10] {
		if place[row[0]] != place[combined[0][0]] {
			t.Error("a conversation stands in two files")
		}
	}
	card, err := os.ReadFile(filepath.Join(dir, "README.md"))
	if err != nil || !strings.Contains(string(card), "intent/train.csv") || !strings.Contains(string(card), "emotional") {
		t.Errorf("the card says %q, %v", card, err)
	}
}

func TestExportIncludesNone(t *testing.T) {
	t.Parallel()
	d, dir := exportable(t), t.TempDir()
	plan := fullPlan(dir)
	plan.IncludeNone = true
	if _, err := Write(t.Context(), d, plan); err != nil {
		t.Fatal(err)
	}
	rows := readRows(t, filepath.Join(dir, "combined.csv"))
	count := map[string]int{}
	for _, row := range rows {
		count[row[1]]++
		if (row[1] == "none") != (row[0] == "the weather today") {
			t.Errorf("%q", row)
		}
	}
	if len(rows) != 202 || count["none"] != 1 || count["off_topic"] != 0 {
		t.Errorf("%v", count)
	}
	inSplits := 0
	for _, part := range split.Parts {
		for _, row := range readRows(t, filepath.Join(dir, "intent", part+".csv")) {
			if row[1] == "none" {
				inSplits++
			}
		}
	}
	if inSplits != 1 {
		t.Errorf("the splits have it %d times", inSplits)
	}
	if card, err := os.ReadFile(filepath.Join(dir, "README.md")); err != nil || !strings.Contains(string(card), "none of the other categories") {
		t.Errorf("the card says %q, %v", card, err)
	}
}

func TestExportOfAcceptedInOtherFormats(t *testing.T) {
	t.Parallel()
	d := exportable(t)
	for _, format := range []*exchange.Format{table.CSV, spreadsheet.XLSX, jsonfile.JSONL, parquet.Parquet} {
		ending := format.Extension
		dir := t.TempDir()
		plan := Plan{Dir: dir, AcceptedOnly: true, Combined: true, Format: format}
		if _, err := Write(t.Context(), d, plan); err != nil {
			t.Fatal(err)
		}
		reading, err := formats.Open(filepath.Join(dir, "combined"+ending), exchange.Options{})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, err := range reading.Rows() {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		if err := reading.Close(); err != nil || n != 50 {
			t.Errorf("%s: %d rows, %v", ending, n, err)
		}
	}
}

func TestExportForExcelIsGuarded(t *testing.T) {
	t.Parallel()
	d, dir := exportable(t), t.TempDir()
	if _, err := Write(t.Context(), d, Plan{Dir: dir, Combined: true, Format: table.CSV, Form: exchange.ForExcel}); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "combined.csv"))
	if err != nil || !strings.Contains(string(data), "'=1+1") {
		t.Errorf("the formula is not guarded, %v", err)
	}
}

func TestExportFailsWhole(t *testing.T) {
	t.Parallel()
	d, dir := exportable(t), t.TempDir()
	old := filepath.Join(dir, "combined.csv")
	if err := os.WriteFile(old, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	plan := fullPlan(dir)
	e, err := newExport(ctx, d, plan)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := writeAll(ctx, dir, e.files()); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if data, err := os.ReadFile(old); string(data) != "mine" {
		t.Errorf("the old file is now %q, %v", data, err)
	}
	if _, err := Write(t.Context(), gentest.NewDataset(t), plan); !errors.Is(err, ErrNothing) {
		t.Errorf("an empty dataset gave %v", err)
	}
}
