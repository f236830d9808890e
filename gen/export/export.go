// Package export writes a dataset into files for training: whole or split, with a card for
// Hugging Face.
package export

import (
	"cmp"
	"context"
	"errors"
	"io"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"seedbed/assets/i18n"
	"seedbed/gen/check"
	"seedbed/gen/intent/outofscope"
	"seedbed/localdb"
	"seedbed/localdb/atomicfile"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/formats"
	"seedbed/localdb/exchange/table"
	"seedbed/localdb/scratch"
	"seedbed/localdb/split"
)

// Plan says which files to write of a dataset, and how.
type Plan struct {
	Dir          string
	AcceptedOnly bool // otherwise all but rejected
	// IncludeNone adds the messages of categories kept out of training, with the category
	// outofscope.None, for classifiers that learn from them what is out of scope.
	IncludeNone bool
	Combined    bool // combined.csv, or another ending
	Format      *exchange.Format
	Form        exchange.Form // counts for CSV alone
	Notes       bool          // also the columns note and tags, in formats that have them
	Splits      bool          // train, val and test
	SplitDir    string        // their folder below Dir; "" for Dir itself
	Split       split.Options
	Card        bool // README.md for Hugging Face
}

// File is one file, written or planned.
type File struct {
	Name             string // its path below the plan's folder
	Messages         int
	Smallest         string // the category with the fewest messages in it
	SmallestMessages int
}

// Result is what an export wrote, or would write.
type Result struct {
	Files []File
	Split *split.Result  // nil without splits
	First []exchange.Row // a few rows, to show what the files are like
	Told  []i18n.Text    // what the writer says of the files, such as names that were changed; after Write alone
}

// firstRows is how many rows a preview shows.
const firstRows = 5

// ErrNothing says that no message is left by what the plan asks for.
var ErrNothing = i18n.Error("there is no message to export: accept some in Review, or export all but the rejected ones")

// Preview says what Write would write, and writes nothing.
func Preview(ctx context.Context, d *localdb.Dataset, plan Plan) (Result, error) {
	e, err := newExport(ctx, d, plan)
	if err != nil {
		return Result{}, err
	}
	return e.exported(), nil
}

// Write writes the files of a plan: all of them, or none.
func Write(ctx context.Context, d *localdb.Dataset, plan Plan) (Result, error) {
	e, err := newExport(ctx, d, plan)
	if err != nil {
		return Result{}, err
	}
	result := e.exported()
	err = writeAll(ctx, plan.Dir, e.files())
	result.Told = e.told
	return result, err
}

// SplitRows splits the labelled rows of a file into train, val and test in dir.
// The rows of a conversation stay together.
func SplitRows(ctx context.Context, dir string, rows []exchange.Row, opt split.Options) (split.Result, error) {
	items := make([]split.Item, len(rows))
	for i, row := range rows {
		items[i] = split.Item{ID: int64(i), Text: row.Message, Category: row.Category, Group: row.Conversation}
	}
	result, err := split.Split(ctx, items, opt)
	if err != nil {
		return result, err
	}
	e := export{plan: Plan{Dir: dir, Format: table.CSV, Splits: true}, rows: rows, split: &result}
	return result, writeAll(ctx, dir, e.files())
}

// writeAll puts the files into a folder once all of them are written; until then
// those that are there stay.
func writeAll(ctx context.Context, dir string, files []exportFile) (err error) {
	if err := atomicfile.CheckFolder(dir); err != nil {
		return err
	}
	for _, f := range files {
		if err := atomicfile.CheckReplace(filepath.Join(dir, filepath.FromSlash(f.name)), nil); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return i18n.Error("could not make the folder {{.Folder}}; nothing was written: {{.Cause}}", i18n.Values{"Folder": dir, "Cause": err})
	}
	beside, err := scratch.New(dir)
	if err != nil {
		return i18n.Error("could not write into {{.Folder}}; nothing was written: {{.Cause}}", i18n.Values{"Folder": dir, "Cause": err})
	}
	defer func() { err = errors.Join(err, beside.Remove()) }()
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := atomicfile.Write(beside.Join(filepath.FromSlash(f.name)), f.write); err != nil {
			return i18n.Error("{{.File}} could not be written, and no file was changed: {{.Cause}}", i18n.Values{"File": f.name, "Cause": err})
		}
	}
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = f.name
	}
	return atomicfile.MoveAll(beside.Join(""), dir, names)
}

// export holds the rows that are to be written, and which part each is in.
type export struct {
	plan       Plan
	categories []localdb.Category
	rows       []exchange.Row
	split      *split.Result
	told       []i18n.Text
}

func newExport(ctx context.Context, d *localdb.Dataset, plan Plan) (*export, error) {
	categories, err := d.Categories(ctx)
	if err != nil {
		return nil, err
	}
	e := &export{plan: plan, categories: categories}
	var messages []localdb.Message
	learned := map[string]bool{}
	for _, c := range categories {
		learned[c.Name] = c.Training && !c.Archived
	}
	for m, err := range d.Messages(ctx, exportFilter(categories, plan)) {
		if err != nil {
			return nil, err
		}
		if !learned[m.Category] {
			m.Category = outofscope.None
		}
		messages = append(messages, m)
		row := exchange.Row{Message: m.Text, Category: m.Category, Confidence: m.Confidence, HasConfidence: true, Note: m.Note, Tags: m.Tags.String()}
		if m.Source == localdb.Real {
			row.Source = realSource
		}
		e.rows = append(e.rows, row)
	}
	if len(e.rows) == 0 {
		return nil, ErrNothing
	}
	if !plan.Splits {
		return e, nil
	}
	items, err := check.SplitItems(ctx, d, messages)
	if err != nil {
		return nil, err
	}
	result, err := split.Split(ctx, items, plan.Split)
	e.split = &result
	return e, err
}

// exportFilter leaves out what is rejected or unlabelled and, unless the plan includes it,
// what is of a category that is kept out of training.
func exportFilter(categories []localdb.Category, plan Plan) localdb.Filter {
	filter := localdb.Filter{Statuses: []localdb.Status{localdb.Accepted}, Categories: []string{}}
	if !plan.AcceptedOnly {
		filter.Statuses = append(filter.Statuses, localdb.ToReview)
	}
	for _, c := range categories {
		if plan.IncludeNone || c.Training && !c.Archived {
			filter.Categories = append(filter.Categories, c.Name)
		}
	}
	return filter
}

// realSource marks the rows that people wrote.
const realSource = "real"

// exportFile is one file of an export: its name below the folder, and what is in it.
type exportFile struct {
	name  string
	rows  iter.Seq2[exchange.Row, error] // nil for the card
	write func(io.Writer) error
}

func (e *export) files() []exportFile {
	var files []exportFile
	add := func(name string, rows iter.Seq2[exchange.Row, error]) {
		files = append(files, exportFile{name, rows, func(w io.Writer) error {
			return formats.Write(w, e.plan.Format, rows, exchange.WriteOptions{Form: e.plan.Form, Notes: e.plan.Notes, Told: e.tell})
		}})
	}
	ending := e.plan.Format.Extension
	if e.plan.Combined {
		add("combined"+ending, e.part(split.LeftOut, true))
	}
	if e.plan.Splits {
		for part, name := range split.Parts {
			add(e.splitName(name), e.part(split.Part(part), false)) // below 3
		}
	}
	if e.plan.Card {
		files = append(files, exportFile{"README.md", nil, func(w io.Writer) error { return exchange.WriteCard(w, e.card()) }})
	}
	return files
}

// tell keeps what a writer says; of several files that say the same, once.
func (e *export) tell(said i18n.Text) {
	if !slices.ContainsFunc(e.told, func(t i18n.Text) bool { return t.String() == said.String() }) {
		e.told = append(e.told, said)
	}
}

func (e *export) splitName(part string) string {
	name := part + e.plan.Format.Extension
	if e.plan.SplitDir != "" {
		name = e.plan.SplitDir + "/" + name
	}
	return name
}

// part gives the rows of one part, or all.
func (e *export) part(part split.Part, all bool) iter.Seq2[exchange.Row, error] {
	return func(yield func(exchange.Row, error) bool) {
		for i, row := range e.rows {
			if (all || e.split.Parts[i] == part) && !yield(row, nil) {
				return
			}
		}
	}
}

func (e *export) exported() Result {
	result := Result{Split: e.split, First: e.rows[:min(firstRows, len(e.rows))]}
	for _, f := range e.files() {
		file := File{Name: f.name}
		if f.rows != nil {
			count := map[string]int{}
			for row := range f.rows { //nolint:errcheck // rows in memory
				count[row.Category]++
				file.Messages++
			}
			if file.Messages > 0 {
				file.Smallest = slices.MinFunc(slices.Sorted(maps.Keys(count)), func(a, b string) int { return cmp.Compare(count[a], count[b]) })
				file.SmallestMessages = count[file.Smallest]
			}
		}
		result.Files = append(result.Files, file)
	}
	return result
}

// card describes the files to those who load them.
func (e *export) card() exchange.DatasetCard {
	card := exchange.DatasetCard{Title: filepath.Base(e.plan.Dir)}
	count := map[string]int{}
	for _, row := range e.rows {
		count[row.Category]++
		if row.Source == realSource {
			card.Real++
		}
	}
	card.Synthetic = len(e.rows) - card.Real
	for _, c := range e.categories {
		if count[c.Name] > 0 {
			card.Categories = append(card.Categories, exchange.CardCategory{Name: c.Name, Is: c.Is, Messages: count[c.Name]})
		}
	}
	if n := count[outofscope.None]; n > 0 && e.plan.IncludeNone {
		card.Categories = append(card.Categories, exchange.CardCategory{Name: outofscope.None, Is: "messages that belong to none of the other categories", Messages: n})
	}
	if e.split == nil {
		card.Splits = []exchange.CardSplit{{Name: "train", File: "combined" + e.plan.Format.Extension, Messages: len(e.rows)}}
		return card
	}
	for part, name := range []string{"train", "validation", "test"} {
		card.Splits = append(card.Splits, exchange.CardSplit{Name: name, File: e.splitName(split.Parts[part]), Messages: e.split.Sizes[part]})
	}
	return card
}
