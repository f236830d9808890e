package localdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"seedbed/assets/i18n"
)

// Passage is a piece of knowledge text, kept so that later work needs no connection.
type Passage struct {
	ID     int64
	Origin string // where it was read from, for people
	Ref    string // the row's id, or path#part
	Title  string
	Text   string
}

// ErrNoPassage means that a passage is not in the dataset.
var ErrNoPassage = i18n.Error("this passage is not in the dataset")

const selectPassages = `SELECT id, origin, ref, title, text FROM passages ` //nolint:gosec // no password, though it begins like one

func scanPassage(row interface{ Scan(...any) error }) (p Passage, err error) {
	err = row.Scan(&p.ID, &p.Origin, &p.Ref, &p.Title, &p.Text)
	return p, err
}

// Passages returns the passages that messages can be written from, in the order
// they were added.
func (d *Dataset) Passages(ctx context.Context) ([]Passage, error) {
	rows, err := d.reader.QueryContext(ctx, selectPassages+`WHERE deleted = 0 ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("reading passages: %w", err)
	}
	defer rows.Close()
	var passages []Passage
	for rows.Next() {
		p, err := scanPassage(rows)
		if err != nil {
			return nil, fmt.Errorf("reading passages: %w", err)
		}
		passages = append(passages, p)
	}
	return passages, rows.Err()
}

// Passage returns one passage, also one that was cleared: a message keeps showing
// what it was written from.
func (d *Dataset) Passage(ctx context.Context, id int64) (Passage, error) {
	p, err := scanPassage(d.reader.QueryRowContext(ctx, selectPassages+`WHERE id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return Passage{}, fmt.Errorf("passage %d: %w", id, ErrNoPassage)
	}
	return p, err
}

// AddPassages keeps passages in the dataset and returns their ids, in order.
func (d *Dataset) AddPassages(ctx context.Context, passages []Passage) (ids []int64, err error) {
	title := titlePassages(len(passages))
	err = d.write(ctx, title, func(tx *writeTx) error {
		for _, p := range passages {
			result, err := tx.execUnrecorded(`INSERT INTO passages (origin, ref, title, text) VALUES (?, ?, ?, ?)`, p.Origin, p.Ref, p.Title, p.Text)
			if err != nil {
				return fmt.Errorf("adding the passage %q: %w", p.Title, err)
			}
			id, err := result.LastInsertId()
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return tx.recordPresence("passages", 1, rangesOf(ids)...)
	})
	return ids, err
}

// ClearPassages removes all passages from those that messages are written from.
func (d *Dataset) ClearPassages(ctx context.Context) error {
	return d.write(ctx, titleClear, func(tx *writeTx) error {
		gone, err := tx.update("passages", "deleted = 1 WHERE deleted = 0", nil)
		if err != nil {
			return err
		}
		slices.Sort(gone)
		return tx.recordPresence("passages", 0, rangesOf(gone)...)
	})
}

// QuestionCounts is how many messages, without rejected ones, were written from each
// passage, by its id.
func (d *Dataset) QuestionCounts(ctx context.Context) (map[int64]int, error) {
	rows, err := d.reader.QueryContext(ctx, `SELECT passage, count(*) FROM messages WHERE passage IS NOT NULL AND deleted = 0 AND status != ? GROUP BY passage`, Rejected)
	if err != nil {
		return nil, fmt.Errorf("counting questions: %w", err)
	}
	defer rows.Close()
	counts := map[int64]int{}
	for rows.Next() {
		var passage int64
		var n int
		if err := rows.Scan(&passage, &n); err != nil {
			return nil, fmt.Errorf("counting questions: %w", err)
		}
		counts[passage] = n
	}
	return counts, rows.Err()
}

// Domain is what the messages of a dataset are about, and how language models are asked for
// them.
type Domain struct {
	// About is the assistant that the messages are typed to, in a sentence: "a support bot
	// of a bicycle shop in Ghent; customers write from their phones". "" if nobody said.
	About string
	// Instructions are a person's own rules for a language model, one a line. They are added
	// to those of the prompt.
	Instructions string
	// Template is the person's own template of the prompt that asks for messages; "" for the
	// shipped one. Package gen checks it.
	Template string
}

// How long the texts of a domain may be, in characters.
const (
	LongestAbout        = 500
	LongestInstructions = 4000
	LongestTemplate     = 20_000
)

// The settings that keep a domain.
const (
	aboutSetting        = "about"
	instructionsSetting = "prompt_instructions"
	templateSetting     = "prompt_template"
)

// Domain returns what the dataset's messages are about.
func (d *Dataset) Domain(ctx context.Context) (domain Domain, err error) {
	for key, into := range map[string]*string{
		aboutSetting: &domain.About, instructionsSetting: &domain.Instructions, templateSetting: &domain.Template,
	} {
		if *into, err = d.Setting(ctx, key); err != nil {
			return Domain{}, err
		}
	}
	return domain, nil
}

// SetDomain stores what the dataset's messages are about, which undo leaves alone.
func (d *Dataset) SetDomain(ctx context.Context, domain Domain) error {
	domain, err := domain.Tidy()
	if err != nil {
		return err
	}
	return d.write(ctx, notUndoable, func(tx *writeTx) error {
		for key, value := range map[string]string{
			aboutSetting: domain.About, instructionsSetting: domain.Instructions, templateSetting: domain.Template,
		} {
			if err := tx.setSetting(key, value); err != nil {
				return err
			}
		}
		return nil
	})
}

// Tidy is the domain as it is stored: the sentence on one line, and no white space around
// the texts. It fails where one of them is too long.
func (domain Domain) Tidy() (Domain, error) {
	domain.About = strings.Join(strings.Fields(domain.About), " ")
	domain.Instructions = strings.TrimSpace(domain.Instructions)
	if strings.TrimSpace(domain.Template) == "" {
		domain.Template = ""
	}
	for _, text := range []struct {
		is      string
		longest int
		what    i18n.Text
	}{
		{domain.About, LongestAbout, tooLongAbout},
		{domain.Instructions, LongestInstructions, tooLongInstructions},
		{domain.Template, LongestTemplate, tooLongTemplate},
	} {
		if n := utf8.RuneCountInString(text.is); n > text.longest {
			tooLong := text.what.With(i18n.Values{"N": n, "Longest": text.longest})
			return Domain{}, &tooLong
		}
	}
	return domain, nil
}

var (
	tooLongAbout        = i18n.T("the sentence about the assistant has {{.N}} characters, of which {{.Longest}} are allowed; nothing was changed: shorten it")
	tooLongInstructions = i18n.T("the instructions have {{.N}} characters, of which {{.Longest}} are allowed; nothing was changed: shorten them")
	tooLongTemplate     = i18n.T("the prompt's template has {{.N}} characters, of which {{.Longest}} are allowed; nothing was changed: shorten it")
)
