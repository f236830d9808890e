package ui

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2/lang"

	"seedbed/gen"
	"seedbed/localdb"
	"seedbed/localdb/exchange"
)

// openable are the endings of what can be opened or merged.
var openable = []string{datasetEnding, ".csv", ".tsv", ".txt", ".xlsx", ".json", ".jsonl", ".parquet", ".zip"}

// chooseFile asks for a dataset, or for a file with messages.
func (a *app) chooseFile() {
	a.chooseToOpen(lang.L("Open a dataset or a file with messages"), openable, func(path string) { a.openFile(path) })
}

// importAsDataset makes a dataset of a file with messages, in the documents folder
// under the file's name.
func (a *app) importAsDataset(path string) {
	var report localdb.MergeReport
	rejected := 0
	title := lang.L("Reading {{.File}}", map[string]any{"File": filepath.Base(path)})
	a.take(title, func(ctx context.Context, tell func(progress)) (*localdb.Dataset, error) {
		return underFreeName(datasetName(path), func(to string) (*localdb.Dataset, error) {
			rejected = 0
			reading, err := exchange.Open(path, exchange.Options{Rejected: func(exchange.Rejected) { rejected++ }})
			if err != nil {
				return nil, err
			}
			defer reading.Close()
			d, made, err := localdb.Import(ctx, to, gen.Categories("en"), reading.Rows(), localdb.MergeOptions{
				Source: localdb.Real, Progress: func(rows int) { tell(progress{what: title, done: rows}) },
			})
			report = made
			return d, err
		})
	}, func(err error) {
		a.fail(lang.L("{{.File}} could not be read", map[string]any{"File": filepath.Base(path)}), err)
	}, func() {
		added, left := thousands(report.Added), rejected+report.Rows-report.Added
		text := lang.L("{{.N}} messages are in the dataset", map[string]any{"N": added})
		if left > 0 {
			text = lang.L("{{.N}} messages are in the dataset, {{.Left}} lines were left out", map[string]any{"N": added, "Left": thousands(left)})
		}
		a.toasts.Done(text, "", nil)
	})
}
