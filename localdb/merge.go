package localdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// MergeOptions control how rows become messages of a dataset.
type MergeOptions struct {
	Title      i18n.Text  // what undo calls it; "Import n messages" where it is zero
	Source     Source     // of rows that don't say
	LabelledBy LabelledBy // who gave the rows' categories; Nobody for ByFile
	SkipNear   bool       // also leave out near-duplicates
	KeepKnown  bool       // also add messages that the dataset already has
	// Label, if set, is the check's: it returns a category and a confidence
	// for rows without a category that are added; "" leaves one without.
	Label func(text string) (category string, confidence float64)
	// Added, where set, is called with each row that is added, as it was read.
	Added    func(row exchange.Row)
	Progress func(rows int)
}

// MergeReport counts what happened to the rows. Each is counted once in Added, Labelled,
// Known, Near or Unusable.
type MergeReport struct {
	Rows          int
	Added         int
	Labelled      int      // gave their category to a message that was there
	Known         int      // left out: the dataset, or the file before, has the message
	Remarked      int      // of those left out: brought a note or tags for the message that was there
	Near          int      // left out: near-duplicates
	Unusable      int      // left out: not a message with a sound label
	TwoCategories int      // of those added: the same text also has another category
	NewCategories []string // those that the dataset didn't have
	LeftOut       []LeftOutRow
}

// LeftOutRow is a row that was left out.
type LeftOutRow struct {
	Line   int
	Text   string
	Reason error   // for people
	CopyOf string  // the text that it copies; "" for none
	Near   float64 // how nearly, 1 for the very same; 0 where CopyOf is ""
}

// Why rows are left out.
var (
	errKnown       = i18n.Error("the dataset has it already")
	errNearlyKnown = i18n.Error("it is a near-duplicate of another message")
	errNoMessage   = i18n.Error("it has no message")
	errNoText      = i18n.Error("it isn't text")
)

// keptLeftOut is how many rows a report lists; it counts all.
const keptLeftOut = 1000

// mostNewCategories bounds what one merge may add: a column with more names is not
// one of categories.
const mostNewCategories = 1000

// Merge adds rows of a file or of real conversations to the dataset, as one change. A
// row whose text the dataset has in the same category is left out. Where a text has two
// categories, one of which a person gave, that one is kept; where neither was, both are
// kept and flagged. New categories of the rows that are added are added with them. When
// rows ends in an error or ctx is cancelled, nothing has changed.
func (d *Dataset) Merge(ctx context.Context, rows iter.Seq2[exchange.Row, error], opt MergeOptions) (MergeReport, error) {
	var m *merger
	err := d.write(ctx, titleImport, func(tx *writeTx) (err error) {
		if m, err = d.newMerger(ctx, opt); err != nil {
			return err
		}
		first := m.next
		count, err := tx.insertRows(m.newRows(ctx, rows))
		if err != nil {
			return err
		}
		return m.finish(tx, first, count)
	})
	if err != nil {
		return MergeReport{}, i18n.Error("nothing was imported: {{.Cause}}", i18n.Values{"Cause": err})
	}
	return m.report, nil
}

// PreviewMerge reports what Merge would do, and changes nothing.
func (d *Dataset) PreviewMerge(ctx context.Context, rows iter.Seq2[exchange.Row, error], opt MergeOptions) (MergeReport, error) {
	m, err := d.newMerger(ctx, opt)
	if err != nil {
		return MergeReport{}, err
	}
	for _, err := range m.newRows(ctx, rows) {
		if err != nil {
			return MergeReport{}, err
		}
	}
	return m.report, nil
}

// Import makes a new dataset of rows and opens it. Like Create it never overwrites.
// It is quicker than Create and Merge: nobody sees the file before it is complete,
// so it needs no log.
func Import(ctx context.Context, path string, categories []Category, rows iter.Seq2[exchange.Row, error], opt MergeOptions) (*Dataset, MergeReport, error) {
	path, err := realPath(path)
	if err != nil {
		return nil, MergeReport{}, err
	}
	held, err := lockName(path)
	if err != nil {
		return nil, MergeReport{}, err
	}
	var report MergeReport
	if _, err = os.Lstat(path); err == nil {
		err = fs.ErrExist
	} else if errors.Is(err, fs.ErrNotExist) {
		err = writeBeside(path, ownerOnly, func(beside string) (err error) {
			report, err = importInto(ctx, beside, categories, rows, opt)
			return err
		})
	}
	if err != nil {
		return nil, MergeReport{}, errors.Join(fmt.Errorf("making %s: %w", filepath.Base(path), err), held.Release())
	}
	d, err := open(ctx, path, held)
	return d, report, err
}

func importInto(ctx context.Context, path string, categories []Category, rows iter.Seq2[exchange.Row, error], opt MergeOptions) (report MergeReport, err error) {
	if err := fillFile(ctx, path, categories); err != nil {
		return MergeReport{}, err
	}
	d, err := openUnlogged(ctx, path)
	if err != nil {
		return MergeReport{}, err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	m, err := d.newMerger(ctx, opt)
	if err != nil {
		return MergeReport{}, err
	}
	count, err := bulkInsert(ctx, path, m.newRows(ctx, rows))
	if err != nil {
		return MergeReport{}, err
	}
	err = d.write(ctx, titleImport, func(tx *writeTx) error {
		m.newCategories = m.report.NewCategories
		return m.finish(tx, 1, count)
	})
	return m.report, err
}

// openUnlogged opens a file that is being made and that nobody else sees.
func openUnlogged(ctx context.Context, path string) (*Dataset, error) {
	d := &Dataset{path: path, file: path, index: newMessageIndex(path, false)}
	var err error
	if d.writer, err = sql.Open("sqlite", ownSource(path, "rw")); err != nil {
		return nil, err
	}
	d.writer.SetMaxOpenConns(1)
	_, err = d.writer.ExecContext(ctx, `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF`)
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// finish records the messages that were added, the first of which has the id first,
// for undo, and changes the messages that were there before.
func (m *merger) finish(tx *writeTx, first, count int64) error {
	if tx.title = m.opt.Title; tx.title.IsZero() {
		tx.title = titleImport.With(messagesOf(m.report.Added))
	}
	if count > 0 {
		if err := tx.recordPresence("messages", 1, idRange{first, first + count - 1}); err != nil {
			return err
		}
	}
	if err := tx.addCategories(m.newCategories); err != nil {
		return err
	}
	if m.opt.Label != nil {
		_, err := tx.execUnrecorded(`UPDATE messages SET doubt = 1 - confidence WHERE id BETWEEN ? AND ? AND labelled_by = ?`, first, first+count-1, int(ByCheck))
		if err != nil {
			return err
		}
	}
	if _, err := tx.changeMessages(m.conflicts, "true", columns{"flags": "flags | :flag"}, args{"flag": int(TwoCategories)}); err != nil {
		return err
	}
	if err := tx.addRemarks(m.remarks); err != nil {
		return err
	}
	return tx.relabel(m.relabel, m.opt.LabelledBy)
}

// relabel gives messages the labels of rows with the same text.
func (tx *writeTx) relabel(list []relabelling, by LabelledBy) error {
	if len(list) == 0 {
		return nil
	}
	_, err := tx.execUnrecorded(`
		CREATE TEMP TABLE labels (id INTEGER PRIMARY KEY, category INTEGER, confidence REAL);
		INSERT OR REPLACE INTO temp.labels SELECT value ->> 'id', value ->> 'category', value ->> 'confidence' FROM json_each(?)`, jsonOf(list))
	if err != nil {
		return err
	}
	of := func(column string) string {
		return "(SELECT " + column + " FROM temp.labels WHERE labels.id = messages.id)"
	}
	_, err = tx.change("messages", "id IN (SELECT id FROM temp.labels)", columns{
		"category": of("category"), "confidence": of("confidence"), "labelled_by": ":by", "flags": "flags & :kept",
		"reads_as": "NULL", "reads_as_score": "NULL", "doubt": "0",
	}, args{"by": int(by), "kept": int(^fromCheck)})
	if err != nil {
		return err
	}
	_, err = tx.execUnrecorded(`DROP TABLE temp.labels`)
	return err
}
