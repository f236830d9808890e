package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"seedbed/assets"
	"seedbed/gen/starter"
	"seedbed/localdb"
)

// starterFlags say what a new dataset starts with.
type starterFlags struct {
	Starter    string `placeholder:"NAME" help:"What a new dataset starts with, one of those that seedbed starters lists; the default is coaching, unless --categories is given."`
	Categories string `placeholder:"FILE" type:"existingfile" help:"The categories of a new dataset: a list with one a line or row (text, CSV, Excel, JSON), a dataset, or any file of labelled messages, whose categories are taken with examples."`
	About      string `placeholder:"SENTENCE" help:"The assistant that the messages are typed to, such as \"a support bot of a bicycle shop\"; it is in every prompt, and stays in the dataset."`
}

// given tells whether the flags say what a dataset starts with.
func (f starterFlags) given() bool { return f.Starter != "" || f.Categories != "" }

// shownNotes bounds how many notes on a list of categories are shown.
const shownNotes = 20

// read is what a new dataset starts with.
func (f starterFlags) read(ctx context.Context, t *terminal) (s starter.Starter, err error) {
	if f.Starter != "" || f.Categories == "" {
		if s, err = f.shipped(); err != nil {
			return s, err
		}
	}
	if f.Categories != "" {
		found, err := starter.ReadFile(ctx, f.Categories)
		if err != nil {
			return s, usageError{err}
		}
		t.tellFound(f.Categories, found)
		s = s.With(found.Starter)
	}
	if f.About != "" {
		s.About = f.About
	}
	if _, err := s.Domain().Tidy(); err != nil {
		return s, usageError{err}
	}
	return s, nil
}

func (f starterFlags) shipped() (starter.Starter, error) {
	if f.Starter == "" {
		return starter.Default(), nil
	}
	s, err := starter.Named(f.Starter)
	if errors.Is(err, fs.ErrNotExist) {
		return s, usageError{fmt.Errorf("there is no starter %q; there are %s", f.Starter, strings.Join(assets.StarterNames(), ", "))}
	}
	return s, err
}

// applyTo lets an existing dataset have another sentence about its assistant.
func (f starterFlags) applyTo(ctx context.Context, d *localdb.Dataset) error {
	if f.About == "" {
		return nil
	}
	domain, err := d.Domain(ctx)
	if err != nil {
		return err
	}
	domain.About = f.About
	if _, err := domain.Tidy(); err != nil {
		return usageError{err}
	}
	return d.SetDomain(ctx, domain)
}

// tellFound says what was read as a list of categories, and what was changed or guessed.
func (t *terminal) tellFound(path string, found starter.Found) {
	t.say("%s: %d categories, read as %s.", path, len(found.Categories), found.Form)
	for i, note := range found.Notes {
		if i == shownNotes {
			t.say("%s: and %d more notes", path, len(found.Notes)-i)
			break
		}
		t.say("%s: %s: %s", path, note.Category, note.Text)
	}
}

type startersCommand struct {
	JSON bool `name:"json" help:"Write the starters to standard output as JSON."`
}

// Help is shown below the flags.
func (startersCommand) Help() string {
	return `A starter is what a new dataset starts with: the assistant that its messages are typed to, its categories, and how many messages of each.

Example:
  seedbed starters
  seedbed generate --output messages.csv --starter shop`
}

type startersReport struct {
	Starters []starterReport `json:"starters"`
}

type starterReport struct {
	Name       string           `json:"name"`
	Title      string           `json:"title"`
	Summary    string           `json:"summary"`
	About      string           `json:"about"`
	Messages   int              `json:"messages"` // of the default plan
	Categories []categoryReport `json:"categories"`
}

type categoryReport struct {
	Name     string `json:"name"`
	Kind     string `json:"kind"`
	Count    int    `json:"count"`
	Training bool   `json:"training"`
}

// Run lists the shipped starters.
func (c *startersCommand) Run(t *terminal) error {
	var report startersReport
	for _, s := range starter.All() {
		r := starterReport{Name: s.Name, Title: s.Title, Summary: s.Summary, About: s.About}
		for _, category := range s.Categories {
			r.Messages += category.Target
			r.Categories = append(r.Categories, categoryReport{category.Name, category.Kind, category.Target, category.Training})
		}
		report.Starters = append(report.Starters, r)
	}
	return t.result(c.JSON, report, report.print)
}

func (r startersReport) print(w io.Writer) {
	for i, s := range r.Starters {
		if i > 0 {
			printf(w, "\n")
		}
		printf(w, "%s: %s. %s %d messages.\n", s.Name, s.Title, s.Summary, s.Messages)
		for _, c := range s.Categories {
			out := ""
			if !c.Training {
				out = "  not in training"
			}
			printf(w, "  %-20s %5d%s\n", c.Name, c.Count, out)
		}
	}
}

type categoriesCommand struct {
	File   string `arg:"" type:"existingfile" help:"A dataset, a list of categories, or a file of labelled messages."`
	Output string `default:"-" placeholder:"FILE.json" help:"The file to write; the default is standard output."`
}

// Help is shown below the flags.
func (categoriesCommand) Help() string {
	return `Writes the assistant and the categories of a dataset as JSON, without any message of it. A colleague starts a dataset with it by --categories, or with New dataset in the window. Lists of categories and files of labelled messages are written in the same form, to be looked at and changed before they are used.

Example:
  seedbed categories mine.seedbed --output mine.json
  seedbed generate --output messages.csv --categories mine.json`
}

// Run writes the categories of a file as JSON.
func (c *categoriesCommand) Run(ctx context.Context, t *terminal) error {
	if err := t.checkOutput(c.Output, outputKind{isStarterFile, []string{".json", ".txt", ".csv"}}); err != nil {
		return err
	}
	found, err := starter.ReadFile(ctx, c.File)
	if err != nil {
		return err
	}
	t.tellFound(c.File, found)
	return t.writeFile(c.Output, found.WriteJSON)
}

// isStarterFile tells by its beginning whether a file may be replaced by another starter.
func isStarterFile(head []byte) bool {
	text := strings.TrimSpace(string(head))
	return text == "" || strings.HasPrefix(text, "{") && strings.Contains(text, `"categories"`)
}
