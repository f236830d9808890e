package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen"
	"seedbed/localdb"
	"seedbed/ui/widget"
)

// realEmpty is the page before anything is chosen: what it is for, where real messages
// can come from, and the messages of the dataset that have no category yet.
type realEmpty struct {
	page     *realPage
	address  string // of the knowledge base
	where    *widget.Text
	database *widget.Button
	labels   *realLabels
	label    *widget.Button
	own      *widget.Surface // for what the dataset has without a category
	object   fyne.CanvasObject
}

func newRealEmpty(p *realPage) *realEmpty {
	e := &realEmpty{page: p, where: widget.Muted("")}
	file := widget.Card(widget.Stack(10, widget.Heading(lang.L("A file")),
		widget.Muted(lang.L("CSV, Excel, JSON, JSON lines or Parquet; exports of ChatGPT, Slack, WhatsApp, Intercom and Zendesk. Choose one, or drop it on this window.")),
		widget.Row(8, widget.NewPrimary(lang.L("Choose a file…"), p.chooseFile).WithKey(actKey))))
	e.database = widget.NewButton("", e.openDatabase)
	database := widget.Card(widget.Stack(10, widget.Heading(lang.L("PostgreSQL")), e.where, widget.Row(8, e.database)))
	e.labels = newRealLabels(func() { e.labels.show(e.labels.title.Text(), 1, e.labels.labellers) })
	e.label = widget.NewButton("", e.labelOwn)
	e.own = widget.Card(widget.Stack(10, e.labels.object, widget.Row(8, e.label)))
	e.own.Hide()
	e.object = container.NewVScroll(widget.Stack(16,
		widget.Muted(lang.L("How people really write is the best test of a classifier, and the best lesson. Only what users said is kept; mail addresses, telephone numbers and other personal details are hidden before anything is stored. You see what will become of each message before it is merged, and one undo takes it back.")),
		widget.Columns(16, []float32{1, 1}, file, database), e.own))
	return e
}

// read looks up whether there is a database to read from, and what has no category.
func (e *realEmpty) read() {
	data := e.page.app.data
	var address string
	var unlabelled int
	e.page.app.jobs.quietly(func(ctx context.Context) (err error) {
		if address, err = data.Setting(ctx, settingKnowledgeAddress); err != nil {
			return err
		}
		counts, err := data.Counts(ctx)
		tally := counts.ByCategory[""]
		unlabelled = tally.Total() - tally.Status(localdb.Rejected)
		return err
	}, func(err error) {
		if err != nil {
			e.page.app.fail(lang.L("The dataset could not be read"), err)
			return
		}
		e.address = address
		e.where.SetText(lang.L("The conversation_history of your assistant. Tell on the Knowledge page where the database is."))
		e.database.SetText(lang.L("Go to Knowledge"))
		if address != "" {
			e.where.SetText(lang.L("The conversation_history of your assistant, at {{.Address}}. It is only read.", map[string]any{"Address": address}))
			e.database.SetText(lang.L("Read conversations…"))
		}
		setVisible(e.own, unlabelled > 0)
		if unlabelled > 0 && e.page.work == nil && e.page.source == nil {
			e.offer(unlabelled)
		}
	})
}

// offer shows who can label the dataset's own messages.
func (e *realEmpty) offer(n int) {
	p := e.page
	data, can := p.app.data, p.can
	count := map[string]any{"N": thousands(n)}
	e.label.SetText(many(n, lang.L("Label 1 message"), lang.L("Label {{.N}} messages", count)))
	e.label.Disable()
	p.begin(lang.L("Getting ready to label"), func(ctx context.Context, _ func(progress)) (err error) {
		can, err = p.app.labellersNow(ctx, data, can, func(l *gen.ModelLabeller) (gen.Estimate, error) {
			return gen.EstimateLabels(ctx, data, l, gen.LabelPlan{})
		})
		return err
	}, func(err error) {
		if err != nil {
			p.app.fail(lang.L("The labelling could not be prepared"), err)
			return
		}
		p.can = can
		e.labels.show(many(n, lang.L("1 message of this dataset has no category"), lang.L("{{.N}} messages of this dataset have no category", count)), n, can)
		e.label.Enable()
		e.own.Refresh()
	})
}

// labelOwn labels the dataset's own messages without a category.
func (e *realEmpty) labelOwn() {
	p := e.page
	if p.merging {
		p.work.stop()
		return
	}
	if e.labels.chosen == byHand {
		p.app.review(localdb.Filter{Uncategorised: true})
		return
	}
	plan, ok := e.labels.plan(p.app)
	if !ok {
		return
	}
	data, can, chosen := p.app.data, p.can, e.labels.chosen
	var result gen.LabelResult
	e.label.SetText(lang.L("Stop"))
	p.merging = true
	p.begin(lang.L("Labelling"), func(ctx context.Context, tell func(progress)) (err error) {
		plan.Progress = tellLabels(tell)
		if chosen == byCheck {
			result, err = gen.LabelWithCheck(ctx, data, can.check, plan.LabelOptions)
		} else {
			result, err = gen.LabelWithModel(ctx, data, can.model, plan)
		}
		return err
	}, func(err error) {
		p.merging = false
		e.read()
		if err != nil {
			p.app.fail(lang.L("The messages could not be labelled"), err)
			return
		}
		if result.Labelled > 0 {
			p.app.review(localdb.Filter{Queue: localdb.Queue{Kind: localdb.MostUncertain}})
			p.app.toasts.Done(many(result.Labelled, lang.L("1 message is labelled"), lang.L("{{.N}} messages are labelled", map[string]any{"N": thousands(result.Labelled)})), lang.L("Undo"), p.app.undo)
		}
		if result.Unlabelled > 0 {
			p.app.tell(lang.L("Labelled in part"), translated(result.Summary.Parts()))
		}
	})
}

func (e *realEmpty) openDatabase() {
	if e.address == "" {
		e.page.app.goTo(atKnowledge)
		return
	}
	e.page.askDatabase(e.address)
}
