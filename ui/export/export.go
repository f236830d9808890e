// Package export is the page that writes the messages to files.
package export

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"seedbed/assets/number"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/assets/i18n"
	"seedbed/gen/export"
	"seedbed/gen/intent/outofscope"
	"seedbed/localdb"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/formats"
	"seedbed/localdb/exchange/table"
	"seedbed/localdb/split"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// page says what to write, shows what that will be, and writes it.
type page struct {
	window *shell.Window

	which                            *widget.Radio
	combined, splits, excel, card    *widget.Check
	notes                            *widget.Check // writes notes and tags, too
	none                             *widget.Check // includes what is kept out of training
	format                           *widget.Select
	ratios                           [3]*widget.Field
	folder                           *widget.Field
	summary, replaces, leaks, sample *widget.Text
	shows, excelOptions              fyne.CanvasObject
	files                            *fyne.Container
	problem                          *widget.Panel
	problemText                      *widget.Text
	problemHelp                      *fyne.Container
	write, open                      *widget.Button
	counts, previews                 *shell.Loader
	progress                         *shell.Latest[shell.Progress]
	stopPreview                      context.CancelFunc
	ready                            bool
}

// New makes the page.
func New(w *shell.Window) *shell.Page { return newPage(w).declare() }

func newPage(w *shell.Window) *page {
	p := &page{window: w, stopPreview: func() {}}
	p.counts = shell.NewLoader(w, lang.L("The dataset could not be read"), p.readCounts, p.showCounts)
	p.previews = shell.NewLoader(w, "", p.readPreview, p.showPreview)
	p.progress = shell.NewLatest(w.Jobs.Post, p.showProgress)
	return p
}

func (p *page) declare() *shell.Page {
	return &shell.Page{ID: shell.Export, Name: lang.L("Export"), Content: p.content, Load: p.counts.Load, Leave: p.stop, Actions: p.actions}
}

func (p *page) actions() []shell.Action {
	return []shell.Action{
		{Menu: shell.DatasetMenu, Name: lang.L("Export"), Key: shell.Act, Do: p.export, Can: func() bool { return !p.write.Disabled() }},
	}
}

func (p *page) content() fyne.CanvasObject {
	changed := func(bool) { p.preview() }
	p.which = widget.NewRadio([]string{lang.L("Accepted messages"), lang.L("All but rejected")}, func(string) { p.preview() })
	if fynetheme.TextSize() < 18 { // side by side, large words would push the preview out
		p.which.Horizontal()
	}
	p.combined, p.splits = widget.NewCheck(lang.L("One combined file"), changed), widget.NewCheck(lang.L("Train / validation / test"), changed)
	p.excel = widget.NewCheck(lang.L("CSV safe to open in Excel"), changed)
	p.card = widget.NewCheck(lang.L("A page that describes the dataset"), changed)
	p.notes = widget.NewCheck(lang.L("Columns for notes and tags"), changed)
	p.none = widget.NewCheck("", changed)
	p.none.Hide()
	p.excelOptions = widget.VBox(0, p.excel, widget.Muted(lang.L("Cells that start with = + - @ are escaped; importing the file here restores them.")))
	names := make([]string, len(formats.Writers))
	for i, writer := range formats.Writers {
		names[i] = shell.Translate(writer.Format.Name.Parts()) + " (" + writer.Format.Extension + ")"
	}
	p.format = widget.NewSelect(names, func(int) { p.preview() })
	shares := widget.HBox(6)
	for i, share := range []string{"80", "10", "10"} {
		p.ratios[i] = widget.NewNumberField(share)
		p.ratios[i].OnChanged = func(string) { p.preview() }
		shares.Add(widget.FixedWidth(52, p.ratios[i]))
	}
	p.folder = widget.NewField(shell.ShortPath(p.defaultFolder()))
	p.folder.OnChanged = func(string) { p.preview() }
	p.summary, p.replaces, p.leaks, p.sample = widget.Muted(""), widget.Muted(""), widget.Muted(""), widget.Code("")
	p.files = widget.VBox(6)
	p.problemText, p.problemHelp = widget.Body(""), widget.Wrap(8,
		widget.NewSmallButton(lang.L("Review"), func() { p.window.GoTo(shell.Review) }),
		widget.NewSmallButton(lang.L("All but rejected"), func() { p.which.SetSelected(p.which.Options[1]) }))
	p.problem = widget.Notice(widget.VBox(8, p.problemText, p.problemHelp))
	p.problem.Hide()
	p.open = widget.NewButton(lang.L("Open folder"), func() { p.window.OpenFolder(shell.FullPath(p.folder.Text)) })
	p.write = widget.NewPrimaryButton(lang.L("Export"), p.export).WithKey(shell.ActKey)

	p.shows = shell.Tall(widget.VBox(12, widget.Heading(lang.L("Preview")), p.problem, p.files, p.leaks, p.replaces, p.sample))
	p.combined.SetChecked(true)
	p.splits.SetChecked(true)
	what := widget.Card(shell.Tall(widget.VBox(14, widget.Heading(lang.L("What")), p.which,
		widget.Wrap(8, p.combined, p.format, widget.Caption(lang.L("message, category, confidence"))),
		widget.Wrap(8, p.splits, shares),
		widget.Muted(lang.L("Three files: to learn from, to choose between models, and to test. Each has the same share of every category, and messages that say nearly the same stay together, so that the test is fair. The same messages are always divided in the same way (stratified, seed 42).")),
		p.none, p.notes, p.excelOptions, widget.VBox(0, p.card, widget.Muted(lang.L("README.md, a dataset card as on Hugging Face."))),
		widget.VBox(6, widget.Caption(lang.L("Folder")), container.NewBorder(nil, nil, nil, widget.NewButton(lang.L("Choose…"), p.choose), p.folder)))))
	shows := widget.Card(p.shows)
	foot := container.New(layout.NewCustomPaddedLayout(12, 0, 0, 0), container.NewBorder(nil, nil, nil, widget.HBox(8, p.open, p.write)))
	return shell.PageLayout(widget.VBox(4, widget.Title(lang.L("Export")), p.summary),
		container.NewBorder(nil, foot, nil, nil, widget.Columns(16, []float32{54, 46}, what, shows)))
}

func (p *page) chosenFormat() *exchange.Format {
	return formats.Writers[p.format.SelectedIndex()].Format
}

// defaultFolder is beside the dataset, under its name.
func (p *page) defaultFolder() string {
	path := p.window.Dataset().Path()
	return filepath.Join(filepath.Dir(path), shell.DatasetName(path))
}

func (p *page) choose() {
	p.window.ChooseFolder(lang.L("Choose a folder for the files"), func(path string) { p.folder.SetText(shell.ShortPath(path)) })
}

// counts are the dataset's messages, and how many of them are kept out of training.
type counts struct {
	localdb.Counts
	keptOut int // not rejected
}

func (p *page) readCounts() func(context.Context) (counts, error) {
	data := p.window.Dataset()
	return func(ctx context.Context) (c counts, err error) {
		if c.Counts, err = data.Counts(ctx); err != nil {
			return c, err
		}
		categories, err := data.Categories(ctx)
		for _, category := range categories {
			if tally := c.ByCategory[category.Name]; !category.Training || category.Archived {
				c.keptOut += tally.Total() - tally.Status(localdb.Rejected)
			}
		}
		return c, err
	}
}

func (p *page) showCounts(c counts) {
	accepted := c.All().Status(localdb.Accepted)
	p.summary.SetText(lang.N("{{.N}} accepted messages in {{.Categories}}", accepted, map[string]any{"N": shell.Thousands(accepted), "Categories": shell.CountCategories(acceptedCategories(c.Counts))}))
	p.none.Text = lang.L("Include messages of categories kept out of training as “{{.None}}” ({{.N}})", map[string]any{"None": outofscope.None, "N": shell.Thousands(c.keptOut)})
	p.none.Refresh()
	shell.SetVisible(p.none, c.keptOut > 0)
	p.preview()
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
func (p *page) plan() (plan export.Plan, problem string) {
	plan = export.Plan{
		Dir: shell.FullPath(p.folder.Text), AcceptedOnly: p.which.Selected == p.which.Options[0],
		IncludeNone: p.none.Visible() && p.none.Checked, Combined: p.combined.Checked, Splits: p.splits.Checked, SplitDir: "intent", Card: p.card.Checked,
		Format: p.chosenFormat(),
		Split:  split.Options{Seed: 42},
	}
	plan.Notes = p.notes.Visible() && p.notes.Checked
	if p.excel.Checked && plan.Format == table.CSV {
		plan.Form = exchange.ForExcel
	}
	for i, entry := range p.ratios {
		share, err := number.Ratio.Parse(entry.Text)
		if err != nil && plan.Splits {
			return plan, lang.L("The three shares are numbers, such as 80, 10 and 10. {{.Why}}", map[string]any{"Why": shell.Explain(err)})
		}
		plan.Split.Ratios[i] = share
	}
	switch {
	case !plan.Combined && !plan.Splits:
		return plan, lang.L("Choose at least one file to write.")
	case plan.Splits && plan.Split.Check() != nil:
		return plan, p.window.Explain(plan.Split.Check())
	case plan.Dir == "":
		return plan, lang.L("Choose a folder for the files.")
	}
	return plan, ""
}

// preview shows which files there will be, once all fields are made.
func (p *page) preview() {
	if p.write == nil {
		return
	}
	shell.SetVisible(p.excelOptions, p.chosenFormat() == table.CSV)
	shell.SetVisible(p.notes, formats.Writers[p.format.SelectedIndex()].Notes)
	p.stopPreview()
	p.previews.Load()
}

// stop ends what the preview works out: in a large dataset that takes a while.
func (p *page) stop() { p.stopPreview() }

// preview is what an export would write.
type preview struct {
	planned export.Result
	written bool     // the folder is there
	there   []string // files that are there already
	err     error    // why nothing can be written as planned
}

func (p *page) readPreview() func(ctx context.Context) (preview, error) {
	plan, problem := p.plan()
	if problem != "" {
		p.show(export.Result{}, problem)
		return nil
	}
	if plan.Split.Check() != nil {
		plan.Split.Ratios = [3]float64{80, 10, 10} // not used
	}
	data := p.window.Dataset()
	stop, cancel := context.WithCancel(context.Background())
	p.stopPreview = cancel
	plan.Split.Progress = func(done, total int) {
		p.progress.Set(shell.Progress{What: lang.L("Looking for near-duplicates"), Done: done, Total: total})
	}
	p.ready = false
	p.write.Disable()
	return func(ctx context.Context) (v preview, _ error) {
		defer context.AfterFunc(ctx, cancel)()
		if _, err := os.Stat(plan.Dir); err == nil {
			v.written = true
		}
		if v.planned, v.err = export.Preview(stop, data, plan); v.err != nil {
			return v, nil
		}
		for _, f := range v.planned.Files {
			if _, err := os.Stat(filepath.Join(plan.Dir, filepath.FromSlash(f.Name))); err == nil {
				v.there = append(v.there, f.Name)
			}
		}
		return v, nil
	}
}

func (p *page) showPreview(v preview) {
	shell.SetVisible(p.open, v.written)
	switch {
	case shell.IsStopped(v.err): // the fields changed meanwhile
	case errors.Is(v.err, export.ErrNothing):
		p.problemHelp.Show()
		p.show(export.Result{}, lang.L("There are no messages to export: accept some in Review, or export all but the rejected ones."))
	case v.err != nil:
		p.problemHelp.Hide()
		p.show(export.Result{}, p.window.Explain(v.err))
	default:
		p.show(v.planned, "")
		p.replaces.SetText(replaced(v.there))
		shell.SetVisible(p.replaces, len(v.there) > 0)
	}
}

// showProgress says how far the preview is, until there is one.
func (p *page) showProgress(at shell.Progress) {
	if !p.ready && at.Total > 0 && !p.problem.Visible() {
		p.leaks.SetText(fmt.Sprintf("%s %s / %s", at.What, shell.Thousands(at.Done), shell.Thousands(at.Total)))
	}
}

// replaced says which files are there already.
func replaced(files []string) string {
	return lang.L("These files exist and will be replaced; what they hold now is kept under the same names with ~ at the end: {{.Files}}.", map[string]any{"Files": strings.Join(files, ", ")})
}

func (p *page) show(planned export.Result, problem string) {
	p.ready = problem == ""
	p.problemText.SetText(problem)
	shell.SetVisible(p.problem, !p.ready)
	shell.SetEnabled(p.write, p.ready)
	p.write.SetText(lang.L("Export"))
	p.files.RemoveAll()
	if p.ready {
		p.write.SetText(lang.N("Export {{.N}} files", len(planned.Files), map[string]any{"N": len(planned.Files)}))
		p.files.Add(widget.Columns(8, fileColumns, widget.Heading(lang.L("File")), widget.Heading(lang.L("Rows")).AlignRight(), widget.Heading(lang.L("Smallest category"))))
	}
	for _, f := range planned.Files {
		rows, smallest := shell.Thousands(f.Messages), p.window.Shown(f.Smallest)+" · "+shell.Thousands(f.SmallestMessages)
		if f.Messages == 0 {
			rows, smallest = "", ""
		}
		p.files.Add(fynewidget.NewSeparator())
		p.files.Add(widget.Columns(8, fileColumns, widget.Line(f.Name), widget.Line(rows).AlignRight(), widget.Body(smallest)))
	}
	p.leaks.SetText("")
	p.replaces.Hide()
	if planned.Split != nil {
		p.leaks.SetText(lang.N("{{.Leaks}} near-duplicates across the three files · {{.Groups}} groups of messages that stay together, the largest of {{.Largest}}", planned.Split.Groups, map[string]any{
			"Leaks": len(planned.Split.Leaks), "Groups": shell.Thousands(planned.Split.Groups), "Largest": shell.Thousands(planned.Split.LargestSet),
		}))
	}
	p.sample.SetText(sampleOf(planned.First, p.notes.Visible() && p.notes.Checked))
	p.shows.Refresh() // what stands below the files moves with their number
}

var fileColumns = []float32{45, 18, 37}

// sampleOf is how a file begins.
func sampleOf(rows []exchange.Row, notes bool) string {
	if len(rows) == 0 {
		return ""
	}
	form := exchange.WriteOptions{Notes: notes}
	text := table.AppendCSVHeader(nil, form)
	for i := range rows {
		text = table.AppendCSV(text, &rows[i], form)
	}
	return string(bytes.TrimSpace(text))
}

// export writes the files.
func (p *page) export() {
	plan, problem := p.plan()
	if problem != "" || !p.ready {
		return
	}
	data := p.window.Dataset()
	var written export.Result
	p.write.Disable()
	p.window.Jobs.Run(lang.L("Exporting"), func(ctx context.Context, report func(shell.Progress)) (err error) {
		plan.Split.Progress = func(done, total int) {
			report(shell.Progress{What: lang.L("Exporting"), Done: done, Total: total})
		}
		written, err = export.Write(ctx, data, plan)
		return err
	}, func(err error) {
		p.preview()
		if err != nil {
			p.window.Fail(lang.L("The export failed"), err)
			return
		}
		p.window.Toasts.Show(lang.N("{{.N}} files were written to {{.Folder}}", len(written.Files), map[string]any{"N": len(written.Files), "Folder": shell.ShortPath(plan.Dir)}),
			lang.L("Open folder"), func() { p.window.OpenFolder(plan.Dir) })
		if len(written.Told) > 0 {
			p.window.Tell(lang.L("The files differ from the dataset"), toldText(written.Told))
		}
	})
}

// toldText is what the writer says of the files, a line each.
func toldText(told []i18n.Text) string {
	lines := make([]string, len(told))
	for i, text := range told {
		lines[i] = shell.Translate(text.Parts())
	}
	return strings.Join(lines, "\n")
}
