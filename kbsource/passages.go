package kbsource

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"seedbed/assets/i18n"
)

// shape is what sampling needs to know of a table.
type shape struct {
	kind     byte  // as in pg_class.relkind
	pages    int64 // of 8 KiB, at the last count
	size     int64 // bytes now
	id       string
	metadata bool
	vectors  bool
}

// Passages returns at most limit passages spread over the whole table, without
// reading all of it: from a table of a million rows it reads some hundred pages.
func (p *Postgres) Passages(ctx context.Context, limit int) ([]Passage, error) {
	var passages []Passage
	err := p.read(ctx, func(tx pgx.Tx) error {
		s, err := p.shape(ctx, tx)
		if err != nil {
			return err
		}
		rows, err := tx.Query(ctx, p.sampleQuery(s, limit))
		if err != nil {
			return err
		}
		passages, err = pgx.CollectRows(rows, p.passage)
		return err
	})
	if err != nil {
		return nil, err
	}
	passages = spread(worthAsking(passages), limit)
	if len(passages) == 0 {
		return nil, &Error{
			Kind: Empty, What: i18n.T("the column “{{.Column}}” of {{.Source}} holds no text to ask about", i18n.Values{"Column": p.config.Column, "Source": p.Describe()}),
			Next: orGoOn(i18n.T("Pick another table or column")),
		}
	}
	return passages, nil
}

func (p *Postgres) shape(ctx context.Context, tx pgx.Tx) (shape, error) {
	s, kind := shape{}, ""
	name := identifier(p.config.Table).Sanitize()
	err := tx.QueryRow(ctx, `
		SELECT c.relkind::text, greatest(c.relpages, 0), CASE WHEN c.relkind IN ('r', 'm') THEN pg_relation_size(c.oid) ELSE 0 END,
		       coalesce((SELECT a.attname::text FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
		                 WHERE i.indrelid = c.oid AND i.indisprimary AND i.indnkeyatts = 1), ''),
		       EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'metadata' AND atttypid = 'jsonb'::regtype AND NOT attisdropped),
		       EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'embedding' AND NOT attisdropped)
		FROM pg_class c WHERE c.oid = $1::text::regclass`, name).Scan(&kind, &s.pages, &s.size, &s.id, &s.metadata, &s.vectors)
	if err == nil {
		s.kind = kind[0]
	}
	return s, err
}

const pageSize = 8192

// sampleQuery selects more rows than asked for, spread over the table.
func (p *Postgres) sampleQuery(s shape, limit int) string {
	table, column := identifier(p.config.Table).Sanitize(), pgx.Identifier{p.config.Column}.Sanitize()
	metadata, vector := "NULL", "NULL"
	if s.metadata {
		metadata = "metadata::text"
	}
	if s.vectors && p.config.Embeddings {
		vector = "embedding::text"
	}
	fields := func(ref string) string {
		return fmt.Sprintf("%s, %s::text, %s, %s", ref, column, metadata, vector)
	}
	ref := "''"
	if s.id != "" {
		ref = pgx.Identifier{s.id}.Sanitize() + "::text"
	}
	wanted := fmt.Sprintf("length(btrim(%s)) >= %d", column, minPassage)
	pages := max(s.size/pageSize, s.pages)
	switch {
	case s.kind != 'r' && s.kind != 'm':
		// Views, partitioned and foreign tables have no pages to choose from.
		return fmt.Sprintf("SELECT %s FROM %s WHERE %s LIMIT %d", fields(ref), table, wanted, limit*20)
	case pages <= int64(limit)*8:
		return fmt.Sprintf("SELECT %s FROM %s WHERE %s ORDER BY ctid", fields(refOr(ref, "ctid::text")), table, wanted)
	}
	// One row from each of about three times as many pages as rows are wanted.
	share := min(100, 100*3*float64(limit)/float64(pages))
	return fmt.Sprintf(`
		SELECT DISTINCT ON ((ctid::text::point)[0]) %s
		FROM %s TABLESAMPLE SYSTEM (%f) REPEATABLE (42) WHERE %s
		ORDER BY (ctid::text::point)[0], md5(ctid::text)`, fields(refOr(ref, "ctid::text")), table, share, wanted)
}

func refOr(ref, other string) string {
	if ref == "''" {
		return other
	}
	return ref
}

func (p *Postgres) passage(row pgx.CollectableRow) (Passage, error) {
	var ref, text string
	var metadata, vector *string
	if err := row.Scan(&ref, &text, &metadata, &vector); err != nil {
		return Passage{}, err
	}
	first, _ := cutPassage(clean(text))
	passage := Passage{Origin: p.Describe(), Ref: ref, Text: first}
	if metadata != nil {
		passage.Title = titleIn(*metadata)
	}
	if passage.Title == "" {
		passage.Title = firstHeading(text)
	}
	if vector != nil {
		passage.Embedding = parseVector(*vector)
	}
	return passage, nil
}

// titleIn finds a row's title in its metadata.
func titleIn(metadata string) string {
	var fields map[string]any
	if json.Unmarshal([]byte(metadata), &fields) != nil {
		return ""
	}
	for _, name := range []string{"title", "heading", "section", "name", "source", "file", "url"} {
		if title, ok := fields[name].(string); ok && strings.TrimSpace(title) != "" {
			return strings.TrimSpace(title)
		}
	}
	return ""
}

// firstHeading returns a text's first line where it is a Markdown heading.
func firstHeading(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	if heading := strings.TrimLeft(line, "#"); heading != line && strings.HasPrefix(heading, " ") {
		return strings.TrimSpace(heading)
	}
	return ""
}

// parseVector reads pgvector's text form, [1,2,3], and that of a real[] array,
// {1,2,3}; anything else gives nil.
func parseVector(text string) []float32 {
	if len(text) < 2 {
		return nil
	}
	var vector []float32
	if json.Unmarshal([]byte("["+text[1:len(text)-1]+"]"), &vector) != nil {
		return nil
	}
	return vector
}

// worthAsking drops passages that are too short to ask about, and repetitions.
func worthAsking(passages []Passage) []Passage {
	seen := map[string]bool{}
	kept := passages[:0]
	for _, p := range passages {
		if len([]rune(p.Text)) < minPassage || seen[p.Text] {
			continue
		}
		seen[p.Text] = true
		kept = append(kept, p)
	}
	return kept
}
