package kbsource

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// sample says which columns of a relation become a passage.
type sample struct {
	relation
	text                    column
	title, metadata, vector *column
	seed                    uint64
	wanted                  int // rows to draw; 0 for all
}

// A sample is drawn from some pages of a table, one row a page. One that gives too few
// passages is drawn again from more pages, and at last from all rows.
const (
	pagesPerPassage = 3
	largerBy        = 16
	rowsPerPassage  = 4 // of a draw, since some turn out to be repetitions or too short
)

// viewTimeout is how long all rows of a view may take; of one that takes longer, only the
// first rows are read.
const viewTimeout = 8 * time.Second

// draw is one attempt at a sample, as the shares of pages that are read in percent.
func (s sample) draws() (shares []float64) {
	const all = 100
	if !s.stored() || s.wanted <= 0 || s.pages == 0 {
		return []float64{all}
	}
	for share := all * pagesPerPassage * float64(s.wanted) / float64(s.pages); share < all/2; share *= largerBy {
		shares = append(shares, share)
	}
	return append(shares, all)
}

// names are those of the sampled columns inside the query.
func (s sample) sampled() (inner []string, ref, text, title, metadata, vector string) {
	take := func(c *column) string {
		if c == nil {
			return "NULL"
		}
		name := fmt.Sprintf("c%d", len(inner))
		inner = append(inner, quoted(c.name)+" AS "+name)
		return c.textOf(name)
	}
	text, title, metadata, vector = take(&s.text), take(s.title), take(s.metadata), take(s.vector)
	parts := make([]string, len(s.key))
	for i, name := range s.key {
		parts[i] = take(&column{name: name})
	}
	switch {
	case len(parts) > 0:
		ref = "concat_ws(','," + strings.Join(parts, ",") + ")"
	case s.stored():
		ref = "place::text"
	default:
		ref = "''"
	}
	return inner, ref, text, title, metadata, vector
}

// query draws rows. Long values stay where they are until the rows are chosen.
func (s sample) query(share float64) string {
	inner, ref, text, title, metadata, vector := s.sampled()
	fields := fmt.Sprintf("%s, %s, %s, %s, %s", ref, text, title, metadata, vector)
	from := s.name.Sanitize()
	wanted := longEnough(s.text.text())
	limit := "ALL"
	if s.wanted > 0 {
		limit = fmt.Sprint(rowsPerPassage * s.wanted)
	}
	if !s.stored() {
		if share == 0 {
			return fmt.Sprintf("SELECT %s FROM (SELECT %s FROM %s WHERE %s LIMIT %d) s", fields, strings.Join(inner, ", "), from, wanted, 20*max(1, s.wanted))
		}
		text := s.text.text()
		turn := fmt.Sprintf("hashtextextended(CASE WHEN octet_length(%[1]s) < %[2]d THEN %[1]s ELSE left(%[1]s, %[2]d / 4) END, %[3]d)", text, longText, int64(s.seed))
		return fmt.Sprintf("SELECT %s FROM (SELECT %s AS turn, %s FROM %s WHERE %s ORDER BY turn LIMIT %s) s ORDER BY turn, 2",
			fields, turn, strings.Join(inner, ", "), from, wanted, limit)
	}
	rows := fmt.Sprintf("tableoid AS part, ctid AS place, hashtext(tableoid::text || ctid::text || '%d') AS turn, %s FROM %s", s.seed, strings.Join(inner, ", "), from)
	if share < 100 {
		const page = "tableoid, (ctid::text::point)[0]"
		rows = fmt.Sprintf("* FROM (SELECT DISTINCT ON (%s) %s TABLESAMPLE SYSTEM (%f) REPEATABLE (%d) WHERE %s ORDER BY %s, hashtext(ctid::text || '%d')) d",
			page, rows, share, s.seed, wanted, page, s.seed)
	} else {
		rows += " WHERE " + wanted
	}
	return fmt.Sprintf("SELECT %s FROM (SELECT %s ORDER BY turn LIMIT %s) s ORDER BY part, place", fields, rows, limit)
}

// longText is from how many bytes on a text is only looked at in part: it may be stored
// apart from its row, and compressed. Its number of bytes is known all the same.
const longText = 2000

// longEnough is a condition for texts worth asking about.
func longEnough(text string) string {
	return fmt.Sprintf("octet_length(%[1]s) >= %[2]d AND (octet_length(%[1]s) >= %[3]d OR length(btrim(%[1]s)) >= %[2]d)", text, minPassage, longText)
}

// draw reads passages until there are enough of them or no more. What was found before
// a larger sample took too long counts.
func (p *Postgres) draw(ctx context.Context, tx pgx.Tx, s sample) (passages []Passage, err error) {
	if !s.stored() {
		if err := limitStatements(ctx, tx, viewTimeout); err != nil {
			return nil, err
		}
	}
	for _, share := range s.draws() {
		rows, err := tx.Query(ctx, s.query(share))
		if err != nil {
			return passages, err
		}
		larger, err := pgx.CollectRows(rows, p.passage(s))
		if err != nil {
			return passages, err
		}
		if passages = worthAsking(larger); len(passages) >= s.wanted && s.wanted > 0 {
			break
		}
	}
	return passages, nil
}

// sample draws passages, from the first rows where all rows of a view take too long.
func (p *Postgres) sample(ctx context.Context, limit int) (passages []Passage, s sample, err error) {
	err = p.read(ctx, func(tx pgx.Tx) (err error) {
		if s, err = p.columnsOf(ctx, tx, limit); err == nil {
			passages, err = p.draw(ctx, tx, s)
		}
		return err
	})
	var failure *Error
	if !errors.As(err, &failure) || failure.Kind != TooSlow || s.kind == "" || ctx.Err() != nil {
		return passages, s, err
	}
	if len(passages) > 0 {
		return passages, s, nil
	}
	if s.stored() {
		return nil, s, err
	}
	err = p.read(ctx, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, s.query(0))
		if err != nil {
			return err
		}
		passages, err = pgx.CollectRows(rows, p.passage(s))
		passages = worthAsking(passages)
		return err
	})
	return passages, s, err
}
