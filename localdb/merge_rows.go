package localdb

import (
	"context"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	zombiezen "zombiezen.com/go/sqlite"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// merger decides what becomes of each row.
type merger struct {
	d      *Dataset
	opt    MergeOptions
	report MergeReport

	created       any
	known         *knownTexts
	next          int64             // the id of the next message
	categories    map[string]uint16 // by either name in lower case
	lastCategory  int64
	newCategories []string // not yet handed on with a row
	relabel       []relabelling
	remarks       []remark
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
	err := d.scan(ctx, 1, func(all []snapshot) (err error) {
		s := all[0]
		if m.lastCategory, err = s.number(`SELECT coalesce(max(id), 0) FROM categories`); err != nil {
			return err
		}
		if m.next, err = s.number(`SELECT coalesce(max(id), 0) + 1 FROM messages`); err != nil {
			return err
		}
		if err := m.readCategories(s); err != nil {
			return err
		}
		return s.each(`SELECT id, coalesce(category, 0), labelled_by, text FROM messages WHERE deleted = 0 ORDER BY id`, nil, func(row *zombiezen.Stmt) error {
			m.known.add(row.ColumnText(3), knownText{uint32(row.ColumnInt64(0)), uint16(row.ColumnInt64(1)), LabelledBy(row.ColumnInt64(2)) == ByPerson})
			return nil
		})
	})
	return m, err
}

// readCategories notes by which names a row can mean a category that is there: by those that
// files have, or else by those that people read.
func (m *merger) readCategories(s snapshot) error {
	names, err := s.categoryNames()
	if err != nil {
		return err
	}
	for id, name := range names {
		m.categories[strings.ToLower(name)] = uint16(id)
	}
	return s.each(`SELECT id, shown_name FROM categories WHERE deleted = 0 AND shown_name <> '' ORDER BY id`, nil, func(row *zombiezen.Stmt) error {
		if shown := strings.ToLower(row.ColumnText(1)); m.categories[shown] == 0 {
			m.categories[shown] = uint16(row.ColumnInt64(0))
		}
		return nil
	})
}

// newRows returns the rows that become messages, and counts the others.
func (m *merger) newRows(ctx context.Context, rows iter.Seq2[exchange.Row, error]) iter.Seq2[newRow, error] {
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

// pause reports progress and stops a merge that is cancelled.
func (m *merger) pause(ctx context.Context, rows int) error {
	if m.opt.Progress != nil {
		m.opt.Progress(rows)
	}
	return ctx.Err()
}

func flagsOf(row *exchange.Row) Flag {
	if row.Personal {
		return PersonalDetails
	}
	return 0
}

// decide makes a message of a row, unless the row is invalid or its text is known.
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
	known := twin != nil && m.addsNoLabel(key, *twin, category, person)
	if known && !m.opt.KeepKnown {
		m.report.Known++
		m.remark(twin.id, row)
		m.leaveOut(LeftOutRow{Line: row.Line, Text: row.Message, Reason: errKnown, CopyOf: row.Message, Near: 1})
		return newRow{}, false, nil
	}
	if err := m.useCategory(row.Category, category); err != nil {
		return newRow{}, false, err
	}
	flags := flagsOf(row)
	switch {
	case twin == nil:
		m.known.put(key, knownText{uint32(m.next), category, person})
	case known: // added once more, on request
	case twin.category == 0 || person && !twin.byPerson:
		m.report.Labelled++
		m.remark(twin.id, row)
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
		if read.Category, read.Confidence = m.opt.Label(row.Message); read.Category != "" {
			read.HasConfidence, by, row = true, ByCheck, &read
			category = m.findCategory(read.Category)
			if err := m.useCategory(read.Category, category); err != nil {
				return newRow{}, false, err
			}
		}
	}
	m.report.Added++
	m.next++
	return m.message(row, category, by, flags), true, nil
}

// addsNoLabel reports whether a row, whose text is known, tells nothing new of its
// category. A category that a person gave stands against those of others.
func (m *merger) addsNoLabel(key uint64, twin knownText, category uint16, person bool) bool {
	return category == 0 || m.known.has(key, category) || twin.byPerson && !person
}

// remark notes what a row that is left out says of the message which is there.
func (m *merger) remark(id uint32, row *exchange.Row) {
	if tags := ParseTags(row.Tags); row.Note != "" || tags != "" {
		m.report.Remarked++
		m.remarks = append(m.remarks, remark{int64(id), row.Note, tags})
	}
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
		values:        [...]any{row.Message, label, confidence, int64(by), int64(source), int64(status), int64(flags), conversation, row.Note, string(ParseTags(row.Tags)), m.created},
		newCategories: m.newCategories,
	}
	m.newCategories = nil
	return message
}

// findCategory returns the id of the category with this name or shown name, whatever its case; 0
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
		return i18n.Error("the file has more than {{.N}} categories: choose another column as the category", i18n.Values{"N": mostNewCategories})
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
// has confidence 1.
func confidenceOf(row *exchange.Row) float64 {
	if row.HasConfidence {
		return row.Confidence
	}
	return 1
}

// unsound returns why a row can't become a message; nil if it can.
func unsound(row *exchange.Row) error {
	switch {
	case strings.TrimSpace(row.Message) == "":
		return errNoMessage
	case !isText(row.Message) || !isText(row.Note) || !isText(row.Tags):
		return errNoText
	case row.HasConfidence && !(row.Confidence >= 0 && row.Confidence <= 1):
		return i18n.Error("the confidence {{.Confidence}} is not a number from 0 to 1", i18n.Values{"Confidence": row.Confidence})
	}
	return nil
}

// isText reports whether a string can be stored as text.
func isText(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }
