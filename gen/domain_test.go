package gen

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"seedbed/gen/gentest"
	"seedbed/gen/openai/openaitest"
	"seedbed/gen/prompt"
	"seedbed/gen/scheduler"
	"seedbed/gen/starter"
	"seedbed/localdb"
)

// ofCoaching are words that belong to no dataset but one about coaching or work.
var ofCoaching = regexp.MustCompile(`(?i)coach|career|\bjobs?\b|employ|salar|resume|\bCV\b|mentor|manager|promotion|office worker|\btrades?\b`)

// bicycleShop is a dataset of a shop with categories of every kind.
func bicycleShop(t *testing.T) *localdb.Dataset {
	t.Helper()
	found, err := starter.ReadText(t.Context(), "repairs: a bicycle is broken\norders: where a parcel is\nsmall talk\nfaq: what a rule or a price is\nnone")
	if err != nil {
		t.Fatal(err)
	}
	found.About = "a support bot of a bicycle shop in Ghent; customers write from their phones"
	d, err := found.Create(t.Context(), filepath.Join(t.TempDir(), "bikes.seedbed"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	if _, err := d.AddPassages(t.Context(), []localdb.Passage{{Title: "Returns", Text: "A bicycle can be returned within 30 days. The frame is guaranteed for five years."}}); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestNoPromptOfABicycleShopIsAboutCoaching(t *testing.T) {
	t.Parallel()
	d := bicycleShop(t)
	categories, err := d.Categories(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	plan := Plan{Language: "en", Seed: 7, Knowledge: true}
	for _, c := range categories {
		plan.Counts = append(plan.Counts, Count{c.Name, 500}) // every persona and situation
	}
	plan.Boundaries = []Boundary{{"repairs", "orders", 10}, {"faq", "repairs", 10}}
	domain, err := d.Domain(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r, batches, err := Job{Dataset: d, Plan: plan}.unsent(t.Context(), domain)
	if err != nil {
		t.Fatal(err)
	}
	for _, stored := range batches {
		b, err := r.batcher.open(stored)
		if err != nil {
			t.Fatal(err)
		}
		p, err := b.template.Fill(promptData(b))
		if err != nil {
			t.Fatal(err)
		}
		all := p.System + "\n" + p.User
		if found := ofCoaching.FindString(all); found != "" {
			t.Fatalf("%q in:\n%s", found, all)
		}
		if !strings.Contains(p.System, domain.About) {
			t.Fatalf("the assistant is not in:\n%s", p.System)
		}
	}
	if starter.Default().About == "" || !ofCoaching.MatchString(starter.Default().About) {
		t.Error("the words would not be found")
	}
}

func TestTheNextPromptIsTheOneThatIsSent(t *testing.T) {
	t.Parallel()
	d := bicycleShop(t)
	s := openaitest.New(t, openaitest.Options{})
	w := endpointWriter(s, gentest.Price)
	domain, err := d.Domain(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	domain.Instructions = "- Every message names Ghent.\n\nNever a brand."
	if err := SaveDomain(t.Context(), d, "en", domain); err != nil {
		t.Fatal(err)
	}
	plan := Plan{Language: "en", Seed: 7, Counts: []Count{{"repairs", 10}}}
	p, err := NextPrompt(t.Context(), Job{Dataset: d, Plan: plan}, domain, "repairs")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(p.System, "\n- Every message names Ghent.\n- Never a brand.\n") {
		t.Errorf("the instructions are no rules in:\n%s", p.System)
	}
	if run, err := d.LastRun(t.Context()); err == nil {
		t.Errorf("a run was stored: %+v", run)
	}
	do(t, start(t, d, plan, w), w)
	sent := s.Calls()[0]
	if sent.System != p.System || sent.User != p.User {
		t.Errorf("sent\n%s\n%s\nbut shown\n%s\n%s", sent.System, sent.User, p.System, p.User)
	}
	m := gentest.Messages(t, d, localdb.Filter{})[0]
	from, err := d.Provenance(t.Context(), m.BatchID)
	if err != nil || from.Batch.Prompt != p.Version || !strings.Contains(p.Version, " edited ") {
		t.Errorf("the batch records %q, %v; shown %q", from.Batch.Prompt, err, p.Version)
	}
	if _, err := NextPrompt(t.Context(), Job{Dataset: d, Plan: plan}, domain, "orders"); err == nil {
		t.Error("a prompt for what isn't asked for")
	}
	if _, err := NextPrompt(t.Context(), Job{Dataset: d, Resume: true}, domain, "repairs"); err == nil {
		t.Error("a prompt of a run that is done")
	}
}

func TestAnEditedTemplate(t *testing.T) {
	t.Parallel()
	d := bicycleShop(t)
	shipped, err := prompt.Default("en")
	if err != nil {
		t.Fatal(err)
	}
	edited := strings.Replace(shipped, "You write short messages", "You are a playwright and write short messages", 1)
	plan := Plan{Language: "en", Seed: 7, Counts: []Count{{"faq", 10}}, Knowledge: true}
	for _, test := range []struct {
		template string
		edited   bool
	}{{edited, true}, {shipped, false}, {edited, true}, {"", false}} {
		if err := SaveDomain(t.Context(), d, "en", localdb.Domain{About: "a bot", Template: test.template}); err != nil {
			t.Fatal(err)
		}
		domain, err := d.Domain(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		p, err := NextPrompt(t.Context(), Job{Dataset: d, Plan: plan}, domain, "faq")
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(p.System, "playwright"); got != test.edited || strings.Contains(p.Version, "edited") != test.edited || (domain.Template != "") != test.edited {
			t.Errorf("version %q of:\n%s", p.Version, p.System)
		}
		if !strings.Contains(p.User, "within 30 days") {
			t.Errorf("no passage in:\n%s", p.User)
		}
	}
}

func TestTemplatesThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	d := bicycleShop(t)
	template := func(body string) string {
		return `{{define "system"}}{{.Category.Name}} {{.Count}} {"messages": []} ` + body + `{{end}}{{define "user"}}x{{end}}`
	}
	if err := prompt.Check(template("{{range .Passages}}{{quote .Text}}{{end}}{{if and .About (gt (len .Examples) 0)}}x{{end}}")); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ template, want string }{
		"no category":        {strings.Replace(template(""), "{{.Category.Name}}", "", 1), "{{.Category.Name}}"},
		"no count":           {strings.Replace(template(""), "{{.Count}}", "", 1), "{{.Count}}"},
		"no form":            {strings.Replace(template(""), "messages", "texts", 1), `{"messages": [`},
		"no parts":           {"{{.Category.Name}}", `{{define "`},
		"unclosed":           {template("{{if .About}}"), "can't be read"},
		"unknown field":      {template("{{.Nonsense}}"), "Nonsense"},
		"unknown function":   {template("{{shell .About}}"), "can't be read"},
		"endless loop":       {template("{{range 1000000000000}}{{end}}"), "can't be used there"},
		"loop over a count":  {template("{{range .Count}}{{range .Count}}{{end}}{{end}}"), "can't be used there"},
		"nested loops":       {template("{{range .Examples}}{{range $.Examples}}{{range $.Examples}}x{{end}}{{end}}{{end}}"), "can't be used there"},
		"recursion":          {template(`{{template "system" .}}`), "can't be used there"},
		"a wide number":      {template(`{{printf "%1000000d" 1}}`), "can't be used there"},
		"doubling":           {template(`{{$x := "a"}}{{range .Examples}}{{$x = printf "%s%s" $x $x}}{{end}}`), "can't be used there"},
		"hidden in brackets": {template(`{{(printf "%9999999d" 1).X}}`), "can't be used there"},
		"a long text":        {template(strings.Repeat("x", localdb.LongestTemplate)), "characters"},
	} {
		err := SaveDomain(t.Context(), d, "en", localdb.Domain{Template: test.template})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
	}
	if domain, err := d.Domain(t.Context()); err != nil || domain.Template != "" || domain.About == "" {
		t.Errorf("the domain was changed: %+v, %v", domain, err)
	}
	// A file that somebody else made.
	if err := d.SetDomain(t.Context(), localdb.Domain{Template: template("{{range 1000000000000}}{{end}}")}); err != nil {
		t.Fatal(err)
	}
	w := endpointWriter(openaitest.New(t, openaitest.Options{}), gentest.Price)
	_, err := NewRun(t.Context(), d, Plan{Language: "en", Counts: []Count{{"repairs", 10}}}, w.Info(), scheduler.NewControls())
	if err == nil || !strings.Contains(err.Error(), "edited for this dataset can't be used") {
		t.Errorf("a run with it: %v", err)
	}
}

func TestTheBuiltInWriterSaysWhichLanguagesItKnows(t *testing.T) {
	t.Parallel()
	if known := WriterLanguages(starter.Default().Categories); len(known) == 0 || !slices.Contains(known, "en") {
		t.Fatalf("known: %q", known)
	}
	for _, code := range []string{"xx", "ja", "Swiss German", "../en"} {
		err := CheckWriterLanguage(code, starter.Default().Categories)
		if err == nil || !strings.Contains(err.Error(), "English (en)") || !strings.Contains(err.Error(), "language model") || strings.Contains(err.Error(), "mess.txt") {
			t.Errorf("%s: %v", code, err)
		}
		if _, err := NewBuiltinWriter(code, 1); err == nil {
			t.Errorf("a writer in %s", code)
		}
	}
}

func TestSeedsAreDrawn(t *testing.T) {
	t.Parallel()
	if first, second := DefaultPlan(), DefaultPlan(); first.Seed == second.Seed {
		t.Error("two plans have the same seed")
	}
}
