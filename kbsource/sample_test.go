//go:build unix

package kbsource

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// long is the text of the row i in SQL.
const long = `'Row ' || i || ' tells something about the subject number ' || i % 977 || ' and is long enough.'`

func TestSamplesOfAnyRelation(t *testing.T) {
	sql(t, `
		DROP TABLE IF EXISTS parts CASCADE; DROP TABLE IF EXISTS rare CASCADE; DROP TABLE IF EXISTS bloated CASCADE; DROP TABLE IF EXISTS keyless CASCADE;
		CREATE TABLE parts (id int, content text) PARTITION BY RANGE (id);
		CREATE TABLE parts1 PARTITION OF parts FOR VALUES FROM (1) TO (15001); CREATE TABLE parts2 PARTITION OF parts FOR VALUES FROM (15001) TO (18001);
		CREATE TABLE parts3 PARTITION OF parts FOR VALUES FROM (18001) TO (30001);
		INSERT INTO parts SELECT i, `+long+` FROM generate_series(1, 30000) i;
		CREATE TABLE rare (id int PRIMARY KEY, content text);
		INSERT INTO rare SELECT i, CASE WHEN i % 9000 = 7 THEN `+long+` ELSE 'short' END FROM generate_series(1, 30000) i;
		CREATE TABLE bloated (id int PRIMARY KEY, content text);
		INSERT INTO bloated SELECT i, `+long+` FROM generate_series(1, 30000) i;
		DELETE FROM bloated WHERE id % 100 <> 0;
		CREATE TABLE keyless AS SELECT `+long+` AS content FROM generate_series(1, 30000) i;
		CREATE OR REPLACE VIEW parts_seen AS SELECT * FROM parts;
		CREATE MATERIALIZED VIEW IF NOT EXISTS parts_kept AS SELECT * FROM parts;
		CREATE TABLE IF NOT EXISTS old_parts (id int, content text); CREATE TABLE IF NOT EXISTS old_part () INHERITS (old_parts);
		INSERT INTO old_part SELECT i, `+long+` FROM generate_series(1, 30000) i`)
	for _, c := range []struct {
		table string
		want  int
	}{{"parts", 50}, {"parts_seen", 50}, {"parts_kept", 50}, {"old_parts", 50}, {"keyless", 50}, {"rare", 4}, {"bloated", 50}} {
		t.Run(c.table, func(t *testing.T) {
			p := open(t, Config{Table: c.table})
			passages, err := p.Passages(t.Context(), 50)
			if err != nil || len(passages) != c.want {
				t.Fatalf("%d passages, %v", len(passages), err)
			}
			again, err := p.Passages(t.Context(), 50)
			if err != nil || !slices.EqualFunc(passages, again, func(a, b Passage) bool { return a.Text == b.Text }) {
				t.Error("the same seed draws other passages")
			}
			if c.want < 50 {
				return
			}
			other, err := open(t, Config{Table: c.table, Seed: 7}).Passages(t.Context(), 50)
			if err != nil || c.table != "bloated" && slices.EqualFunc(passages, other, func(a, b Passage) bool { return a.Text == b.Text }) {
				t.Errorf("another seed draws the same passages, %v", err)
			}
			// Each third of the rows has its share.
			var thirds [3]int
			for _, p := range passages {
				var row int
				if _, err := fmt.Sscanf(p.Text, "Row %d", &row); err != nil {
					t.Fatal(err)
				}
				thirds[min(2, row*3/30_000)]++
			}
			if slices.Min(thirds[:]) < 5 {
				t.Errorf("the thirds of the table gave %v", thirds)
			}
		})
	}
}

func TestPassagesOfAnyType(t *testing.T) {
	sql(t, `
		CREATE EXTENSION IF NOT EXISTS citext; CREATE EXTENSION IF NOT EXISTS hstore;
		CREATE DOMAIN prose AS text; CREATE DOMAIN short_prose AS prose; CREATE TYPE mood AS ENUM ('an enum value that would be long enough to be asked about');
		CREATE SCHEMA "Sch.ema";
		CREATE TABLE "Sch.ema"."T.x" (id int, object jsonb, plain text, domained short_prose, ci citext, fixed char(80), list text[], plain_json json, h hstore, x xml, feeling mood, u uuid, n name, num int);
		INSERT INTO "Sch.ema"."T.x" SELECT 1, jsonb_build_object('content', t, 'title', 'A title'), t, t, t, t, ARRAY[t, 'and more'], json_build_array(json_build_object('text', t), json_build_object('text', 'and more')),
			hstore('answer', t), ('<p>' || t || ' <b>and more</b></p>')::xml, 'an enum value that would be long enough to be asked about', gen_random_uuid(), t, 1
			FROM (SELECT 'Every employee may take parental leave of up to fourteen months.' AS t) v`)
	const table, text = `"Sch.ema"."T.x"`, "Every employee may take parental leave of up to fourteen months."
	for column, want := range map[string]string{
		"plain": text, "domained": text, "ci": text, "fixed": text, "object": text, "h": text,
		"list": text + "\n\nand more", "plain_json": text + "\n\nand more", "x": text + " and more",
	} {
		passages, err := open(t, Config{Table: table, Column: column}).Passages(t.Context(), 5)
		if err != nil || len(passages) != 1 || passages[0].Text != want {
			t.Errorf("%s gives %+v, %v", column, passages, err)
		}
	}
	for _, column := range []string{"feeling", "u", "n", "num"} {
		_, err := open(t, Config{Table: table, Column: column}).Passages(t.Context(), 5)
		var failure *Error
		if column == "num" && (!errors.As(err, &failure) || failure.Kind != NoTable || !strings.Contains(err.Error(), "integer")) {
			t.Errorf("%s: %v", column, err)
		}
	}
	tables, err := open(t, Config{}).Tables(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(tables, func(t Table) bool { return t.Name == table })
	if at < 0 {
		t.Fatalf("%s is not among %v", table, tables)
	}
	if want := []string{"plain", "domained", "ci", "fixed", "object", "list", "plain_json", "h", "x"}; !slices.Equal(tables[at].Columns, want) {
		t.Errorf("its columns are %v", tables[at].Columns)
	}
}

func TestNamesOfTables(t *testing.T) {
	sql(t, `CREATE TABLE "v1.2" (content text); INSERT INTO "v1.2" VALUES ('The table has a dot in its name, and nobody quoted it.'); CREATE TABLE lower_case AS TABLE "v1.2"`)
	for _, name := range []string{"v1.2", `"v1.2"`, `public."v1.2"`, `"public"."v1.2"`, `"postgres"."public"."v1.2"`, "Lower_Case", "PUBLIC.lower_case", " lower_case "} {
		if passages, err := open(t, Config{Table: name}).Passages(t.Context(), 5); err != nil || len(passages) != 1 {
			t.Errorf("%s: %v, %v", name, passages, err)
		}
	}
	for _, name := range []string{`"v1`, `""`, `a."b`, ".", `"v1.2".`, "'; DROP TABLE \"v1.2\"; --"} {
		var failure *Error
		if _, err := open(t, Config{Table: name}).Passages(t.Context(), 5); !errors.As(err, &failure) || failure.Kind != NoTable {
			t.Errorf("%s: %v", name, err)
		}
	}
}
