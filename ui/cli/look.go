package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/formats"
)

type lookCommand struct {
	File string `arg:"" type:"existingfile" help:"A file of messages, of any format."`
	Rows int    `type:"rows" default:"10" help:"So many of the first messages are shown."`
	readFlags
	JSON bool `name:"json" help:"Write the result to standard output as JSON."`
}

// Help is shown below the flags.
func (lookCommand) Help() string {
	return `Reads the file as the other commands would with the same options, and writes nothing: its format and why, its encoding, what each column is used for, who speaks, the first messages, and what is left out and why.

Example:
  seedbed look export.csv
  seedbed look export.csv --encoding windows-1251 --category-column topic`
}

// lookReport is the result of look.
type lookReport struct {
	File       string       `json:"file"`
	Format     string       `json:"format"`
	FormatName string       `json:"format_name"`
	Why        string       `json:"why,omitempty"`
	Others     []string     `json:"other_formats"` // that it may be as well
	Doubt      string       `json:"doubt"`         // what may be meant otherwise; "" for nothing
	About      string       `json:"about"`
	Encoding   string       `json:"encoding,omitempty"`
	Doubtful   bool         `json:"encoding_doubtful"`
	Encodings  []string     `json:"other_encodings"` // that it may be as well
	Sheet      string       `json:"sheet,omitempty"`
	Sheets     []string     `json:"sheets"`
	Files      []string     `json:"files"` // read inside a zip file
	Inner      []string     `json:"inner"` // that can be read there
	Columns    []lookColumn `json:"columns"`
	Roles      []lookRole   `json:"roles"`
	Messages   int          `json:"messages"`
	Labelled   int          `json:"labelled"`
	Categories int          `json:"categories"`
	Dialogues  int          `json:"conversations"`
	First      []lookRow    `json:"first"`
	OtherRoles int          `json:"other_roles"` // messages of roles that aren't kept
	readReport
}

type lookColumn struct {
	Name    string `json:"name"`
	Use     string `json:"use"`
	Example string `json:"example"`
}

type lookRole struct {
	Role     string `json:"role"`
	Messages int    `json:"messages"`
	Kept     bool   `json:"kept"`
}

type lookRow struct {
	Place        string   `json:"place,omitempty"`
	Line         int      `json:"line"`
	Message      string   `json:"message"`
	Category     string   `json:"category,omitempty"`
	Confidence   *float64 `json:"confidence,omitempty"`
	Role         string   `json:"role,omitempty"`
	Conversation string   `json:"conversation,omitempty"`
}

// Run reads the file and reports what it found.
func (c *lookCommand) Run(ctx context.Context, t *terminal) (err error) {
	options, err := c.options()
	if err != nil {
		return err
	}
	options.KeepRoles = nil // the others are counted here
	report := &lookReport{File: c.File}
	categories, conversations := map[string]bool{}, map[string]bool{}
	found, err := formats.Inspect(ctx, c.File, options, func(row exchange.Row) {
		report.count(row, c.KeepRoles, c.Rows, categories, conversations)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", c.File, err)
	}
	report.Categories, report.Dialogues = len(categories), len(conversations)
	report.describe(found.Facts)
	report.addRoles(found.Roles, c.KeepRoles)
	report.add(found.Tally)
	return t.result(c.JSON, report, report.print)
}

func (r *lookReport) describe(f exchange.Facts) {
	r.Format, r.FormatName, r.Why, r.About = f.Format.ID, f.Format.String(), f.Why.String(), formatAndFacts(f)
	r.Encoding, r.Doubtful = string(f.Encoding.Encoding), f.Encoding.Encoding != "" && f.Encoding.Doubtful()
	r.Sheet, r.Sheets, r.Files, r.Inner = f.Sheet, f.Sheets, f.Files, f.Inner
	r.Doubt = f.Doubt.String()
	for _, other := range f.Others {
		r.Others = append(r.Others, other.ID)
	}
	for _, e := range f.Encoding.Alternatives {
		r.Encodings = append(r.Encodings, string(e))
	}
	for _, c := range f.Columns {
		r.Columns = append(r.Columns, lookColumn{c.Name, c.Use.String(), c.Example})
	}
}

// count counts one message.
func (r *lookReport) count(row exchange.Row, keep []string, first int, categories, conversations map[string]bool) {
	if row.Role != "" && !exchange.KeepsRole(keep, row.Role) {
		r.OtherRoles++
		return
	}
	r.Messages++
	if row.Category != "" {
		r.Labelled++
		categories[row.Category] = true
	}
	if row.Conversation != "" {
		conversations[row.Place+"\x00"+row.Conversation] = true
	}
	if len(r.First) < first {
		r.First = append(r.First, newLookRow(row))
	}
}

// addRoles lists who speaks; nobody where the file names nobody.
func (r *lookReport) addRoles(roles []exchange.RoleCount, keep []string) {
	if len(roles) == 1 && roles[0].Role == "" {
		return
	}
	for _, role := range roles {
		r.Roles = append(r.Roles, lookRole{role.Role, role.Count, role.Role == "" || exchange.KeepsRole(keep, role.Role)})
	}
}

func newLookRow(row exchange.Row) lookRow {
	shown := lookRow{
		Place: row.Place, Line: row.Line, Message: row.Message, Category: row.Category, Role: row.Role, Conversation: row.Conversation,
	}
	if row.HasConfidence {
		shown.Confidence = &row.Confidence
	}
	return shown
}

// mostRoles is how many roles are shown to people.
const mostRoles = 20

func (r *lookReport) print(w io.Writer) {
	printf(w, "%s: %s\n", r.File, r.About)
	if r.Why != "" {
		printf(w, "  because %s\n", r.Why)
	}
	if len(r.Others) > 0 {
		printf(w, "  could also be read with --format %s\n", strings.Join(r.Others, " or "))
	}
	if r.Doubt != "" {
		printf(w, "  %s\n", r.Doubt)
	}
	if r.Encoding != "" {
		printf(w, "Encoding: %s\n", r.Encoding)
	}
	if r.Doubtful {
		printf(w, "  this is not certain; if letters are wrong, choose with --encoding: %s\n", strings.Join(r.Encodings, ", "))
	}
	if len(r.Sheets) > 0 {
		printf(w, "Sheets: %s\n", strings.Join(r.Sheets, ", "))
	}
	if len(r.Files) > 0 {
		printf(w, "Files: %s\n", strings.Join(r.Files, ", "))
	}
	if len(r.Inner) > len(r.Files) {
		printf(w, "  can be read as well, with --inner: %s\n", strings.Join(without(r.Inner, r.Files), ", "))
	}
	if len(r.Columns) > 0 {
		printf(w, "Columns:\n")
	}
	for _, c := range r.Columns {
		printf(w, "  %-20s %-12s %q\n", c.Name, c.Use, exchange.Beginning(c.Example, 50))
	}
	r.printRoles(w)
	printf(w, "Messages: %d, %d of them with one of %d categories", r.Messages, r.Labelled, r.Categories)
	if r.Dialogues > 0 {
		printf(w, ", in %d conversations", r.Dialogues)
	}
	printf(w, "\n")
	for _, row := range r.First {
		label := row.Category
		if label == "" {
			label = "–"
		}
		printf(w, "  %s%d  %s  %q\n", placePrefix(row.Place), row.Line, label, exchange.Beginning(row.Message, 100))
	}
	if r.OtherRoles+len(r.Reasons) > 0 {
		printf(w, "Left out:\n")
	}
	if r.OtherRoles > 0 {
		printf(w, "  %d skipped: said by roles that are not kept (--keep-roles)\n", r.OtherRoles)
	}
	for _, reason := range r.Reasons {
		printf(w, "  %d %s: %s\n", reason.Count, reason.Outcome, reason.Reason)
	}
}

func (r *lookReport) printRoles(w io.Writer) {
	if len(r.Roles) > 0 {
		printf(w, "Roles:\n")
	}
	for _, role := range r.Roles[:min(len(r.Roles), mostRoles)] {
		kept := "kept"
		if !role.Kept {
			kept = "left out"
		}
		name := role.Role
		if name == "" {
			name = "(nobody named)"
		}
		printf(w, "  %-20s %6d  %s\n", name, role.Messages, kept)
	}
	if len(r.Roles) > mostRoles {
		printf(w, "  and %d more\n", len(r.Roles)-mostRoles)
	}
}

func placePrefix(place string) string {
	if place == "" {
		return ""
	}
	return place + ":"
}

// without gives the names that aren't among others.
func without(names, others []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return slices.Contains(others, name) })
}
