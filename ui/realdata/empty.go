package realdata

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen/label"
	"seedbed/kbsource"
	"seedbed/localdb"
	"seedbed/localdb/exchange/formats"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// emptyState is the page before anything is chosen: what it is for, where real messages
// can come from, and the messages of the dataset that have no category yet.
type emptyState struct {
	page     *page
	address  string // of the knowledge base
	where    *widget.Text
	database *widget.Button
	labels   *labelsCard
	label    *widget.Button
	own      *widget.Panel // for what the dataset has without a category
	object   fyne.CanvasObject
}

func newEmptyState(p *page) *emptyState {
	e := &emptyState{page: p, where: widget.Muted("")}
	file := widget.Card(widget.VBox(10, widget.Heading(lang.L("A file")),
		widget.Muted(lang.L("Tables, chats, help desk exports, mail, and training data of NLU platforms and annotation tools, also inside a zip file. Choose one, or drop it on this window.")),
		widget.Muted(lang.L("No file at hand? Practise with a WhatsApp chat of a bicycle shop, whose people are invented.")),
		widget.Wrap(8, widget.NewPrimaryButton(lang.L("Choose a file…"), p.chooseFile).WithKey(shell.ActKey),
			widget.NewButton(lang.L("All {{.N}} formats…", map[string]any{"N": len(formats.Readers)}), func() {
				p.window.Tell(lang.L("Formats that can be read"), readableNames())
			}),
			widget.NewButton(lang.L("Practise merging"), p.window.PractiseMerging))))
	e.database = widget.NewButton("", e.openDatabase)
	database := widget.Card(widget.VBox(10, widget.Heading(lang.L("PostgreSQL")), e.where, widget.HBox(8, e.database)))
	e.labels = newLabelsCard(func() { e.labels.show(e.labels.title.Text(), 1, e.labels.labellers) })
	e.label = widget.NewButton("", e.labelOwn)
	e.own = widget.Card(widget.VBox(10, e.labels.object, widget.HBox(8, e.label)))
	e.own.Hide()
	e.object = container.NewVScroll(widget.VBox(16,
		widget.Muted(lang.L("How people really write is the best test of a classifier, and the best lesson. Only what users said is kept; mail addresses, telephone numbers and other personal details are hidden before anything is stored. You see what will become of each message before it is merged, and one undo takes it back.")),
		widget.Columns(16, []float32{1, 1}, file, database), e.own))
	return e
}

// readableNames lists what can be read.
func readableNames() string {
	names := make([]string, len(formats.Readers))
	for i, r := range formats.Readers {
		names[i] = shell.Translate(r.Format.Name.Parts())
	}
	return strings.Join(names, ", ")
}

// read looks up whether there is a database to read from, and what has no category.
func (e *emptyState) read() {
	data := e.page.window.Dataset()
	var address string
	var unlabelled int
	e.page.window.Jobs.RunSilently(func(ctx context.Context) (err error) {
		if address, err = data.Setting(ctx, shell.DatasetKnowledgeAddress); err != nil {
			return err
		}
		counts, err := data.Counts(ctx)
		tally := counts.ByCategory[""]
		unlabelled = tally.Total() - tally.Status(localdb.Rejected)
		return err
	}, func(err error) {
		if err != nil {
			e.page.window.Fail(lang.L("The dataset could not be read"), err)
			return
		}
		bare, _ := kbsource.WithoutPassword(address)
		e.address = ""
		if bare != "" {
			e.address = address
		}
		e.where.SetText(lang.L("The conversations that your assistant keeps in its PostgreSQL database. Enter the address of the database on the Knowledge page."))
		e.database.SetText(lang.L("Go to Knowledge"))
		if bare != "" {
			e.where.SetText(lang.L("The conversations that your assistant keeps in its PostgreSQL database, at {{.Address}}. They are only read.", map[string]any{"Address": bare}))
			e.database.SetText(lang.L("Read conversations…"))
		}
		shell.SetVisible(e.own, unlabelled > 0)
		if unlabelled > 0 && e.page.work == nil && e.page.source == nil {
			e.offer(unlabelled)
		}
	})
}

// offer shows who can label the dataset's own messages.
func (e *emptyState) offer(n int) {
	p := e.page
	data, can := p.window.Dataset(), p.can
	count := map[string]any{"N": shell.Thousands(n)}
	e.label.SetText(many(n, lang.L("Label 1 message"), lang.L("Label {{.N}} messages", count)))
	e.label.Disable()
	p.begin(lang.L("Getting ready to label"), func(ctx context.Context, _ func(shell.Progress)) (err error) {
		can, err = labellersNow(ctx, p.window, data, can, func(l *label.Model) (label.Estimate, error) {
			return label.EstimateRun(ctx, data, l, label.Plan{})
		})
		return err
	}, func(err error) {
		if err != nil {
			p.window.Fail(lang.L("The labelling could not be prepared"), err)
			return
		}
		p.can = can
		e.labels.show(many(n, lang.L("1 message of this dataset has no category"), lang.L("{{.N}} messages of this dataset have no category", count)), n, can)
		e.label.Enable()
		e.own.Refresh()
	})
}

// labelOwn labels the dataset's own messages without a category.
func (e *emptyState) labelOwn() {
	p := e.page
	if p.merging {
		p.work.Stop()
		return
	}
	if e.labels.chosen == byHand {
		p.window.Review(localdb.Filter{Uncategorised: true}, 0)
		return
	}
	plan, ok := e.labels.plan(p.window)
	if !ok {
		return
	}
	data, can, chosen := p.window.Dataset(), p.can, e.labels.chosen
	plan.LeaveOutOfScope = e.labels.leave.Checked
	var result label.Result
	e.label.SetText(lang.L("Stop"))
	p.merging = true
	p.begin(lang.L("Labelling"), func(ctx context.Context, tell func(shell.Progress)) (err error) {
		plan.Progress = tellLabels(tell)
		if chosen == byCheck {
			result, err = label.WithCheck(ctx, data, can.check, plan.Options)
		} else {
			result, err = label.WithModel(ctx, data, can.model, plan)
		}
		return err
	}, func(err error) {
		p.merging = false
		e.read()
		if err != nil {
			p.window.Fail(lang.L("The messages could not be labelled"), err)
			return
		}
		passing, staying := told(many(result.Labelled, lang.L("1 message is labelled"), lang.L("{{.N}} messages are labelled", map[string]any{"N": shell.Thousands(result.Labelled)})), result)
		if result.Labelled > 0 {
			p.window.Review(localdb.Filter{Queue: localdb.Queue{Kind: localdb.MostUncertain}}, 0)
			p.window.Toasts.Show(passing, lang.L("Undo"), p.window.Undo)
		}
		if staying != "" {
			p.window.Tell(lang.L("Labelled in part"), staying)
		}
	})
}

func (e *emptyState) openDatabase() {
	if e.address == "" {
		e.page.window.GoTo(shell.Knowledge)
		return
	}
	e.page.askDatabase(e.address)
}
