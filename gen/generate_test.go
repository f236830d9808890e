package gen

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"seedbed/gen/gentest"
	"seedbed/gen/knowledge"
	"seedbed/gen/llm"
	"seedbed/gen/openai"
	"seedbed/gen/openai/openaitest"
	"seedbed/gen/scheduler"
	"seedbed/kbsource"
	"seedbed/localdb"
)

// fakeSource is a source of a few passages, or of an error.
type fakeSource struct {
	passages int
	err      error
}

func (k fakeSource) Describe() string { return "a test's knowledge" }

func (k fakeSource) Passages(_ context.Context, limit int) ([]kbsource.Passage, error) {
	var list []kbsource.Passage
	for i := range min(k.passages, limit) {
		list = append(list, kbsource.Passage{Origin: "test", Ref: fmt.Sprint(i), Title: fmt.Sprintf("Subject %d", i), Text: fmt.Sprintf("Subject %d pays %d euros.", i, i*1000)})
	}
	return list, k.err
}

func TestGenerate(t *testing.T) {
	t.Parallel()
	s := openaitest.New(t, openaitest.Options{})
	d := gentest.NewDataset(t)
	job := Job{Dataset: d, Writer: endpointWriter(s, gentest.Price), Plan: smallPlan(), Knowledge: fakeSource{passages: 30}, Passages: 20}
	result, err := Generate(t.Context(), job)
	if err != nil || result.State != scheduler.Done || !result.Note.IsZero() {
		t.Fatalf("%+v, %v", result, err)
	}
	kept, err := d.Passages(t.Context())
	if err != nil || len(kept) != 20 {
		t.Errorf("%d passages are kept, %v", len(kept), err)
	}
	for _, m := range gentest.Messages(t, d, localdb.Filter{}) {
		if (m.PassageID != 0) != (m.Category == "rag_query") || m.BatchID == 0 {
			t.Errorf("%+v", m)
		}
		p, err := d.Provenance(t.Context(), m.BatchID)
		if err != nil || p.Writer != "openai" || p.Model != "gpt-6-luna" || p.Batch.Prompt == "" || p.Batch.Category != m.Category {
			t.Errorf("%q comes from %+v, %v", m.Text, p, err)
		}
	}

	// The same knowledge again adds nothing, and knowledge that is out of reach is
	// replaced by what was kept.
	job.Knowledge = fakeSource{passages: 20, err: errors.New("the database is out of reach")}
	if result, err = Generate(t.Context(), job); err != nil || !strings.Contains(result.Note.String(), "20 passages") || !strings.Contains(result.Note.String(), "out of reach") {
		t.Errorf("%+v, %v", result, err)
	}
	if added, err := knowledge.Keep(t.Context(), d, fakeSource{passages: 25}, 25); err != nil || added != 5 {
		t.Errorf("%d passages were new, %v", added, err)
	}
}

func TestKnowledgeOutOfReach(t *testing.T) {
	t.Parallel()
	s := openaitest.New(t, openaitest.Options{})
	cause := errors.New("the database is out of reach")
	_, err := Generate(t.Context(), Job{Dataset: gentest.NewDataset(t), Writer: endpointWriter(s, gentest.Price), Plan: smallPlan(), Knowledge: fakeSource{err: cause}})
	if !errors.Is(err, cause) || s.Totals().Requests != 0 {
		t.Errorf("%v after %d requests", err, s.Totals().Requests)
	}
}

func TestPreview(t *testing.T) {
	t.Parallel()
	s := openaitest.New(t, openaitest.Options{})
	d := gentest.NewDataset(t)
	job := Job{Dataset: d, Writer: endpointWriter(s, gentest.Price), Plan: defaultPlan()}
	preview, cost, err := Preview(t.Context(), job, 10)
	if err != nil || len(preview) != 10 || cost == nil || *cost == 0 {
		t.Fatalf("%d messages for %v, %v", len(preview), cost, err)
	}
	if kept := gentest.Messages(t, d, localdb.Filter{}); len(kept) != 0 {
		t.Errorf("%d messages of the preview were kept", len(kept))
	}
	job.Plan.CapUSD = 0.0001
	before := s.Totals().Requests
	if _, _, err := Preview(t.Context(), job, 10); err == nil || s.Totals().Requests != before {
		t.Errorf("a preview passed the cap: %v", err)
	}
}

func TestOpenModelWriter(t *testing.T) {
	t.Parallel()
	s := openaitest.New(t, openaitest.Options{Key: "sk-right", Models: []string{"tiny", "small"}})
	config := openai.Config{BaseURL: s.URL, Key: openai.NewSecret("sk-right")}
	w, err := OpenModelWriter(t.Context(), config, nil)
	if err != nil || w.Info().Model == "" || w.Info().Model == llm.DefaultModel || w.Info().Price != nil {
		t.Errorf("%+v, %v", w, err)
	}
	config.Model = "small"
	if w, err = OpenModelWriter(t.Context(), config, nil); err != nil || w.Info().Model != "small" {
		t.Errorf("%+v, %v", w, err)
	}
}
