package gen

import (
	"context"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"seedbed/assets/i18n"
	"seedbed/gen/direction"
	"seedbed/localdb"
)

// Prompt is what a model is asked with for one batch.
type Prompt struct {
	Version      string // of the shipped template, with a mark where a person changed it
	System, User string
}

// promptData is what a template can name.
type promptData struct {
	About        string   // the assistant, in a sentence
	Instructions []string // a person's own rules
	Category     promptCategory
	ReadsLike    promptCategory // what a boundary batch is mistaken for; no name otherwise
	Examples     []string
	Language     string // its name
	Style        string
	Count        int

	Directions []direction.Direction // one for each message

	ReadsLikeExamples        []string // of the category that a boundary batch is mistaken for
	WornOpenings, WornThemes []string // what the category has enough of

	Passages []promptPassage
}

type promptCategory struct{ Name, Is, IsNot string }

type promptPassage struct{ Title, Text string }

func promptDataOf(b Batch) promptData {
	data := promptData{
		About: b.About, Category: promptCategoryOf(b.Category), ReadsLike: promptCategoryOf(b.ReadsLike),
		Examples: b.Examples, Language: languageName(b.Language), Style: b.Style, Count: b.Count,
		Directions: b.Directions, ReadsLikeExamples: b.ReadsLikeExamples, WornOpenings: b.WornOpenings, WornThemes: b.WornThemes,
	}
	for line := range strings.Lines(b.Instructions) {
		if line = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(line), "-*•")); line != "" {
			data.Instructions = append(data.Instructions, line)
		}
	}
	for _, p := range b.Passages {
		data.Passages = append(data.Passages, promptPassage{p.Title, p.Text})
	}
	return data
}

func promptCategoryOf(c localdb.Category) promptCategory {
	return promptCategory{c.Name, c.Is, c.IsNot}
}

// NextPrompt is the prompt that a job's run would send next for a category, and nothing is
// sent: of the unfinished run where the job resumes one, else of a new run with the job's
// plan and seed. The domain may be one that isn't stored yet.
func NextPrompt(ctx context.Context, job Job, domain localdb.Domain, category string) (Prompt, error) {
	r, batches, err := job.unsent(ctx, domain)
	if err != nil {
		return Prompt{}, err
	}
	at := slices.IndexFunc(batches, func(b localdb.BatchRecord) bool {
		return b.Category == category && b.State == localdb.BatchWaiting
	})
	if at < 0 {
		return Prompt{}, i18n.Error(`no more messages of "{{.Category}}" are asked for; give it a number`, i18n.Values{"Category": category})
	}
	b, err := r.batcher.open(batches[at])
	if err != nil {
		return Prompt{}, err
	}
	return b.template.fill(b)
}

// unsent is the job's run with its batches, of which nothing is stored.
func (job Job) unsent(ctx context.Context, domain localdb.Domain) (*Run, []localdb.BatchRecord, error) {
	if job.Resume {
		return unfinished(ctx, job.Dataset, domain, 0)
	}
	r := &Run{dataset: job.Dataset, plan: job.Plan}
	if err := r.prepare(ctx, domain); err != nil {
		return nil, nil, err
	}
	batches, err := r.batcher.all()
	return r, batches, err
}

// languageName is the English name of a language code: "German" for "de". What is
// not a code is returned unchanged: a person may ask for "Swiss German".
func languageName(code string) string {
	tag, err := language.Parse(code)
	if err != nil {
		return code
	}
	return display.English.Tags().Name(tag)
}
