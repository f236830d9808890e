package ui

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2/lang"

	"seedbed/gen"
	"seedbed/gen/realdata"
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
// under the file's name. Of conversations it takes what users said, and it hides
// personal details: to keep them, people merge the file on the page for real messages.
func (a *app) importAsDataset(path string) {
	var report localdb.MergeReport
	var cleaned realdata.Cleaned
	rejected := 0
	title := lang.L("Reading {{.File}}", map[string]any{"File": filepath.Base(path)})
	a.take(title, func(ctx context.Context, tell func(progress)) (*localdb.Dataset, error) {
		source := &realSource{path: path}
		found, err := source.look(ctx, func(lines int) { tell(progress{what: title, done: lines}) })
		if err != nil {
			return nil, err
		}
		source.take(found)
		cleaning := realdata.Cleaning{Roles: source.roles(), Hide: true}
		return underFreeName(datasetName(path), func(to string) (d *localdb.Dataset, err error) {
			rejected = 0
			rows := cleaning.Rows(source.stream()(ctx, func(exchange.Rejected) { rejected++ }), &cleaned)
			d, report, err = localdb.Import(ctx, to, gen.Categories("en"), rows, localdb.MergeOptions{
				Source: localdb.Real, Progress: func(rows int) { tell(progress{what: title, done: rows, total: max(rows, source.lines)}) },
			})
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
		if cleaned.Masked > 0 {
			text += ". " + lang.L("Personal details are hidden in {{.N}} of them", map[string]any{"N": thousands(cleaned.Masked)})
		}
		a.toasts.Done(text, "", nil)
	})
}
