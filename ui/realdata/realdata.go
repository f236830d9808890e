// Package realdata is the page that merges real messages from a file or a database.
package realdata

import (
	"context"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen/intent"
	"seedbed/gen/label"
	"seedbed/gen/realdata"
	"seedbed/localdb"
	"seedbed/localdb/exchange/formats"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// page brings real messages in: it reads a file or a table of conversations, shows
// what would become of each message, and merges them.
type page struct {
	window  *shell.Window
	source  *source          // nil while nothing is chosen
	work    *shell.Job       // the newest reading, preview or merge
	asked   int              // how many were begun
	merging bool             // that is a merge
	preview realdata.Preview // of what the page says, where ready
	ready   bool
	can     labellers
	read    []intent.Prediction // what the check makes of the first messages

	facts   *widget.Text
	reading *readingCard
	charset *encodingQuestion
	columns *columnsCard
	cleanup *cleanupCard
	labels  *labelsCard
	rows    *preview
	problem *widget.Panel
	trouble *widget.Text
	empty   *emptyState
	chosen  fyne.CanvasObject
	ask     fyne.CanvasObject   // what can be set
	rest    []fyne.CanvasObject // what there is to see once it is read
	leftOut *widget.Button
	notes   *widget.Text
	merge   *widget.Button
	cancel  *widget.Button
}

// New makes the page.
func New(w *shell.Window) *shell.Page { return newPage(w).declare() }

func newPage(w *shell.Window) *page { return &page{window: w} }

func (p *page) declare() *shell.Page {
	return &shell.Page{
		ID: shell.RealData, Name: lang.L("Real data"), Content: p.content, Load: p.shown, Arrive: p.arrived,
		Actions: p.actions, OpenFile: p.openFile,
	}
}

func (p *page) actions() []shell.Action {
	choose := shell.Action{Menu: shell.DatasetMenu, Name: lang.L("Choose a file with real messages…"), Do: p.chooseFile, Lead: true}
	merge := shell.Action{Menu: shell.DatasetMenu, Name: lang.L("Merge the real messages"), Do: p.act, Can: func() bool { return p.source != nil && !p.merge.Disabled() }}
	if p.source == nil {
		choose.Key = shell.Act
	} else {
		merge.Key = shell.Act
	}
	return []shell.Action{choose, merge}
}

func (p *page) content() fyne.CanvasObject {
	p.facts = widget.MutedLine("")
	p.reading = newReadingCard(p)
	p.charset = newEncodingQuestion(p)
	p.columns = newColumnsCard(p)
	p.cleanup = newCleanupCard(p)
	p.labels = newLabelsCard(p.relabel)
	p.rows = newPreview()
	p.trouble = widget.Body("")
	p.problem = widget.ErrorNotice(widget.VBox(10, p.trouble,
		widget.Body(lang.L("Nothing was changed. Choose another file, or say above how this one is to be read.")),
		widget.HBox(8, widget.NewButton(lang.L("Choose another file…"), p.chooseFile))))
	p.leftOut = widget.NewButton("", p.showLeftOut)
	p.leftOut.Hide()
	p.cancel = widget.NewButton(lang.L("Cancel"), p.stop)
	p.merge = widget.NewPrimaryButton("", p.act).WithKey(shell.ActKey)
	p.empty = newEmptyState(p)

	p.ask = widget.Columns(12, []float32{59, 41}, widget.Card(p.columns.object), widget.Card(p.cleanup.object))
	labels, rows := widget.Card(p.labels.object), widget.Card(p.rows.object)
	p.rest = []fyne.CanvasObject{labels, rows, p.merge}
	cards := widget.VBox(12, p.reading.object, p.charset.object, p.problem, p.ask, labels)
	p.notes = widget.Muted("")
	foot := container.NewBorder(nil, nil, widget.HBox(8, p.leftOut), widget.HBox(8, p.cancel, p.merge), container.NewPadded(shell.Centred(p.notes)))
	p.chosen = container.NewBorder(nil, widget.VBox(12, widget.VBox(0), foot), nil, nil,
		container.NewVScroll(container.NewBorder(widget.VBox(12, cards, widget.VBox(0)), nil, nil, nil, rows)))
	p.problem.Hide()
	p.chosen.Hide()
	head := widget.VBox(4, widget.Title(lang.L("Merge real conversations")), p.facts)
	return shell.PageLayout(head, container.NewStack(p.empty.object, p.chosen))
}

func (p *page) openFile(path string) { p.open(&source{name: filepath.Base(path), path: path}) }

func (p *page) chooseFile() {
	p.window.ChooseToOpen(lang.L("Choose a file with real messages"), formats.Endings(), p.window.MergeFile)
}

// shown looks again at what the merge would do to the dataset, which may have changed.
func (p *page) shown() {
	switch {
	case p.merging:
	case p.source == nil:
		p.empty.read()
		p.arrange()
	case p.source.read && (p.can.revision != p.window.Dataset().Revision() || !p.can.looked):
		p.renew()
	}
}

// arrived looks again for a language model, which may have been set up meanwhile.
func (p *page) arrived() { p.can.looked = false }

// arrange shows either what to choose from, or what was chosen.
func (p *page) arrange() {
	shell.SetVisible(p.empty.object, p.source == nil)
	shell.SetVisible(p.chosen, p.source != nil)
	if p.source == nil {
		p.facts.SetText(lang.L("Chats, tickets or logs of the people who will use it. Nothing leaves this computer unless you ask for it."))
	}
}

// begin stops what the page was doing and does something else; done is not called
// where something else was begun meanwhile.
func (p *page) begin(title string, work func(ctx context.Context, report func(shell.Progress)) error, done func(error)) {
	if p.work != nil {
		p.work.Stop()
	}
	p.asked++
	asked := p.asked
	p.unready(title)
	p.work = p.window.Jobs.Run(title, work, func(err error) {
		if asked == p.asked {
			p.work = nil
			done(err)
		}
	})
}

func (p *page) unready(title string) {
	p.ready = false
	p.merge.Disable()
	p.merge.SetText(title + "…")
	p.merge.Show()
}

// open reads a source from its beginning to its end, for what is in it.
func (p *page) open(s *source) {
	if p.merging {
		return
	}
	if p.source == nil || p.source.path != s.path {
		p.cleanup.leave = nil
	}
	if p.source != s {
		p.clear()
	}
	p.source = s
	p.arrange()
	p.facts.SetText(s.name)
	var found formats.Inspection
	var lines int
	title := lang.L("Reading")
	p.begin(title, func(ctx context.Context, report func(shell.Progress)) (err error) {
		found, lines, err = s.inspect(ctx, func(rows int) { report(shell.Progress{What: title, Done: rows}) })
		return err
	}, func(err error) {
		if err != nil {
			s.Likely = found.Likely
			p.failed(err)
			return
		}
		if asksEncoding(found) {
			s.Inspection = found
			p.clear()
			p.reading.show(s)
			p.charset.ask(found.Samples)
			return
		}
		s.take(found, lines)
		p.charset.object.Hide()
		p.reading.show(s)
		p.facts.SetText(s.describe())
		p.columns.fill(s)
		p.renew()
	})
}

// failed tells why the source can't be used; it can be read differently or left. Of
// what can be set it shows what is known.
func (p *page) failed(err error) {
	if shell.IsStopped(err) {
		p.close()
		return
	}
	shell.LogError("reading real messages", err)
	p.trouble.SetText(p.window.Explain(err))
	p.clear()
	p.reading.show(p.source)
	p.columns.fill(p.source)
	shell.SetVisible(p.ask, len(p.source.Facts.Columns) > 0)
	p.problem.Show()
	p.arrange()
}

// clear shows nothing of a source before anything is known of it.
func (p *page) clear() {
	p.problem.Hide()
	p.charset.object.Hide()
	p.leftOut.Hide()
	p.ask.Hide()
	for _, o := range p.rest {
		o.Hide()
	}
	p.notes.SetText("")
}

// plan is what the page says.
func (p *page) plan() realdata.Merge {
	return realdata.Merge{
		Dataset: p.window.Dataset(), Rows: p.source.stream(), Cleaning: p.cleanup.cleaning(p.source.roles()),
		Title:     localdb.MergeTitle(p.source.name),
		SkipKnown: p.cleanup.known.Checked, SkipNear: p.cleanup.near.Checked,
	}
}

// renew shows what the merge would do as the page is set now.
func (p *page) renew() {
	if p.source == nil || !p.source.read || p.merging {
		return
	}
	plan, title, lines, can := p.plan(), lang.L("Looking for copies and personal details"), p.source.lines, p.can
	data := p.window.Dataset()
	var preview realdata.Preview
	var read []intent.Prediction
	p.begin(title, func(ctx context.Context, report func(shell.Progress)) (err error) {
		plan.Progress = func(rows int) { report(shell.Progress{What: title, Done: rows, Total: max(rows, lines)}) }
		if preview, err = plan.Preview(ctx); err != nil {
			return err
		}
		can, err = labellersNow(ctx, p.window, data, can, func(l *label.Model) (label.Estimate, error) { return preview.EstimateLabels(ctx, data, l) })
		if err != nil || can.check == nil {
			return err
		}
		for _, row := range preview.First {
			read = append(read, can.check.Predict(row.Message))
		}
		return nil
	}, func(err error) {
		if err != nil {
			p.failed(err)
			return
		}
		p.can, p.read = can, read
		p.show(preview)
	})
}

func (p *page) show(preview realdata.Preview) {
	p.preview, p.ready = preview, preview.Report.Added+preview.Report.Labelled > 0
	p.problem.Hide()
	p.ask.Show()
	for _, o := range p.rest {
		o.Show()
	}
	p.cleanup.show(preview)
	out := p.leftOutCount()
	p.leftOut.SetText(lang.L("{{.N}} left out…", map[string]any{"N": shell.Thousands(out)}))
	shell.SetVisible(p.leftOut, out > 0)
	p.notes.SetText(notesOn(preview.Report))
	p.merge.SetText(lang.N("Merge {{.N}} messages", preview.Report.Added, map[string]any{"N": shell.Thousands(preview.Report.Added)}))
	shell.SetEnabled(p.merge, p.ready)
	p.relabel()
}

// relabel shows who can label, and in the preview what the check would say.
func (p *page) relabel() {
	n := p.preview.Unlabelled
	p.labels.show(many(n, lang.L("3 · Label the 1 message without a category"), lang.L("3 · Label the {{.N}} messages without a category", map[string]any{"N": shell.Thousands(n)})), n, p.can)
	var read []intent.Prediction
	if p.labels.chosen == byCheck {
		read = slices.Clone(p.read)
		for i := range read {
			if p.labels.leave.Checked && p.can.check.IsOutOfScope(read[i]) {
				read[i] = intent.Prediction{}
			}
		}
	}
	p.rows.show(p.window.Dataset(), p.window.Jobs, p.preview.First, read)
	p.chosen.Refresh()
}

// stop ends what is under way, or leaves the source.
func (p *page) stop() {
	if p.merging {
		p.work.Stop()
		return
	}
	p.close()
}

func (p *page) close() {
	if p.work != nil {
		p.work.Stop()
		p.work = nil
	}
	p.asked++
	p.source, p.ready = nil, false
	p.problem.Hide()
	p.empty.read()
	p.arrange()
}
