package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/localdb/backup"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// backupsCard switches backups on and off.
func (p *page) backupsCard() fyne.CanvasObject {
	keep := widget.NewCheck(lang.L("Keep backups of each dataset"), p.window.Settings.SetBackups)
	keep.SetChecked(p.window.Settings.Backups())
	card := widget.VBox(10, widget.Heading(lang.L("Backups")), keep,
		widget.Muted(lang.L("Made while a dataset changes, at most once an hour. The last six are kept, then one a day for six days, and at most 1 GB of each dataset. Go back to one from the overview.")))
	folder, err := backup.Folder()
	if err != nil {
		shell.LogError("finding the folder of backups", err)
		return card
	}
	card.Add(container.NewBorder(nil, nil, nil, widget.NewButton(lang.L("Open folder"), func() { p.window.OpenFolder(folder) }), widget.MutedLine(folder)))
	return card
}
