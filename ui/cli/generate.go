package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"seedbed/gen"
	"seedbed/gen/llm"
	"seedbed/gen/phrases"
	"seedbed/gen/profile"
	"seedbed/gen/scheduler"
	"seedbed/gen/starter"
	"seedbed/kbsource"
	"seedbed/localdb"
	"seedbed/localdb/exchange"
)

type generateCommand struct {
	Output string `required:"" placeholder:"FILE.csv" help:"The CSV file to write: message,category,confidence; - for standard output."`
	generateFlags
	JSON bool `name:"json" help:"Write the result to standard output as JSON."`
}

// generateFlags say how many of what, about what, and who writes.
type generateFlags struct {
	starterFlags
	RagCount        *int           `type:"messages" placeholder:"N" help:"Messages of each category of factual questions, such as rag_query; the default is what the category should have: 100 of rag_query."`
	ContextCount    *int           `type:"messages" placeholder:"N" help:"Messages of each category of what people tell of themselves: 80 of each of the six contexts of coaching."`
	ChitchatCount   *int           `type:"messages" placeholder:"N" help:"Messages of each category of small talk: 60 of chitchat."`
	Count           map[string]int `type:"counts" placeholder:"CATEGORY=N" help:"Messages of one category; can be repeated, and overrides the counts above."`
	NoKnowledgeBase bool           `help:"Write factual questions without a knowledge base, as general ones."`
	Knowledge       string         `placeholder:"POSTGRES-URL|FOLDER|FILE" help:"Where the facts of factual questions come from: a database, a folder of documents, a zip file of them or one document; the default is DATABASE_URL, if that is set."`
	Table           string         `default:"general_embeddings_1024" help:"The table of the knowledge base."`
	Column          string         `default:"content" help:"Its text column."`
	Limit           int            `type:"passages" default:"50" help:"How many passages to read, spread over the whole source."`
	Writer          string         `enum:"openai,builtin," default:"" help:"Who writes: openai (any compatible endpoint) or builtin. The default is openai if a key or an address is set, builtin otherwise."`
	BaseURL         string         `placeholder:"URL" help:"The address of the endpoint; OPENAI_BASE_URL is the default."`
	Model           string         `help:"The model; the default is the shipped one, or the best that the endpoint offers; see seedbed models."`
	MaxCost         float64        `type:"dollars" placeholder:"USD" help:"Never spend more than this."`
	Language        string         `default:"en" help:"The language of the messages, a code such as en."`
	LikeUsers       bool           `help:"Write as the senders of the dataset's real messages do, by the shares of lengths, capitals, punctuation, typing errors, emoji, greetings and politeness."`
	Seed            *uint64        `type:"seed" placeholder:"N" help:"The same seed and the built-in writer give the same messages; the default is a new one each time, which is printed."`
	Dataset         string         `placeholder:"FILE.seedbed" help:"The dataset to write to; by default one beside the output."`
	Estimate        bool           `help:"Print what the run would take (messages, requests, tokens and money) and end; nothing is written, and no message is sent."`
	Resume          bool           `help:"Resume the dataset's unfinished run; nothing is paid for twice."`
}

// Help is shown below the flags.
func (generateCommand) Help() string {
	return `The key is read from OPENAI_API_KEY and the knowledge base's address from DATABASE_URL, in the environment or in a file .env in this folder; neither is taken from an argument. Without a key the built-in writer writes the messages, without a network and for free.

Example:
  seedbed generate --output synthetic_labeled.csv
  seedbed generate --output big.csv --rag-count 200 --context-count 150 --chitchat-count 100
  seedbed generate --output shop.csv --starter shop
  seedbed generate --output shop.csv --starter shop --model gpt-6-luna --estimate
  seedbed generate --output more.csv --dataset mine.seedbed --like-users
  seedbed generate --output bikes.csv --categories categories.csv --about "a support bot of a bicycle shop"`
}

// generateReport is the result of generate.
type generateReport struct {
	gen.Result
	Summary string `json:"sentence"`
	Note    string `json:"note,omitempty"`
	Writer  string `json:"writer"`
	Model   string `json:"model,omitempty"`
	Output  string `json:"output"`
	Dataset string `json:"dataset"`

	// KnowledgeSkipped are the files of the knowledge that could not be read.
	KnowledgeSkipped []skippedFile `json:"knowledge_skipped,omitempty"`
}

// Run makes the messages and tells what came of it.
func (c *generateCommand) Run(ctx context.Context, t *terminal, env *environment) error {
	if c.Estimate {
		return c.estimate(ctx, t, env)
	}
	report, err := c.make(ctx, t, env)
	if err != nil {
		return err
	}
	if err := t.result(c.JSON, report, report.print); err != nil {
		return err
	}
	return report.problem()
}

// make makes the messages: knowledge → plan → run → CSV.
func (c *generateCommand) make(ctx context.Context, t *terminal, env *environment) (report generateReport, err error) {
	if err := t.checkOutput(c.Output, csvOutput, c.Dataset, c.Knowledge); err != nil {
		return report, err
	}
	switch {
	case c.Dataset == "" && isStandardOutput(c.Output):
		return report, usageError{errors.New("--output: for standard output, also name the dataset with --dataset FILE.seedbed")}
	case c.Dataset != "":
		if err := checkDataset(c.Dataset); err != nil {
			return report, err
		}
	}
	if c.Seed == nil {
		c.Seed = new(gen.NewSeed())
	}
	source, err := c.source(env)
	if err != nil {
		return report, err
	}
	d, err := c.open(ctx, t)
	if err != nil {
		return report, err
	}
	defer d.Close()
	writer, err := c.writer(ctx, t, env, d)
	if err != nil {
		return report, d.explain(ctx, err)
	}
	report = generateReport{Writer: writer.Info().Name, Model: writer.Info().Model, Output: c.Output, Dataset: d.Path()}
	folder, _ := source.(*kbsource.Folder)
	t.watchFolder(folder)
	report.Result, err = c.generate(ctx, t, gen.Job{Dataset: d.Dataset, Writer: writer, Resume: d.resuming, Knowledge: source, Passages: c.Limit})
	report.KnowledgeSkipped = t.tellSkipped(folder)
	if err != nil {
		return report, d.explain(ctx, err)
	}
	report.Summary, report.Note = report.Result.Summary.String(), report.Result.Note.String()
	if err := writeCSV(context.WithoutCancel(ctx), t, d.Dataset, c.Output); err != nil {
		return report, fmt.Errorf("the messages are in %s, but the CSV file could not be written: %w", d.Path(), err)
	}
	return report, nil
}

// problem is the error of a run that isn't done.
func (r generateReport) problem() error {
	if r.State == scheduler.Exhausted { // the same command would bring nothing
		return partialError{errors.New(r.Summary)}
	}
	unfinished := fmt.Errorf("%s To continue later, run the same command with --dataset %q --resume", r.Summary, r.Dataset)
	switch {
	case r.State == scheduler.Done:
		return nil
	case r.Messages == 0:
		return unfinished
	}
	return partialError{unfinished}
}

// generate does the job with the plan that the counts make.
func (c *generateCommand) generate(ctx context.Context, t *terminal, job gen.Job) (result gen.Result, err error) {
	if job.Plan, err = c.plan(ctx, job.Dataset, job.Knowledge != nil); err != nil {
		return result, err
	}
	if c.LikeUsers && !job.Resume { // a resumed run goes on with its own plan
		if job.Plan.Habits, err = usersOf(ctx, job.Dataset); err != nil {
			return result, err
		}
	}
	set, end := t.bar(job.Plan.Total())
	var told time.Time
	job.Progress = func(p gen.Progress) {
		set(p.Kept, p.Note.String())
		if p.WaitsUntil.After(told) && !t.lively {
			t.say("%s", p.Note)
		}
		told = p.WaitsUntil
	}
	result, err = gen.Generate(ctx, job)
	end()
	var wrongPlan *llm.PlanError
	switch {
	case errors.Is(err, localdb.ErrNoRun):
		return gen.LastResult(ctx, job.Dataset)
	case errors.As(err, &wrongPlan):
		return result, usageError{err}
	}
	return result, err
}

// usersOf are the habits of the senders of a dataset's real messages.
func usersOf(ctx context.Context, d *localdb.Dataset) (*phrases.Habits, error) {
	profiles, err := profile.Read(ctx, d)
	if err == nil && !profiles.LikeUsers() {
		err = usageError{fmt.Errorf("--like-users: %s has %d real messages, and %d are needed to tell how users write: import some on the window's Real data page and name that dataset with --dataset, or leave the option out", d.Path(), profiles.Real.Messages, profile.Enough)}
	}
	return &profiles.Real.Habits, err
}

// openDataset is the dataset that a run writes to.
type openDataset struct {
	*localdb.Dataset
	resuming bool // an earlier run goes on
	created  bool // it wasn't there before
}

// explain adds to the error of a run where its messages are. A new dataset that has
// none is removed again.
func (d openDataset) explain(ctx context.Context, err error) error {
	counts, countErr := d.Counts(context.WithoutCancel(ctx))
	switch {
	case countErr != nil || counts.Total > 0:
		return fmt.Errorf("%w. The messages written so far are in %s", err, d.Path())
	case d.created && d.neverRun(ctx):
		return errors.Join(err, d.Close(), os.Remove(d.Path()))
	}
	return err
}

func (r generateReport) print(w io.Writer) {
	printf(w, "%s\n", r.Summary)
	for _, category := range sortedKeys(r.PerCategory) {
		printf(w, "  %-14s %5d\n", category, r.PerCategory[category])
	}
	for _, reason := range sortedKeys(r.Discarded) {
		printf(w, "  discarded, %s: %d\n", reason, r.Discarded[reason])
	}
	cost := "unknown cost"
	if r.CostUSD != nil {
		cost = fmt.Sprintf("$%.4f", *r.CostUSD)
	}
	if r.Note != "" {
		printf(w, "%s\n", r.Note)
	}
	printf(w, "%s, %d requests, %s, seed %d\nCSV: %s\nDataset: %s\n", r.Writer, r.Requests, cost, r.Seed, r.Output, r.Dataset)
}

// source finds out where the knowledge comes from; nil means nowhere.
func (c *generateCommand) source(env *environment) (kbsource.Source, error) {
	if c.NoKnowledgeBase {
		if c.Knowledge != "" {
			return nil, usageError{errors.New("--knowledge and --no-knowledge-base contradict each other: give only one")}
		}
		return nil, nil //nolint:nilnil // nowhere is an answer
	}
	if kbsource.IsPostgres(c.Knowledge) {
		// An address that can't be understood says so before anything else.
		if _, err := kbsource.NewPostgres(kbsource.Config{URL: c.Knowledge}); err != nil {
			return nil, usageError{err}
		}
	}
	address := c.Knowledge
	if address == "" {
		address = env.databaseURL
	}
	switch {
	case address == "":
		return nil, nil //nolint:nilnil // nowhere is an answer
	case c.Knowledge == "" || kbsource.IsPostgres(address): // what DATABASE_URL holds may be a password, and is never shown as a path
		return kbsource.NewPostgres(kbsource.Config{URL: address, Password: env.databasePassword, Table: c.Table, Column: c.Column, Embeddings: true, Seed: *c.Seed})
	}
	return kbsource.OpenFolder(address)
}

// writer chooses who writes, and says so where nobody was asked for. A resumed run goes on
// in its own language and with its own seed.
func (c *generateCommand) writer(ctx context.Context, t *terminal, env *environment, d openDataset) (gen.Writer, error) {
	config, ok := env.endpoint(c.BaseURL, c.Model)
	if c.Writer == "builtin" || c.Writer == "" && !ok {
		if c.Writer == "" {
			t.say("OPENAI_API_KEY is not set, so the built-in writer writes the messages.")
		}
		return c.builtinWriter(ctx, d)
	}
	if !ok {
		return nil, usageError{errors.New("--writer openai needs OPENAI_API_KEY in the environment or in .env, or --base-url for an endpoint without a key")}
	}
	t.warnUnencrypted(config)
	return gen.OpenModelWriter(ctx, config, nil)
}

func (c *generateCommand) builtinWriter(ctx context.Context, d openDataset) (gen.Writer, error) {
	language, seed := c.Language, *c.Seed
	if d.resuming {
		plan, err := gen.UnfinishedPlan(ctx, d.Dataset)
		switch {
		case err == nil:
			language, seed = plan.Language, plan.Seed
		case !errors.Is(err, localdb.ErrNoRun):
			return nil, err
		}
	}
	categories, err := d.Categories(ctx)
	if err != nil {
		return nil, err
	}
	if err := gen.CheckWriterLanguage(language, categories); err != nil {
		return nil, usageError{err}
	}
	return gen.NewBuiltinWriter(language, seed)
}

func (d openDataset) neverRun(ctx context.Context) bool {
	_, err := d.LastRun(context.WithoutCancel(ctx))
	return errors.Is(err, localdb.ErrNoRun)
}

// open opens the dataset to write to, or makes it.
func (c *generateCommand) open(ctx context.Context, t *terminal) (openDataset, error) {
	path := c.Dataset
	if path == "" {
		path = strings.TrimSuffix(c.Output, filepath.Ext(c.Output)) + ".seedbed"
	}
	begins, err := c.read(ctx, t)
	if err != nil {
		return openDataset{}, err
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return openDataset{}, err
		}
		d, err := begins.Create(ctx, path)
		return openDataset{Dataset: d, created: true}, err
	}
	d, err := t.changeDataset(ctx, path)
	if err != nil {
		return openDataset{}, err
	}
	if c.Resume {
		// A kill may have come between the dataset and its first run.
		_, err := d.LastRun(ctx)
		return openDataset{Dataset: d, resuming: !errors.Is(err, localdb.ErrNoRun)}, nil
	}
	_, err = d.UnfinishedRun(ctx)
	switch {
	case err == nil:
		err = usageError{fmt.Errorf("%s has an unfinished run: add --resume to continue it, or name another --dataset", path)}
	case errors.Is(err, localdb.ErrNoRun) && c.Dataset != "" && c.given():
		err = usageError{fmt.Errorf("%s already exists and has its categories: leave --starter and --categories out to write more of them, or name another --dataset", path)}
	case errors.Is(err, localdb.ErrNoRun) && c.Dataset != "":
		if err = c.applyTo(ctx, d); err == nil {
			return openDataset{Dataset: d}, nil // more messages for a dataset that was asked for by name
		}
	case errors.Is(err, localdb.ErrNoRun):
		if err = d.Close(); err == nil {
			d, err = c.beside(ctx, t, path, begins)
			return openDataset{Dataset: d, created: true}, err
		}
	}
	return openDataset{}, errors.Join(err, d.Close())
}

// beside makes a dataset under the next free name: an earlier one is never overwritten.
func (c *generateCommand) beside(ctx context.Context, t *terminal, taken string, begins starter.Starter) (*localdb.Dataset, error) {
	for n := 2; ; n++ {
		path := fmt.Sprintf("%s-%d.seedbed", strings.TrimSuffix(taken, ".seedbed"), n)
		d, err := begins.Create(ctx, path)
		if !errors.Is(err, fs.ErrExist) {
			t.say("%s already exists and is left unchanged; this dataset is %s.", taken, path)
			return d, err
		}
	}
}

// plan turns the counts into a plan for the dataset's own categories.
func (c *generateCommand) plan(ctx context.Context, d *localdb.Dataset, knowledge bool) (gen.Plan, error) {
	categories, err := d.Categories(ctx)
	if err != nil {
		return gen.Plan{}, err
	}
	plan := gen.Plan{Language: c.Language, Seed: *c.Seed, CapUSD: c.MaxCost, Knowledge: knowledge}
	ofKind := map[string]*int{"rag": c.RagCount, "context": c.ContextCount, "chitchat": c.ChitchatCount}
	for _, category := range categories {
		n, named := c.Count[category.Name]
		switch of := ofKind[category.Kind]; {
		case named:
		case of != nil:
			n = *of
		default:
			n = category.Target
		}
		if !category.Archived && n != 0 {
			plan.Counts = append(plan.Counts, gen.Count{Category: category.Name, Messages: n})
		}
	}
	for name := range c.Count {
		if !slices.ContainsFunc(categories, func(k localdb.Category) bool { return k.Name == name }) {
			return gen.Plan{}, usageError{fmt.Errorf("there is no category %q in %s: check --count", name, d.Path())}
		}
	}
	return plan, nil
}

// writeCSV writes all but the rejected messages, exactly as training scripts want them.
func writeCSV(ctx context.Context, t *terminal, d *localdb.Dataset, path string) error {
	filter := localdb.Filter{Statuses: []localdb.Status{localdb.ToReview, localdb.Accepted}}
	return t.writeFile(path, func(w io.Writer) error {
		_, err := d.Export(ctx, w, filter, exchange.WriteOptions{})
		return err
	})
}
