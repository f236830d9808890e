package gen

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"seedbed/localdb"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/formats"
	"seedbed/localdb/exchange/jsonfile"
	"seedbed/localdb/exchange/parquet"
	"seedbed/localdb/exchange/spreadsheet"
	"seedbed/localdb/exchange/table"
)

// exportable is a dataset of 100 messages in each of two categories, most of them to
// review, with some that no export may have.
func exportable(t *testing.T) *localdb.Dataset {
	t.Helper()
	d := newDataset(t)
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
	if _, err := d.Add(ctx, "Import", list); err != nil {
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

func fullPlan(dir string) ExportPlan {
	return ExportPlan{
		Dir: dir, Combined: true, Format: table.CSV, Splits: true, SplitDir: "intent", Card: true,
		Split: localdb.SplitOptions{Ratios: [3]float64{80, 10, 10}, Seed: 42},
	}
}

func TestExport(t *testing.T) {
	d, dir := exportable(t), filepath.Join(t.TempDir(), "out")
	planned, err := PreviewExport(t.Context(), d, fullPlan(dir))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the preview wrote something: %v", err)
	}
	written, err := Export(t.Context(), d, fullPlan(dir))
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
	for _, part := range localdb.Parts {
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

func TestExportOfAcceptedInOtherFormats(t *testing.T) {
	d := exportable(t)
	for _, format := range []*exchange.Format{table.CSV, spreadsheet.XLSX, jsonfile.JSONL, parquet.Parquet} {
		ending := format.Extension
		dir := t.TempDir()
		plan := ExportPlan{Dir: dir, AcceptedOnly: true, Combined: true, Format: format}
		if _, err := Export(t.Context(), d, plan); err != nil {
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
	d, dir := exportable(t), t.TempDir()
	if _, err := Export(t.Context(), d, ExportPlan{Dir: dir, Combined: true, Format: table.CSV, Form: exchange.ForExcel}); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "combined.csv"))
	if err != nil || !strings.Contains(string(data), "'=1+1") {
		t.Errorf("the formula is not guarded, %v", err)
	}
}

func TestExportFailsWhole(t *testing.T) {
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
	if _, err := Export(t.Context(), newDataset(t), plan); !errors.Is(err, ErrNothingToExport) {
		t.Errorf("an empty dataset gave %v", err)
	}
}

func TestFamiliesAreOfLanguageModels(t *testing.T) {
	d := newDataset(t)
	w, err := NewBuiltinWriter("en", 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Generate(t.Context(), Job{Dataset: d, Writer: w, Plan: smallPlan()}); err != nil {
		t.Fatal(err)
	}
	items, err := d.SplitItems(t.Context(), messages(t, d))
	if err != nil || len(items) == 0 {
		t.Fatal(err)
	}
	for _, item := range items {
		if item.Family != "" {
			t.Errorf("%q was written on its own and is of the family %q", item.Text, item.Family)
		}
	}
}
