package help

import (
	"context"
	"path/filepath"
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/assets"
	"seedbed/ui/report"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// about says which build this is, and where its log and the datasets are.
func about(w *shell.Window) {
	place := func(name, path string) fyne.CanvasObject {
		return widget.VBox(4, widget.Heading(name), container.NewBorder(nil, nil, nil,
			widget.NewButton(lang.L("Open folder"), func() { w.OpenFolder(path) }), shell.Centred(widget.MutedLine(path))))
	}
	body := widget.VBox(14,
		widget.Body(lang.L("Version {{.Version}}, free software under the MIT licence.", map[string]any{"Version": assets.Version()})),
		widget.Muted(runtime.GOOS+"/"+runtime.GOARCH+", "+runtime.Version()))
	if data := w.Dataset(); data != nil {
		body.Add(place(lang.L("The open dataset"), filepath.Dir(data.Path())))
	}
	if dir, err := shell.DocumentsDir(); err == nil {
		body.Add(place(lang.L("Datasets"), dir))
	}
	body.Add(place(lang.L("Log"), report.Folder()))
	widget.ShowDialog(w.Canvas(), lang.L("About Seedbed"), body,
		widget.NewPrimaryButton(lang.L("Close"), func() {}), widget.NewButton(lang.L("Licences of the libraries…"), func() { licences(w) }))
}

// licences shows the licence of each library.
func licences(w *shell.Window) {
	var list []assets.Licence
	w.Jobs.RunDetached(func(context.Context) (err error) {
		list, err = assets.Licences()
		return err
	}, func(err error) {
		if err != nil {
			w.Fail(lang.L("The licences could not be read"), err)
			return
		}
		names := make([]string, len(list))
		for i, l := range list {
			names[i] = l.Of
		}
		text := widget.Code(list[0].Text)
		var dialog *widget.Dialog
		choice := widget.NewSelect(names, func(i int) {
			text.SetText(list[i].Text)
			dialog.Refresh()
		})
		dialog = widget.ShowDialog(w.Canvas(), lang.L("Licences of the libraries"), widget.VBox(12, container.NewHBox(choice), text),
			widget.NewPrimaryButton(lang.L("Close"), func() {}))
		dialog.Widen()
	})
}
