package realdata

import (
	"context"
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2/lang"

	"seedbed/gen/realdata"
	"seedbed/gen/starter"
	"seedbed/localdb"
	"seedbed/localdb/exchange"
	"seedbed/ui/shell"
)

// Import makes a dataset of a file with messages, in the documents folder
// under the file's name. Of conversations it takes what users said, and it hides
// personal details: to keep them, people merge the file on the page for real messages.
func Import(w *shell.Window, path string) {
	var report localdb.MergeReport
	var cleaned realdata.Cleaned
	rejected := 0
	title := lang.L("Reading {{.File}}", map[string]any{"File": filepath.Base(path)})
	w.ReplaceDataset(title, func(ctx context.Context, tell func(shell.Progress)) (*localdb.Dataset, error) {
		source := &source{path: path}
		found, lines, err := source.inspect(ctx, func(lines int) { tell(shell.Progress{What: title, Done: lines}) })
		if err != nil {
			return nil, err
		}
		if asksEncoding(found) {
			// better nothing than wrong letters
			return nil, errors.New(lang.L("the encoding of its letters is not certain, so nothing was stored; create a dataset and open the file on the Real data page, where you can choose how it reads"))
		}
		source.take(found, lines)
		cleaning := realdata.Cleaning{Roles: source.roles(), Hide: true, Region: languageRegion(w.Settings)}
		begins, err := startOf(ctx, path)
		if err != nil {
			return nil, err
		}
		return shell.CreateInDocuments(shell.DatasetName(path), func(to string) (d *localdb.Dataset, err error) {
			rejected = 0
			rows := cleaning.Rows(source.stream()(ctx, func(exchange.Rejected) { rejected++ }), &cleaned)
			d, report, err = localdb.Import(ctx, to, begins.Categories, rows, localdb.MergeOptions{
				Source: localdb.Real, Progress: func(rows int) { tell(shell.Progress{What: title, Done: rows, Total: max(rows, source.lines)}) },
			})
			if err == nil {
				err = d.SetDomain(ctx, begins.Domain())
			}
			return d, err
		})
	}, func(err error) {
		w.Fail(lang.L("{{.File}} could not be read", map[string]any{"File": filepath.Base(path)}), err)
	}, func() {
		added, left := shell.Thousands(report.Added), rejected+report.Rows-report.Added
		text := lang.L("{{.N}} messages are in the dataset", map[string]any{"N": added})
		if left > 0 {
			text = lang.L("{{.N}} messages are in the dataset, {{.Left}} lines were left out", map[string]any{"N": added, "Left": shell.Thousands(left)})
		}
		if cleaned.Masked > 0 {
			text += ". " + lang.L("Personal details are hidden in {{.N}} of them", map[string]any{"N": shell.Thousands(cleaned.Masked)})
		}
		w.Toasts.Show(text, "", nil)
	})
}

// startOf is what a dataset of a file starts with: the categories of its labelled messages,
// or the default ones where none has a category.
func startOf(ctx context.Context, path string) (starter.Starter, error) {
	found, err := starter.FromMessages(ctx, path)
	switch {
	case ctx.Err() != nil:
		return starter.Starter{}, ctx.Err()
	case err != nil: // what can't be read is said by who reads the messages
		return shell.TranslateStarter(starter.Default()), nil //nolint:nilerr // see above
	}
	return found.Starter, nil
}
