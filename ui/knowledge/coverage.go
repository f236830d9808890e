package knowledge

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen"
	"seedbed/gen/knowledge"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// coverage is how many questions there are about each passage, and which of the passages
// are listed.
type coverage struct {
	asked, stating *shell.Loader
	questions      map[int64]int                 // by passage; nil until they are counted
	statements     map[int64]knowledge.Statement // of the passages without a question, as far as they were read
	reading        *knowledge.Reader             // nil until the passages are read for what they state
	category       string                        // of the questions; "" where the dataset has none
	shown          []localdb.Passage

	choice        *widget.Select
	summary, note *widget.Text
	write         *widget.Button
	object        *fyne.Container
	right         *fyne.Container // the list below its heading
}

// The choices of which passages to list, in their order.
const (
	allPassages = iota
	withoutQuestion
	statingNothing
)

func (p *page) newCoverage() fyne.CanvasObject {
	p.summary, p.note = widget.Body(""), widget.Muted("")
	p.choice = widget.NewSelect([]string{lang.L("All"), lang.L("Without a question"), lang.L("States nothing")}, func(int) {
		p.list.ScrollToTop()
		p.showCoverage()
	})
	p.write = widget.NewSmallButton(lang.L("Write questions for these"), func() {
		targets, _ := p.targets()
		p.planQuestions(targets)
	})
	p.object = widget.VBox(6, p.summary, widget.Wrap(8, p.choice, container.NewCenter(p.write)), p.note)
	p.object.Hide()
	return p.object
}

// setPassages takes the dataset's passages. What was read of them holds as long as they
// are the same: what one states depends on the others' words.
func (p *page) setPassages(passages []localdb.Passage) {
	if !slices.Equal(p.passages, passages) || p.statements == nil {
		p.statements, p.reading = map[int64]knowledge.Statement{}, nil
	}
	p.passages = passages
	p.showCoverage()
}

// asked is how many questions the dataset has about each passage, and of which category
// they are.
type asked struct {
	questions map[int64]int
	category  string
}

func (p *page) readAsked() func(context.Context) (asked, error) {
	data := p.window.Dataset()
	return func(ctx context.Context) (a asked, err error) {
		if a.questions, err = data.QuestionCounts(ctx); err != nil {
			return a, err
		}
		categories, err := data.Categories(ctx)
		a.category, _ = gen.QuestionCategory(categories)
		return a, err
	}
}

func (p *page) showAsked(a asked) {
	p.questions, p.category = a.questions, a.category
	p.showCoverage()
	p.stating.Load()
}

// statingBatch is how many passages are read for what they state before the list shows it.
const statingBatch = 200

// statements is what some passages state.
type statements struct {
	reading  *knowledge.Reader
	all      []localdb.Passage // which it was read with
	passages []localdb.Passage
	found    []knowledge.Statement
}

// readStating reads the next passages without a question.
func (p *page) readStating() func(context.Context) (statements, error) {
	s := statements{reading: p.reading, all: p.passages}
	for _, passage := range p.passages {
		if _, known := p.statements[passage.ID]; !known && p.questions[passage.ID] == 0 && len(s.passages) < statingBatch {
			s.passages = append(s.passages, passage)
		}
	}
	if len(s.passages) == 0 {
		p.reading = nil // its memory grows with the passages
		return nil
	}
	return func(ctx context.Context) (_ statements, err error) {
		if s.reading == nil {
			if s.reading, err = knowledge.NewReader(s.all); err != nil {
				return s, err
			}
		}
		s.found, err = s.reading.Statements(ctx, s.passages)
		return s, err
	}
}

func (p *page) showStating(s statements) {
	if slices.Equal(s.all, p.passages) {
		p.reading = s.reading
		for i, passage := range s.passages {
			p.statements[passage.ID] = s.found[i]
		}
		p.showCoverage()
	}
	p.stating.Load()
}

// showCoverage lists the passages of the choice and says how many have a question.
func (p *page) showCoverage() {
	p.shown = nil
	covered := 0
	for _, passage := range p.passages {
		if p.questions[passage.ID] > 0 {
			covered++
		}
		if p.isChosen(passage) {
			p.shown = append(p.shown, passage)
		}
	}
	p.summary.SetText(lang.L("{{.N}} of {{.All}} passages have a question", map[string]any{"N": shell.Thousands(covered), "All": shell.Thousands(len(p.passages))}))
	shell.SetVisible(p.object, len(p.passages) > 0 && p.questions != nil)
	targets, note := p.targets()
	shell.SetEnabled(p.write, len(targets) > 0)
	p.note.SetText(note)
	shell.SetVisible(p.note, note != "")
	p.right.Refresh() // the list, which also moves where the texts above take other room
}

func (p *page) isChosen(passage localdb.Passage) bool {
	switch p.choice.SelectedIndex() {
	case withoutQuestion:
		return p.questions[passage.ID] == 0
	case statingNothing:
		return p.questions[passage.ID] == 0 && p.statements[passage.ID] == knowledge.Silent
	}
	return true
}

// questionsText is how many questions there are about a passage, or why there is none.
func (p *page) questionsText(passage localdb.Passage) string {
	switch n := p.questions[passage.ID]; {
	case p.questions == nil:
		return "…"
	case n == 1:
		return lang.L("1 question")
	case n > 1:
		return lang.L("{{.N}} questions", map[string]any{"N": shell.Thousands(n)})
	}
	switch p.statements[passage.ID] {
	case knowledge.Silent:
		return lang.L("states nothing to ask about")
	case knowledge.NeedsModel:
		return lang.L("no question yet, needs a language model")
	}
	return lang.L("no question yet")
}

// targets are the listed passages that questions are to be written for, with what a
// person should know of them. Those that state nothing are among them only where there
// are no others.
func (p *page) targets() (ids []int64, note string) {
	var silent []int64
	foreign := 0
	for _, passage := range p.shown {
		if p.questions[passage.ID] > 0 {
			continue
		}
		switch p.statements[passage.ID] {
		case knowledge.Silent:
			silent = append(silent, passage.ID)
			continue
		case knowledge.NeedsModel:
			foreign++
		}
		ids = append(ids, passage.ID)
	}
	left := map[string]any{"N": shell.Thousands(len(silent))}
	switch {
	case p.category == "":
		return nil, lang.L("No category asks about passages: add one of that kind on Categories first.")
	case len(ids) == 0 && len(silent) > 0:
		return silent, lang.L("These state nothing that the built-in writer can ask about. A language model may still find something.")
	case foreign > 0:
		note = lang.L("A language model is needed for {{.N}} of these, because of their language: choose one on Generate.", map[string]any{"N": shell.Thousands(foreign)})
	}
	if len(silent) > 0 {
		if note != "" {
			note += " "
		}
		note += lang.L("Left out, because they state nothing to ask about: {{.N}}.", left)
	}
	return ids, note
}

// writeAbout is the button for questions about one passage, unless no category has any.
func (p *page) writeAbout(passage localdb.Passage) []*widget.Button {
	if p.category == "" {
		return nil
	}
	return []*widget.Button{widget.NewButton(lang.L("Write a question for this"), func() { p.planQuestions([]int64{passage.ID}) })}
}

// planQuestions prepares a run with a question about each of some passages.
func (p *page) planQuestions(ids []int64) {
	p.window.PlanRun(gen.Plan{}.ForPassages(p.category, ids, 1))
}
