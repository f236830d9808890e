package realdata

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2/lang"

	"seedbed/assets/i18n"
	"seedbed/gen/realdata"
	"seedbed/localdb"
	"seedbed/ui/shell"
)

// act chooses a file, and then merges.
func (p *page) act() {
	if p.source == nil && !p.merging {
		p.chooseFile()
	}
	if p.source == nil || !p.ready {
		return
	}
	plan, title, lines := p.plan(), lang.L("Merging"), p.source.lines
	labels, ok := p.labels.plan(p.window)
	if !ok {
		return
	}
	switch p.labels.chosen {
	case byCheck:
		plan.Check, plan.LeaveOutOfScope = p.can.check, p.labels.leave.Checked
	case byModel:
		plan.Model, plan.Labels = p.can.model, labels
	case byHand:
	}
	var result realdata.Result
	read := p.source.reading
	p.merging = true
	p.begin(title, func(ctx context.Context, tell func(shell.Progress)) (err error) {
		plan.Progress = func(rows int) { tell(shell.Progress{What: title, Done: rows, Total: max(rows, lines)}) }
		plan.Labels.Progress = tellLabels(tell)
		if result, err = plan.Run(ctx); err == nil || result.Added > 0 {
			err = errors.Join(err, read.keepMark(ctx, plan.Dataset))
		}
		return err
	}, func(err error) {
		p.merging = false
		if err != nil && result.Added == 0 {
			p.window.Fail(lang.L("The merge did not happen"), err)
			p.renew()
			return
		}
		p.close()
		p.window.Review(localdb.Filter{Sources: []localdb.Source{localdb.Real}, Queue: localdb.Queue{Kind: localdb.MostUncertain}}, 0)
		p.merged(plan.Title, result, err)
	})
}

// merged tells what came of a merge; one undo takes it back, labels and all.
func (p *page) merged(title i18n.Text, r realdata.Result, err error) {
	text := lang.N("{{.N}} messages are merged", r.Added, map[string]any{"N": shell.Thousands(r.Added)})
	passing, staying := text, ""
	if r.Labels != nil {
		passing, staying = told(text, *r.Labels)
	}
	p.window.Toasts.Show(passing, lang.L("Undo"), func() { p.undoUntil(title) })
	switch {
	case err != nil:
		p.window.Fail(lang.L("The messages are merged, but not labelled"), err)
	case r.OutOfScope > 0:
		p.window.Tell(text, many(r.OutOfScope, lang.L("1 message seems to belong to no category and has no label. Review lists it under “no category”."),
			lang.N("{{.N}} messages seem to belong to no category and have no label. Review lists them under “no category”.", r.OutOfScope, map[string]any{"N": shell.Thousands(r.OutOfScope)})))
	case staying != "":
		p.window.Tell(text, staying)
	}
}

// undoUntil takes back the newest changes down to the one with this title: labels that
// were given after a merge go with it.
func (p *page) undoUntil(title i18n.Text) {
	const most = 10
	data := p.window.Dataset()
	p.window.Change(lang.L("Undoing"), lang.L("The change could not be taken back"), func(ctx context.Context, report localdb.Report) error {
		for range most {
			undone, err := data.Undo(ctx, report)
			if err != nil || undone.String() == title.String() {
				return err
			}
		}
		return nil
	}, func(err error) {
		if err == nil {
			p.window.Toasts.Show(lang.L("Undone: {{.What}}", map[string]any{"What": shell.Translate(title.Parts())}), "", nil)
		}
	})
}

// notesOn says what else a merge would do.
func notesOn(r localdb.MergeReport) string {
	var notes []string
	if n := len(r.NewCategories); n > 0 {
		names := strings.Join(r.NewCategories[:min(n, shownCategories)], ", ")
		if n > shownCategories {
			names += ", …"
		}
		notes = append(notes, lang.L("New categories: {{.Names}}.", map[string]any{"Names": names}))
	}
	if r.TwoCategories > 0 {
		notes = append(notes, lang.N("{{.N}} texts stand under another category, too, and will be flagged.", r.TwoCategories, map[string]any{"N": shell.Thousands(r.TwoCategories)}))
	}
	if r.Labelled > 0 {
		notes = append(notes, lang.N("{{.N}} lines give their category to a message that is there without one.", r.Labelled, map[string]any{"N": shell.Thousands(r.Labelled)}))
	}
	if r.Remarked > 0 {
		notes = append(notes, lang.N("{{.N}} lines add a note or tags to a message that is there.", r.Remarked, map[string]any{"N": shell.Thousands(r.Remarked)}))
	}
	return strings.Join(notes, " ")
}

// shownCategories is how many new categories are named.
const shownCategories = 5
