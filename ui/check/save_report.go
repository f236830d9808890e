package check

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"seedbed/gen/check"
)

// saveReport writes the last check's evaluation into a folder.
func (p *page) saveReport() {
	p.window.ChooseFolder(lang.L("Choose a folder for the report"), p.saveReportIn)
}

func (p *page) saveReportIn(dir string) {
	data, last := p.window.Dataset(), p.state.checks[0]
	p.window.Jobs.RunSilently(func(ctx context.Context) error {
		report, err := last.Report(ctx, data)
		if err != nil {
			return err
		}
		return check.WriteReport(dir, report)
	}, func(err error) {
		if err != nil {
			p.window.Fail(lang.L("The report could not be written"), err)
			return
		}
		p.window.Toasts.Show(lang.L("{{.A}} and {{.B}} are saved", map[string]any{"A": check.ReportFile, "B": check.ConfusionFile}), lang.L("Open folder"), func() { p.window.OpenFolder(dir) })
	})
}
