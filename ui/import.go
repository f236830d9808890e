package ui

import (
	"context"
	"errors"
	"io/fs"
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
	a.chooseToOpen(lang.L("Open a dataset or a file with messages"), openable, a.openFile)
}

// importAsDataset makes a dataset of a file with messages, in the documents folder
// under the file's name.
func (a *app) importAsDataset(path string) {
	var report localdb.MergeReport
	rejected := 0
	a.take(lang.L("Reading the file"), func(ctx context.Context) (*localdb.Dataset, error) {
		reading, err := exchange.Open(path, exchange.Options{Rejected: func(exchange.Rejected) { rejected++ }})
		if err != nil {
			return nil, err
		}
		defer reading.Close()
		dir, err := documents()
		if err != nil {
			return nil, err
		}
		for n := 1; ; n++ {
			name := datasetName(path)
			if n > 1 {
				name += " " + thousands(n)
			}
			d, made, err := localdb.Import(ctx, filepath.Join(dir, name+datasetEnding), gen.Categories("en"), reading.Rows(), localdb.MergeOptions{Source: localdb.Real})
			if !errors.Is(err, fs.ErrExist) {
				report = made
				return d, err
			}
		}
	}, func() {
		a.toasts.Done(lang.L("{{.N}} messages are in the dataset, {{.Left}} lines were left out", map[string]any{
			"N": thousands(report.Added), "Left": thousands(rejected + report.Rows - report.Added),
		}), "", nil)
	})
}
