package ui

import (
	"bytes"
	"context"
	"path/filepath"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"seedbed/gen"
	"seedbed/localdb"
	"seedbed/localdb/exchange"
	"seedbed/ui/look"
)

// exportPage says what to write, shows what that will be, and writes it.
type exportPage struct {
	app *app

	which                         *widget.RadioGroup
	combined, splits, excel, card *widget.Check
	format                        *widget.Select
	ratios                        [3]*widget.Entry
	folder                        *widget.Entry
	summary, leaks, sample        *look.Text
	files                         *fyne.Container
	problem                       *look.Surface
	problemText                   *look.Text
	write                         *look.Button
	asked                         int // the newest preview asked for
	ready                         bool
}

func newExport(a *app) page { return &exportPage{app: a} }

// exportFormats are what the page offers, by the words on it.
var exportFormats = []struct {
	name   string
	format exchange.Format
}{{"CSV", exchange.CSV}, {"Excel", exchange.XLSX}, {"JSON lines", exchange.JSONL}, {"Parquet", exchange.Parquet}}

func (p *exportPage) content() fyne.CanvasObject {
	changed := func(bool) { p.preview() }
	p.which = widget.NewRadioGroup([]string{lang.L("Accepted messages"), lang.L("All but rejected")}, func(string) { p.preview() })
	p.which.Required, p.which.Horizontal = true, true
	p.combined, p.splits = widget.NewCheck(lang.L("One combined file"), changed), widget.NewCheck(lang.L("Train / validation / test"), changed)
	p.excel = widget.NewCheck(lang.L("Safe to open in Excel (cells that start with = + - @ are guarded)"), changed)
	p.card = widget.NewCheck(lang.L("Dataset card (README.md) for Hugging Face"), changed)
	names := make([]string, len(exportFormats))
	for i, f := range exportFormats {
		names[i] = f.name
	}
	p.format = widget.NewSelect(names, func(string) { p.preview() })
	shares := look.Row(6)
	for i, share := range []string{"80", "10", "10"} {
		p.ratios[i] = widget.NewEntry()
		p.ratios[i].SetText(share)
		p.ratios[i].Scroll = fyne.ScrollNone
		p.ratios[i].OnChanged = func(string) { p.preview() }
		shares.Add(look.Width(56, p.ratios[i]))
	}
	p.folder = widget.NewEntry()
	p.folder.SetText(p.defaultFolder())
	p.summary, p.leaks, p.sample = look.Muted(""), look.Muted(""), look.Code("")
	p.files = look.Stack(6)
	p.problemText = look.Body("")
	p.problem = look.Notice(look.Stack(8, p.problemText, look.Row(8, look.NewButton(lang.L("Review"), func() { p.app.goTo(atReview) }))))
	p.problem.Hide()
	p.write = look.NewPrimary(lang.L("Export"), p.act).WithKey(actKey)

	p.which.SetSelected(p.which.Options[0])
	p.combined.SetChecked(true)
	p.splits.SetChecked(true)
	p.format.SetSelectedIndex(0)
	what := look.Card(container.NewVScroll(look.Stack(14, look.Heading(lang.L("What")), p.which,
		container.NewHBox(p.combined, p.format, look.Width(1, look.Caption(lang.L("message, category, confidence")))),
		container.NewHBox(p.splits, shares),
		look.Muted(lang.L("Same mix of categories in each · near-duplicates kept together, so the test stays honest · seed 42")),
		p.excel, p.card,
		container.NewBorder(nil, nil, look.Width(60, look.Caption(lang.L("Folder"))), look.NewButton(lang.L("Choose…"), p.choose), p.folder))))
	shows := look.Card(container.NewVScroll(look.Stack(12, look.Heading(lang.L("Preview")), p.problem, p.files, p.leaks, p.sample)))
	foot := container.NewBorder(nil, nil, nil, look.Row(8, look.NewButton(lang.L("Open folder"), func() { p.app.openFolder(p.folder.Text) }), p.write))
	return framed(look.Stack(4, look.Title(lang.L("Export")), p.summary),
		container.NewBorder(nil, container.NewPadded(foot), nil, nil, look.Columns(16, []float32{54, 46}, what, shows)))
}

// defaultFolder is beside the dataset, under its name.
func (p *exportPage) defaultFolder() string {
	path := p.app.data.Path()
	return filepath.Join(filepath.Dir(path), datasetName(path))
}

func (p *exportPage) choose() {
	p.app.chooseFolder(lang.L("Choose a folder for the files"), p.folder.SetText)
}

// shown starts with what a new dataset has: nothing accepted yet.
func (p *exportPage) shown() {
	data := p.app.data
	var counts localdb.Counts
	p.app.jobs.quietly(func(ctx context.Context) (err error) {
		counts, err = data.Counts(ctx)
		return err
	}, func(err error) {
		if err != nil {
			p.app.fail(lang.L("The dataset could not be read"), err)
			return
		}
		accepted := counts.All().Status(localdb.Accepted)
		p.summary.SetText(lang.L("{{.N}} accepted messages in {{.C}} categories", map[string]any{"N": thousands(accepted), "C": acceptedCategories(counts)}))
		p.preview()
	})
}

func acceptedCategories(counts localdb.Counts) int {
	n := 0
	for _, tally := range counts.ByCategory {
		if tally.Status(localdb.Accepted) > 0 {
			n++
		}
	}
	return n
}

// plan is what the fields say; ok is false while a share can't be read.
func (p *exportPage) plan() (plan gen.ExportPlan, ok bool) {
	plan = gen.ExportPlan{
		Dir: p.folder.Text, AcceptedOnly: p.which.Selected == p.which.Options[0],
		Combined: p.combined.Checked, Splits: p.splits.Checked, SplitDir: "intent", Card: p.card.Checked,
		Format: exportFormats[max(0, p.format.SelectedIndex())].format,
		Split:  localdb.SplitOptions{Seed: 42},
	}
	if p.excel.Checked {
		plan.Form = exchange.ForExcel
	}
	for i, entry := range p.ratios {
		share, err := strconv.ParseFloat(entry.Text, 64)
		if err != nil {
			return plan, false
		}
		plan.Split.Ratios[i] = share
	}
	return plan, plan.Split.Check() == nil && (plan.Combined || plan.Splits)
}

// preview shows which files there will be, once all fields are made.
func (p *exportPage) preview() {
	if p.write == nil {
		return
	}
	setEnabled(p.excel, p.format.SelectedIndex() <= 0)
	plan, ok := p.plan()
	p.asked++
	asked, data := p.asked, p.app.data
	if !ok {
		p.show(gen.Exported{}, lang.L("Choose at least one file, and shares that leave something to train and to test on, such as 80, 10 and 10."))
		return
	}
	var planned gen.Exported
	p.app.jobs.quietly(func(ctx context.Context) (err error) {
		planned, err = gen.PreviewExport(ctx, data, plan)
		return err
	}, func(err error) {
		switch {
		case asked != p.asked: // the fields changed meanwhile
		case err != nil:
			p.show(gen.Exported{}, explanation(err))
		default:
			p.show(planned, "")
		}
	})
}

func (p *exportPage) show(planned gen.Exported, problem string) {
	p.ready = problem == ""
	p.problemText.SetText(problem)
	setVisible(p.problem, problem != "")
	setEnabled(p.write, p.ready)
	p.write.SetText(lang.L("Export {{.N}} files", map[string]any{"N": len(planned.Files)}))
	p.files.RemoveAll()
	if p.ready {
		p.files.Add(look.Columns(8, fileColumns, look.Heading(lang.L("File")), look.Heading(lang.L("Rows")), look.Heading(lang.L("Smallest category"))))
	}
	for _, f := range planned.Files {
		rows, smallest := thousands(f.Messages), f.Smallest+" "+thousands(f.SmallestMessages)
		if f.Messages == 0 {
			rows, smallest = "", ""
		}
		p.files.Add(look.Rule())
		p.files.Add(look.Columns(8, fileColumns, look.Line(f.Name), look.Line(rows), look.Line(smallest)))
	}
	p.leaks.SetText("")
	if planned.Split != nil {
		p.leaks.SetText(lang.L("{{.Leaks}} leaks between the files · {{.Groups}} groups, the largest of {{.Largest}} messages", map[string]any{
			"Leaks": len(planned.Split.Leaks), "Groups": thousands(planned.Split.Groups), "Largest": thousands(planned.Split.LargestSet),
		}))
	}
	p.sample.SetText(sampleOf(planned.First))
}

var fileColumns = []float32{45, 18, 37}

// sampleOf is how a file begins.
func sampleOf(rows []exchange.Row) string {
	if len(rows) == 0 {
		return ""
	}
	text := exchange.AppendCSVHeader(nil, exchange.ForTraining)
	for i := range rows {
		text = exchange.AppendCSV(text, &rows[i], exchange.ForTraining)
	}
	return string(bytes.TrimSpace(text))
}

// act writes the files.
func (p *exportPage) act() {
	plan, ok := p.plan()
	if !ok || !p.ready {
		return
	}
	data := p.app.data
	var written gen.Exported
	p.write.Disable()
	p.app.jobs.run(lang.L("Exporting"), func(ctx context.Context, _ func(progress)) (err error) {
		written, err = gen.Export(ctx, data, plan)
		return err
	}, func(err error) {
		p.write.Enable()
		if err != nil {
			p.app.fail(lang.L("The export did not finish"), err)
			return
		}
		p.app.toasts.Done(lang.L("{{.N}} files are in {{.Folder}}", map[string]any{"N": len(written.Files), "Folder": shortFolder(filepath.Join(plan.Dir, "x"))}),
			lang.L("Open folder"), func() { p.app.openFolder(plan.Dir) })
	})
}
