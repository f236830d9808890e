package review

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/assets/i18n"
	"seedbed/gen/realdata"
	"seedbed/localdb"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/markup"
	"seedbed/localdb/exchange/table"
	"seedbed/localdb/pii"
	"seedbed/ui/shell"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// pasting is the dialog that shows what the clipboard is read as before it becomes messages.
type pasting struct {
	page                      *page
	pasted                    realdata.Pasted
	format, header            *widget.Select
	columns, sample           *fyne.Container
	known, hide, names, reals *widget.Check
	said                      *widget.Text
	apply                     *widget.Button
	dialog                    *widget.Dialog
	previews                  *shell.Loader
	shown                     int // messages that would be added
}

// pasteLimit is how many bytes of the clipboard are read; a file holds any number.
const pasteLimit = 64 << 20

// paste reads the clipboard and shows what would become of it.
func (p *page) paste() {
	data := p.window.Dataset()
	if data.ReadOnly() != nil {
		p.window.Fail(lang.L("Nothing was pasted"), data.ReadOnly())
		return
	}
	text := p.window.App.Clipboard().Content()
	switch {
	case strings.TrimSpace(text) == "":
		p.window.Toasts.Show(lang.L("The clipboard holds no text."), "", nil)
		return
	case len(text) > pasteLimit:
		p.window.Tell(lang.L("Too much to paste"), lang.L("Save it as a file and merge that on the Real data page, which takes files of any size."))
		return
	}
	d := &pasting{page: p, pasted: realdata.NewPasted(text), columns: widget.VBox(4), sample: widget.VBox(2), said: widget.Muted("")}
	d.format = widget.NewSelect(pasteNames(), func(at int) {
		d.pasted.Options = pasteForms[at]
		d.look()
	})
	d.header = widget.NewSelect([]string{lang.L("First line: names"), lang.L("First line: a message")}, func(at int) {
		d.pasted.Options.Header, d.pasted.Options.Columns = []exchange.Header{exchange.HeaderPresent, exchange.HeaderAbsent}[at], nil
		d.look()
	})
	again := func(bool) { d.look() }
	d.known, d.hide, d.names, d.reals = widget.NewCheck("", again), widget.NewCheck("", again), widget.NewCheck(lang.L("Hide names as well (not every name is recognised)"), again), widget.NewCheck(lang.L("Users wrote these messages (real)"), again)
	d.known.Checked, d.hide.Checked, d.reals.Checked = true, true, true
	d.apply = widget.NewPrimaryButton("", d.add)
	d.previews = shell.NewLoader(p.window, "", d.read, d.show)
	d.dialog = widget.ShowDialog(p.window.Canvas(), lang.L("Paste messages"), widget.VBox(10,
		widget.Wrap(8, d.format, d.header), d.columns, widget.VBox(-4, d.known, d.hide, d.names, d.reals), d.said, d.sample),
		d.apply, widget.NewButton(lang.L("Cancel"), func() {}))
	d.dialog.Widen()
	d.show(pastePreview{})
	d.look()
}

// pasteForms are the ways to read the clipboard.
var pasteForms = []exchange.Options{
	{Format: table.Lines}, {Format: table.CSV, Delimiter: '\t'}, {Format: table.CSV, Delimiter: ','}, {Format: table.CSV, Delimiter: ';'}, {Format: markup.HTML},
}

func pasteNames() []string {
	return []string{lang.L("One message a line"), lang.L("Cells of a spreadsheet"), lang.L("Columns with commas"), lang.L("Columns with semicolons"), lang.L("Table of a web page")}
}

// pastePreview is what the clipboard is read as.
type pastePreview struct {
	facts   exchange.Facts
	preview realdata.Preview
	err     error
}

func (d *pasting) look() {
	if d.previews != nil {
		d.previews.Load()
	}
}

// merge is how the messages are added.
func (d *pasting) merge() realdata.Merge {
	pasted := d.pasted
	pasted.Source = localdb.Synthetic
	if d.reals.Checked {
		pasted.Source = localdb.Real
	}
	language := d.page.window.Settings.Language()
	if language == "" {
		language = lang.SystemLocale().String()
	}
	return realdata.Merge{
		Dataset: d.page.window.Dataset(), Title: i18n.T("Paste messages"), Rows: pasted.Rows(), SkipKnown: d.known.Checked,
		Cleaning: realdata.Cleaning{Hide: d.hide.Checked, Names: d.names.Checked, Region: pii.RegionOf(language)},
	}
}

func (d *pasting) read() func(ctx context.Context) (pastePreview, error) {
	pasted, merge := d.pasted, d.merge()
	return func(ctx context.Context) (v pastePreview, _ error) {
		if v.facts, v.err = pasted.Facts(); v.err == nil {
			v.preview, v.err = merge.Preview(ctx)
		}
		return v, nil
	}
}

func (d *pasting) show(v pastePreview) {
	d.shown = v.preview.Report.Added
	d.columns.RemoveAll()
	d.sample.RemoveAll()
	d.format.SetOptions(pasteNames(), max(0, slices.IndexFunc(pasteForms, func(o exchange.Options) bool {
		return o.Format == d.pasted.Options.Format && (o.Delimiter == d.pasted.Options.Delimiter || d.pasted.Options.Delimiter == 0)
	})))
	if v.facts.Format != nil {
		header := 1
		if v.facts.Header {
			header = 0
		}
		d.header.SetOptions(d.header.Options(), header)
	}
	shell.SetVisible(d.header, v.facts.Format == table.CSV || v.facts.Format == table.Lines)
	if len(v.facts.Columns) > 1 {
		for _, column := range v.facts.Columns {
			d.columns.Add(d.column(v.facts, column))
		}
	}
	count := func(n int) map[string]any { return map[string]any{"N": shell.Thousands(n)} }
	d.known.SetText(lang.L("Skip messages already in the dataset ({{.N}})", count(v.preview.Known)))
	d.hide.SetText(lang.L("Hide personal details ({{.N}})", count(v.preview.Masked)))
	d.said.SetColor(theme.ColorNameMuted)
	switch {
	case v.err != nil && !shell.IsStopped(v.err):
		d.said.SetText(shell.Explain(v.err))
		d.said.SetColor(theme.ColorNameNoticeText)
	case v.preview.LeftOut() > 0:
		d.said.SetText(lang.L("Lines that are left out: {{.N}}", count(v.preview.LeftOut())))
	default:
		d.said.SetText("")
	}
	if n := len(v.preview.Report.NewCategories); n > 0 && v.err == nil {
		d.said.SetText(strings.TrimSpace(d.said.Text() + " " + lang.L("New categories: {{.Names}}.", map[string]any{"Names": strings.Join(v.preview.Report.NewCategories[:min(n, 5)], ", ")})))
	}
	for i, row := range v.preview.First[:min(len(v.preview.First), pasteSample)] {
		if i > 0 {
			d.sample.Add(fynewidget.NewSeparator())
		}
		parts := []string{shell.OneLine(row.Message)}
		for _, more := range []string{row.Category, row.Note, localdb.ParseTags(row.Tags).String()} {
			if more != "" {
				parts = append(parts, shell.OneLine(more))
			}
		}
		d.sample.Add(widget.Line(strings.Join(parts, " · ")))
	}
	d.apply.SetText(lang.L("Add ({{.N}})", count(d.shown)))
	shell.SetEnabled(d.apply, v.err == nil && d.shown > 0)
	if d.dialog != nil {
		d.dialog.Refresh()
	}
}

// pasteSample is how many messages are shown before they are added.
const pasteSample = 6

// pasteUses are what a column can be used for.
var pasteUses = []exchange.Field{exchange.Message, exchange.Category, exchange.Confidence, exchange.Note, exchange.Tags, exchange.Source, exchange.Status, exchange.Conversation, exchange.Ignore}

// column asks what a column is used for.
func (d *pasting) column(facts exchange.Facts, column exchange.Column) fyne.CanvasObject {
	names := []string{
		lang.X("real.message", "Message"), lang.L("Category, if filled"), lang.L("Confidence"), lang.L("Note"), lang.L("Tags"),
		lang.X("real.source", "Source"), lang.X("real.status", "Status"), lang.L("Conversation"), lang.L("Ignore"),
	}
	at := slices.Index(pasteUses, column.Use)
	if at < 0 {
		at = len(pasteUses) - 1
	}
	use := widget.NewSelect(names, func(chosen int) {
		uses := map[string]exchange.Field{}
		for _, c := range facts.Columns {
			if uses[c.Name] = c.Use; c.Use == pasteUses[chosen] {
				uses[c.Name] = exchange.Ignore // a use belongs to one column
			}
		}
		uses[column.Name] = pasteUses[chosen]
		d.pasted.Options.Columns = uses
		d.look()
	})
	use.SetOptions(names, at)
	return widget.Columns(8, []float32{27, 43, 30}, shell.Centred(widget.Line(shell.Translate(column.Label.Parts()))),
		shell.Centred(widget.MutedLine(shell.OneLine(column.Example))), widget.HBox(0, use))
}

// add makes messages of what was pasted.
func (d *pasting) add() {
	merge, p := d.merge(), d.page
	if d.shown == 0 {
		return
	}
	var result realdata.Result
	p.window.Change(lang.L("Pasting"), lang.L("Nothing was pasted"), func(ctx context.Context, report localdb.Report) (err error) {
		total := d.shown
		merge.Progress = func(rows int) { report(min(rows, total), total) }
		result, err = merge.Run(ctx)
		return err
	}, func(err error) {
		if err == nil {
			p.window.Toasts.Show(lang.L("Messages added: {{.N}}", map[string]any{"N": shell.Thousands(result.Added)}), lang.L("Undo"), p.window.Undo)
			p.renew()
		}
	})
}
