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
	"slices"
	"strings"
	"unicode/utf8"

	zombiezen "zombiezen.com/go/sqlite"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// MergeOptions say how rows become messages of a dataset.
type MergeOptions struct {
	Title      i18n.Text  // what undo calls it; "Import n messages" where it is zero
	Source     Source     // of rows that don't say
	LabelledBy LabelledBy // who gave the rows' categories; Nobody for ByFile
	SkipNear   bool       // leave out what nearly copies another message, too
	KeepKnown  bool       // take in what the dataset has already once more
	// Label, where there is one, is the check's: it gives a category and a confidence
	// to the rows without one that are added.
	Label func(text string) (category string, confidence float64)
	// Added, where there is one, is told each row that comes in, as it came.
	Added    func(row exchange.Row)
	Progress func(rows int)
}

// MergeReport is what became of the rows. Each is counted once in Added, Labelled,
// Known, Near or Unusable.
type MergeReport struct {
	Rows          int
	Added         int
	Labelled      int      // gave their category to a message that was there
	Known         int      // left out: the dataset, or the file before, has the message
	Near          int      // left out: near-duplicates
	Unusable      int      // left out: not a message with a sound label
	TwoCategories int      // of those added: the same text has another category, too
	NewCategories []string // those that the dataset hadn't
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
	errNearlyKnown = i18n.Error("it nearly copies another message")
	errNoMessage   = i18n.Error("it has no message")
	errNoText      = i18n.Error("it isn't text")
)

// keptLeftOut is how many rows a report lists; it counts all.
const keptLeftOut = 1000

// mostNewCategories bounds what one merge may add: a column with more names is none
// of categories.
const mostNewCategories = 1000

// Merge puts rows of a file or of real conversations into the dataset, as one change.
// A text that is there already under the row's category is left out. So is, where
// one of two categories of a text was given by a person, the other; where nobody
// decided, both stay and are flagged. Categories that are new are added. When rows
// ends in an error or ctx is done, nothing has changed.
func (d *Dataset) Merge(ctx context.Context, rows iter.Seq2[exchange.Row, error], opt MergeOptions) (MergeReport, error) {
	var m *merger
	err := d.write(ctx, titleImport, func(tx *writeTx) (err error) {
		if m, err = d.newMerger(ctx, opt); err != nil {
			return err
		}
		first := m.next
		count, err := tx.insertRows(m.sift(ctx, rows))
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

// PreviewMerge says what Merge would do, and does nothing.
func (d *Dataset) PreviewMerge(ctx context.Context, rows iter.Seq2[exchange.Row, error], opt MergeOptions) (MergeReport, error) {
	m, err := d.newMerger(ctx, opt)
	if err != nil {
		return MergeReport{}, err
	}
	for _, err := range m.sift(ctx, rows) {
		if err != nil {
			return MergeReport{}, err
		}
	}
	return m.report, nil
}

// Import makes a new dataset of rows and opens it. Like Create it never overwrites.
// It is quicker than Create and Merge, since nobody sees the file before it is whole
// and so it needs no log.
func Import(ctx context.Context, path string, categories []Category, rows iter.Seq2[exchange.Row, error], opt MergeOptions) (*Dataset, MergeReport, error) {
	path, err := realPath(path)
	if err != nil {
		return nil, MergeReport{}, err
	}
	held, err := lock(path)
	if err != nil {
		return nil, MergeReport{}, err
	}
	var report MergeReport
	if _, err = os.Lstat(path); err == nil {
		err = fs.ErrExist
	} else if errors.Is(err, fs.ErrNotExist) {
		err = writeBeside(path, func(beside string) (err error) {
			report, err = importInto(ctx, beside, categories, rows, opt)
			return err
		})
	}
	if err != nil {
		return nil, MergeReport{}, errors.Join(fmt.Errorf("making %s: %w", filepath.Base(path), err), unlock(held))
	}
	d, err := open(ctx, path, held)
	return d, report, err
}

func importInto(ctx context.Context, path string, categories []Category, rows iter.Seq2[exchange.Row, error], opt MergeOptions) (report MergeReport, err error) {
	if err := createFile(ctx, path, categories); err != nil {
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
	count, err := bulkInsert(ctx, path, m.sift(ctx, rows))
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
	d := &Dataset{path: path, index: newMessageIndex(path, false)}
	var err error
	if d.writer, err = sql.Open("sqlite", dataSource(path, "rw")); err != nil {
		return nil, err
	}
	d.writer.SetMaxOpenConns(1)
	_, err = d.writer.ExecContext(ctx, `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF`)
	if err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// merger decides what becomes of each row.
type merger struct {
	d      *Dataset
	opt    MergeOptions
	report MergeReport

	created       any
	known         *knownTexts
	next          int64             // the id of the next message
	categories    map[string]uint16 // by name in lower case
	lastCategory  int64
	newCategories []string // not yet handed on with a row
	relabel       []relabelling
	conflicts     []int64 // messages with the text of one that is added, under another category
}

// relabelling is the label that a message which is there gets from a row.
type relabelling struct {
	ID         int64   `json:"id"`
	Category   uint16  `json:"category"`
	Confidence float64 `json:"confidence"`
}

func (d *Dataset) newMerger(ctx context.Context, opt MergeOptions) (*merger, error) {
	if opt.LabelledBy == Nobody {
		opt.LabelledBy = ByFile
	}
	m := &merger{d: d, opt: opt, created: now().UnixMilli(), known: newKnownTexts(), categories: map[string]uint16{}}
	err := d.scan(ctx, 1, func(all []moment) (err error) {
		s := all[0]
		if m.lastCategory, err = s.number(`SELECT coalesce(max(id), 0) FROM categories`); err != nil {
			return err
		}
		if m.next, err = s.number(`SELECT coalesce(max(id), 0) + 1 FROM messages`); err != nil {
			return err
		}
		names, err := s.categoryNames()
		if err != nil {
			return err
		}
		for id, name := range names {
			m.categories[strings.ToLower(name)] = uint16(id)
		}
		return s.each(`SELECT id, coalesce(category, 0), labelled_by, text FROM messages WHERE deleted = 0 ORDER BY id`, nil, func(row *zombiezen.Stmt) error {
			m.known.add(row.ColumnText(3), knownText{uint32(row.ColumnInt64(0)), uint16(row.ColumnInt64(1)), LabelledBy(row.ColumnInt64(2)) == ByPerson})
			return nil
		})
	})
	return m, err
}

// finish does what goes with the messages that were added, the first of which got the
// id first: it records them for undo, and changes what was there before.
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
	}, args{"by": int(by), "kept": int(^Mislabelled)})
	if err != nil {
		return err
	}
	_, err = tx.execUnrecorded(`DROP TABLE temp.labels`)
	return err
}

// sift gives the rows that become messages, and accounts for the others.
func (m *merger) sift(ctx context.Context, rows iter.Seq2[exchange.Row, error]) iter.Seq2[newRow, error] {
	if m.opt.SkipNear {
		rows = m.withoutNear(ctx, rows)
	}
	return func(yield func(newRow, error) bool) {
		for row, err := range rows {
			if err == nil && m.report.Rows%1024 == 0 {
				err = m.pause(ctx, m.report.Rows)
			}
			if err != nil {
				yield(newRow{}, err)
				return
			}
			m.report.Rows++
			message, ok, err := m.decide(&row)
			if err != nil {
				yield(newRow{}, err)
				return
			}
			if ok && !yield(message, nil) {
				return
			}
		}
	}
}

// pause is where a merge can be followed and stopped.
func (m *merger) pause(ctx context.Context, rows int) error {
	if m.opt.Progress != nil {
		m.opt.Progress(rows)
	}
	return ctx.Err()
}

// decide makes a message of a row, unless the row is unsound or its text is known.
func (m *merger) decide(row *exchange.Row) (message newRow, ok bool, err error) {
	if problem := unsound(row); problem != nil {
		m.report.Unusable++
		m.leaveOut(LeftOutRow{Line: row.Line, Text: row.Message, Reason: problem})
		return newRow{}, false, nil //nolint:nilerr // the row is left out, and the merge goes on
	}
	category := m.findCategory(row.Category)
	person := category != 0 && m.opt.LabelledBy == ByPerson
	key := m.known.key(row.Message)
	twin := m.known.find(key)
	known := twin != nil && (category == 0 || m.known.has(key, category) || twin.byPerson && !person)
	if known && !m.opt.KeepKnown {
		m.report.Known++
		m.leaveOut(LeftOutRow{Line: row.Line, Text: row.Message, Reason: errKnown, CopyOf: row.Message, Near: 1})
		return newRow{}, false, nil
	}
	if err := m.useCategory(row.Category, category); err != nil {
		return newRow{}, false, err
	}
	flags := Flag(0)
	if row.Personal {
		flags = PersonalDetails
	}
	switch {
	case twin == nil:
		m.known.put(key, knownText{uint32(m.next), category, person})
	case known: // added once more, on request
	case twin.category == 0 || person && !twin.byPerson:
		m.report.Labelled++
		m.relabel = append(m.relabel, relabelling{int64(twin.id), category, confidenceOf(row)})
		twin.category, twin.byPerson = category, person
		return newRow{}, false, nil
	default:
		flags |= TwoCategories
		m.report.TwoCategories++
		m.conflicts = append(m.conflicts, int64(twin.id))
		m.known.more[key] = append(m.known.more[key], category)
	}
	if m.opt.Added != nil {
		m.opt.Added(*row)
	}
	by := m.opt.LabelledBy
	if category == 0 && m.opt.Label != nil {
		read := *row
		read.Category, read.Confidence = m.opt.Label(row.Message)
		read.HasConfidence, by, row = true, ByCheck, &read
		category = m.findCategory(read.Category)
		if err := m.useCategory(read.Category, category); err != nil {
			return newRow{}, false, err
		}
	}
	m.report.Added++
	m.next++
	return m.message(row, category, by, flags), true, nil
}

func (m *merger) leaveOut(row LeftOutRow) {
	if len(m.report.LeftOut) < keptLeftOut {
		m.report.LeftOut = append(m.report.LeftOut, row)
	}
}

func (m *merger) message(row *exchange.Row, category uint16, by LabelledBy, flags Flag) newRow {
	var label, confidence, conversation any
	if category == 0 {
		by = Nobody
	} else {
		label, confidence = int64(category), confidenceOf(row)
	}
	if row.Conversation != "" {
		conversation = row.Conversation
	}
	source, status := m.source(row.Source), statusOf(row.Status)
	message := newRow{
		values:        [...]any{row.Message, label, confidence, int64(by), int64(source), int64(status), int64(flags), conversation, m.created},
		newCategories: m.newCategories,
	}
	m.newCategories = nil
	return message
}

// findCategory returns the id of the category with this name, whatever its case; 0
// for "". A category that the dataset lacks has the id that useCategory would give it.
func (m *merger) findCategory(name string) uint16 {
	if id, ok := m.categories[name]; ok || name == "" {
		return id
	}
	name = strings.TrimSpace(name)
	if id, ok := m.categories[strings.ToLower(name)]; ok || name == "" {
		return id
	}
	return uint16(m.lastCategory + 1)
}

// useCategory adds the category of a row that is accepted, where the dataset lacks
// it. The id is that of findCategory.
func (m *merger) useCategory(name string, id uint16) error {
	if int64(id) <= m.lastCategory {
		return nil
	}
	if len(m.report.NewCategories) == mostNewCategories {
		return i18n.Error("there are more than {{.N}} categories in it: choose another column as the category", i18n.Values{"N": mostNewCategories})
	}
	name = strings.TrimSpace(name)
	m.lastCategory = int64(id)
	m.categories[strings.ToLower(name)] = id
	m.report.NewCategories = append(m.report.NewCategories, name)
	m.newCategories = append(m.newCategories, name)
	return nil
}

// source and status read a file's words; where it says nothing, or something else, a
// row has the source of the options and is to review.
func (m *merger) source(word string) Source {
	if i := slices.Index(sourceWords[:], strings.ToLower(word)); i >= 0 {
		return Source(i)
	}
	return m.opt.Source
}

func statusOf(word string) Status {
	return Status(max(0, slices.Index(statusWords[:], strings.ToLower(word))))
}

// confidenceOf is a labelled row's confidence; a file that gives a label without one
// means it.
func confidenceOf(row *exchange.Row) float64 {
	if row.HasConfidence {
		return row.Confidence
	}
	return 1
}

// unsound says why a row can't become a message; nil where it can.
func unsound(row *exchange.Row) error {
	switch {
	case strings.TrimSpace(row.Message) == "":
		return errNoMessage
	case !utf8.ValidString(row.Message) || strings.IndexByte(row.Message, 0) >= 0:
		return errNoText
	case row.HasConfidence && !(row.Confidence >= 0 && row.Confidence <= 1):
		return i18n.Error("the confidence {{.Confidence}} is not a number from 0 to 1", i18n.Values{"Confidence": row.Confidence})
	}
	return nil
}
