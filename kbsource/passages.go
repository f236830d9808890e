package kbsource

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/jackc/pgx/v5"

	"seedbed/assets/i18n"
	"seedbed/kbsource/document"
)

// Passages returns at most limit passages spread over the whole table, without
// reading all of it: from a table of a million rows it reads some hundred pages.
func (p *Postgres) Passages(ctx context.Context, limit int) ([]Passage, error) {
	passages, s, err := p.sample(ctx, limit)
	if err != nil {
		return nil, err
	}
	if passages = spread(passages, limit); len(passages) > 0 {
		return passages, nil
	}
	if s.secured {
		return nil, s.hidden(p.config, p.config.Table)
	}
	return nil, &Error{
		Kind: Empty, What: i18n.T("the column “{{.Column}}” of {{.Source}} holds no text to ask about", i18n.Values{"Column": p.config.Column, "Source": p.Describe()}),
		Next: orGoOn(i18n.T("Pick another table or column")),
	}
}

// columnsOf finds the columns that become passages.
func (p *Postgres) columnsOf(ctx context.Context, tx pgx.Tx, limit int) (sample, error) {
	s := sample{wanted: limit, seed: p.config.Seed}
	var err error
	if s.relation, err = p.relation(ctx, tx, p.config.Table); err != nil {
		return s, err
	}
	if s.text, err = s.mustFind(p.config, p.config.Table, p.config.Column); err != nil {
		return s, err
	}
	if s.text.kind == "" {
		return s, s.text.withoutText(p.config, p.config.Table)
	}
	one := func(kind columnKind, names ...string) *column {
		if c, ok := s.first(func(c column) bool { return c.kind == kind && c.name != s.text.name }, names...); ok {
			return &c
		}
		return nil
	}
	s.metadata, s.title = one(jsonColumn, "metadata", "cmetadata", "meta"), one(textColumn, "title", "heading")
	if p.config.Embeddings {
		if c, ok := s.find("embedding"); ok {
			s.vector = &column{name: c.name} // whatever its type, its text is a list
		}
	}
	return s, nil
}

// passage makes a passage of a row.
func (p *Postgres) passage(s sample) pgx.RowToFunc[Passage] {
	return func(row pgx.CollectableRow) (Passage, error) {
		var ref, text string
		var title, metadata, vector *string
		if err := row.Scan(&ref, &text, &title, &metadata, &vector); err != nil {
			return Passage{}, err
		}
		passage := Passage{Origin: p.Describe(), Ref: ref}
		if title != nil {
			passage.Title = document.Clean(*title)
		}
		if passage.Title == "" && metadata != nil {
			passage.Title = titleIn(*metadata)
		}
		if passage.Title == "" && s.text.kind == jsonColumn {
			passage.Title = titleIn(text)
		}
		text = document.Clean(s.text.plain(text))
		if passage.Title == "" {
			passage.Title = firstHeading(text)
		}
		passage.Text, _ = document.CutPassage(text)
		if vector != nil {
			passage.Embedding = parseVector(*vector)
		}
		return passage, nil
	}
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
