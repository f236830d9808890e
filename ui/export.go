package ui

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"seedbed/gen"
	"seedbed/localdb"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonfile"
	"seedbed/localdb/exchange/parquet"
	"seedbed/localdb/exchange/spreadsheet"
	"seedbed/localdb/exchange/table"
	"seedbed/ui/widget"
)

// exportPage says what to write, shows what that will be, and writes it.
type exportPage struct {
	app *app

	which                            *widget.Radio
	combined, splits, excel, card    *widget.Check
	format                           *widget.Select
	ratios                           [3]*widget.Field
	folder                           *widget.Field
	summary, replaces, leaks, sample *widget.Text
	shows                            fyne.CanvasObject
	files                            *fyne.Container
	problem                          *widget.Surface
	problemText                      *widget.Text
	problemHelp                      *fyne.Container
	write, open                      *widget.Button
	previews                         *reader
	progress                         *latest[progress]
	stopPreview                      context.CancelFunc
	ready                            bool
}

func newExport(a *app) page {
	p := &exportPage{app: a, stopPreview: func() {}}
	p.previews = &reader{jobs: a.jobs, begin: p.readPreview}
	p.progress = newLatest(a.jobs.post, p.showProgress)
	return p
}

// exportFormats are what the page offers, by the words on it.
var exportFormats = []struct {
	name   string
	format *exchange.Format
}{{"CSV", table.CSV}, {"Excel", spreadsheet.XLSX}, {"JSON lines", jsonfile.JSONL}, {"Parquet", parquet.Parquet}}

func (p *exportPage) content() fyne.CanvasObject {
	changed := func(bool) { p.preview() }
	p.which = widget.NewRadio([]string{lang.L("Accepted messages"), lang.L("All but rejected")}, func(string) { p.preview() })
	if theme.TextSize() < 18 { // side by side, large words would push the preview out
		p.which.Beside()
	}
	p.combined, p.splits = widget.NewCheck(lang.L("One combined file"), changed), widget.NewCheck(lang.L("Train / validation / test"), changed)
	p.excel = widget.NewCheck(lang.L("CSV safe to open in Excel"), changed)
	p.card = widget.NewCheck(lang.L("Dataset card (README.md) for Hugging Face"), changed)
	names := make([]string, len(exportFormats))
	for i, f := range exportFormats {
		names[i] = f.name
	}
	p.format = widget.NewSelect(names, func(int) { p.preview() })
	shares := widget.Row(6)
	for i, share := range []string{"80", "10", "10"} {
		p.ratios[i] = widget.NewNumber(share)
		p.ratios[i].OnChanged = func(string) { p.preview() }
		shares.Add(widget.Width(52, p.ratios[i]))
	}
	p.folder = widget.NewField(shortPath(p.defaultFolder()))
	p.folder.OnChanged = func(string) { p.preview() }
	p.summary, p.replaces, p.leaks, p.sample = widget.Muted(""), widget.Muted(""), widget.Muted(""), widget.Code("")
	p.files = widget.Stack(6)
	p.problemText, p.problemHelp = widget.Body(""), widget.Wrap(8)
	p.problem = widget.Notice(widget.Stack(8, p.problemText, p.problemHelp))
	p.problem.Hide()
	p.open = widget.NewButton(lang.L("Open folder"), func() { p.app.openFolder(fullPath(p.folder.Text)) })
	p.write = widget.NewPrimary(lang.L("Export"), p.act).WithKey(actKey)

	p.shows = tall(widget.Stack(12, widget.Heading(lang.L("Preview")), p.problem, p.files, p.leaks, p.replaces, p.sample))
	p.combined.SetChecked(true)
	p.splits.SetChecked(true)
	what := widget.Card(tall(widget.Stack(14, widget.Heading(lang.L("What")), p.which,
		widget.Wrap(8, p.combined, p.format, widget.Caption(lang.L("message, category, confidence"))),
		widget.Wrap(8, p.splits, shares),
		widget.Muted(lang.L("Same mix of categories in each · near-duplicates kept together, so the test stays honest · seed 42")),
		widget.Stack(0, p.excel, widget.Muted(lang.L("Cells that start with = + - @ are guarded; read back here, they are as they were."))), p.card,
		widget.Stack(6, widget.Caption(lang.L("Folder")), container.NewBorder(nil, nil, nil, widget.NewButton(lang.L("Choose…"), p.choose), p.folder)))))
	shows := widget.Card(p.shows)
	foot := container.New(layout.NewCustomPaddedLayout(12, 0, 0, 0), container.NewBorder(nil, nil, nil, widget.Row(8, p.open, p.write)))
	return framed(widget.Stack(4, widget.Title(lang.L("Export")), p.summary),
		container.NewBorder(nil, foot, nil, nil, widget.Columns(16, []float32{54, 46}, what, shows)))
}

// defaultFolder is beside the dataset, under its name.
func (p *exportPage) defaultFolder() string {
	path := p.app.data.Path()
	return filepath.Join(filepath.Dir(path), datasetName(path))
}

func (p *exportPage) choose() {
	p.app.chooseFolder(lang.L("Choose a folder for the files"), func(path string) { p.folder.SetText(shortPath(path)) })
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

// plan is what the fields say, or what is wrong with them.
func (p *exportPage) plan() (plan gen.ExportPlan, problem string) {
	plan = gen.ExportPlan{
		Dir: fullPath(p.folder.Text), AcceptedOnly: p.which.Selected == p.which.Options[0],
		Combined: p.combined.Checked, Splits: p.splits.Checked, SplitDir: "intent", Card: p.card.Checked,
		Format: exportFormats[p.format.At()].format,
		Split:  localdb.SplitOptions{Seed: 42},
	}
	if p.excel.Checked {
		plan.Form = exchange.ForExcel
	}
	for i, entry := range p.ratios {
		share, err := amount(entry.Text)
		if err != nil && plan.Splits {
			return plan, lang.L("The three shares are numbers, such as 80, 10 and 10.")
		}
		plan.Split.Ratios[i] = share
	}
	switch {
	case !plan.Combined && !plan.Splits:
		return plan, lang.L("Choose at least one file to write.")
	case plan.Splits && plan.Split.Check() != nil:
		return plan, explanation(plan.Split.Check())
	case plan.Dir == "":
		return plan, lang.L("Choose a folder for the files.")
	}
	return plan, ""
}

// preview shows which files there will be, once all fields are made.
func (p *exportPage) preview() {
	if p.write == nil {
		return
	}
	setEnabled(p.excel, exportFormats[p.format.At()].format == table.CSV)
	p.stopPreview()
	p.previews.read()
}

// left ends what the preview works out: in a large dataset that takes a while.
func (p *exportPage) left() { p.stopPreview() }

func (p *exportPage) readPreview() (func(ctx context.Context) error, func(error)) {
	plan, problem := p.plan()
	if problem != "" {
		p.show(gen.Exported{}, problem)
		return nil, nil
	}
	if plan.Split.Check() != nil {
		plan.Split.Ratios = [3]float64{80, 10, 10} // not used
	}
	data := p.app.data
	stop, cancel := context.WithCancel(context.Background())
	p.stopPreview = cancel
	plan.Split.Progress = func(done, total int) {
		p.progress.set(progress{what: lang.L("Looking for near-duplicates"), done: done, total: total})
	}
	p.ready = false
	p.write.Disable()
	var planned gen.Exported
	var there []string
	written := false
	return func(context.Context) (err error) {
			if _, err := os.Stat(plan.Dir); err == nil {
				written = true
			}
			if planned, err = gen.PreviewExport(stop, data, plan); err != nil {
				return err
			}
			for _, f := range planned.Files {
				if _, err := os.Stat(filepath.Join(plan.Dir, filepath.FromSlash(f.Name))); err == nil {
					there = append(there, f.Name)
				}
			}
			return nil
		}, func(err error) {
			setVisible(p.open, written)
			switch {
			case stopped(err): // the fields changed meanwhile
			case errors.Is(err, gen.ErrNothingToExport):
				p.show(gen.Exported{}, lang.L("There is no message to export: accept some in Review, or export all but the rejected ones."))
				p.problemHelp.Show()
			case err != nil:
				p.show(gen.Exported{}, explanation(err))
			default:
				p.show(planned, "")
				p.replaces.SetText(replaced(there))
				setVisible(p.replaces, len(there) > 0)
			}
		}
}

// showProgress says how far the preview is, until there is one.
func (p *exportPage) showProgress(at progress) {
	if !p.ready && at.total > 0 && !p.problem.Visible() {
		p.leaks.SetText(fmt.Sprintf("%s %s / %s", at.what, thousands(at.done), thousands(at.total)))
	}
}

// replaced says which files are there already.
func replaced(files []string) string {
	return lang.L("Already there, and written anew: {{.Files}}.", map[string]any{"Files": strings.Join(files, ", ")})
}

func (p *exportPage) show(planned gen.Exported, problem string) {
	p.ready = problem == ""
	p.problemText.SetText(problem)
	p.problemHelp.Hide()
	p.problemHelp.Objects = []fyne.CanvasObject{
		widget.NewSmall(lang.L("Review"), func() { p.app.goTo(atReview) }),
		widget.NewSmall(lang.L("All but rejected"), func() { p.which.SetSelected(p.which.Options[1]) }),
	}
	setVisible(p.problem, !p.ready)
	setEnabled(p.write, p.ready)
	p.write.SetText(lang.L("Export"))
	p.files.RemoveAll()
	if p.ready {
		p.write.SetText(lang.L("Export {{.N}} files", map[string]any{"N": len(planned.Files)}))
		p.files.Add(widget.Columns(8, fileColumns, widget.Heading(lang.L("File")), widget.Heading(lang.L("Rows")), widget.Heading(lang.L("Smallest category"))))
	}
	for _, f := range planned.Files {
		rows, smallest := thousands(f.Messages), f.Smallest+" "+thousands(f.SmallestMessages)
		if f.Messages == 0 {
			rows, smallest = "", ""
		}
		p.files.Add(widget.Rule())
		p.files.Add(widget.Columns(8, fileColumns, widget.Line(f.Name), widget.Line(rows), widget.Line(smallest)))
	}
	p.leaks.SetText("")
	p.replaces.Hide()
	if planned.Split != nil {
		p.leaks.SetText(lang.L("{{.Leaks}} leaks between the files · {{.Groups}} groups, at most {{.Largest}} in one", map[string]any{
			"Leaks": len(planned.Split.Leaks), "Groups": thousands(planned.Split.Groups), "Largest": thousands(planned.Split.LargestSet),
		}))
	}
	p.sample.SetText(sampleOf(planned.First))
	p.shows.Refresh() // what stands below the files moves with their number
}

var fileColumns = []float32{45, 18, 37}

// sampleOf is how a file begins.
func sampleOf(rows []exchange.Row) string {
	if len(rows) == 0 {
		return ""
	}
	text := table.AppendCSVHeader(nil, exchange.ForTraining)
	for i := range rows {
		text = table.AppendCSV(text, &rows[i], exchange.ForTraining)
	}
	return string(bytes.TrimSpace(text))
}

// act writes the files.
func (p *exportPage) act() {
	plan, problem := p.plan()
	if problem != "" || !p.ready {
		return
	}
	data := p.app.data
	var written gen.Exported
	p.write.Disable()
	p.app.jobs.run(lang.L("Exporting"), func(ctx context.Context, report func(progress)) (err error) {
		plan.Split.Progress = func(done, total int) {
			report(progress{what: lang.L("Exporting"), done: done, total: total})
		}
		written, err = gen.Export(ctx, data, plan)
		return err
	}, func(err error) {
		p.preview()
		if err != nil {
			p.app.fail(lang.L("The export did not finish"), err)
			return
		}
		p.app.toasts.Done(lang.L("{{.N}} files are in {{.Folder}}", map[string]any{"N": len(written.Files), "Folder": shortPath(plan.Dir)}),
			lang.L("Open folder"), func() { p.app.openFolder(plan.Dir) })
	})
}
