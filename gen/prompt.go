package gen

import (
	"context"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"seedbed/assets/i18n"
	"seedbed/gen/prompt"
	"seedbed/localdb"
)

// promptData is what the template can name of a batch.
func promptData(b Batch) prompt.Data {
	data := prompt.Data{
		About: b.About, Category: promptCategory(b.Category), ReadsLike: promptCategory(b.ReadsLike),
		Examples: b.Examples, Language: languageName(b.Language), Style: b.Style, Count: b.Count,
		Directions: b.Directions, ReadsLikeExamples: b.ReadsLikeExamples, WornOpenings: b.WornOpenings, WornThemes: b.WornThemes,
	}
	for line := range strings.Lines(b.Instructions) {
		if line = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(line), "-*•")); line != "" {
			data.Instructions = append(data.Instructions, line)
		}
	}
	for _, p := range b.Passages {
		data.Passages = append(data.Passages, prompt.Passage{Title: p.Title, Text: p.Text})
	}
	return data
}

func promptCategory(c localdb.Category) prompt.Category {
	return prompt.Category{Name: c.Name, Is: c.Is, IsNot: c.IsNot}
}

// NextPrompt is the prompt that a job's run would send next for a category, and nothing is
// sent: of the unfinished run where the job resumes one, else of a new run with the job's
// plan and seed. The domain may be one that isn't stored yet.
func NextPrompt(ctx context.Context, job Job, domain localdb.Domain, category string) (prompt.Prompt, error) {
	r, batches, err := job.unsent(ctx, domain)
	if err != nil {
		return prompt.Prompt{}, err
	}
	at := slices.IndexFunc(batches, func(b localdb.BatchRecord) bool {
		return b.Category == category && b.State == localdb.BatchWaiting
	})
	if at < 0 {
		return prompt.Prompt{}, i18n.Error(`no more messages of "{{.Category}}" are asked for; give it a number`, i18n.Values{"Category": category})
	}
	b, err := r.batcher.open(batches[at])
	if err != nil {
		return prompt.Prompt{}, err
	}
	return b.template.Fill(promptData(b))
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

// SaveDomain checks what a dataset's messages are about, and stores it. A template that is
// the shipped one is stored as none, so that the dataset follows later versions.
func SaveDomain(ctx context.Context, d *localdb.Dataset, language string, domain localdb.Domain) error {
	shipped, err := prompt.Default(language)
	if err != nil {
		return err
	}
	if strings.TrimSpace(domain.Template) == strings.TrimSpace(shipped) {
		domain.Template = ""
	}
	if err := prompt.Check(domain.Template); err != nil {
		return err
	}
	return d.SetDomain(ctx, domain)
}
