package categories

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2/lang"

	"seedbed/gen/starter"
	"seedbed/localdb"
	"seedbed/localdb/atomicfile"
	"seedbed/ui/shell"
)

const exportEnding = ".json"

// askExport asks for a file for the categories, with which another dataset can begin.
func (p *page) askExport() {
	if !p.keep() {
		return
	}
	path := p.window.Dataset().Path()
	name := lang.L("{{.Dataset}} categories", map[string]any{"Dataset": shell.DatasetName(path)}) + exportEnding
	p.window.ChooseToSave(lang.L("Export the categories"), filepath.Join(filepath.Dir(path), name), p.exportTo)
}

// exportTo writes the categories, after the changes that are still under way.
func (p *page) exportTo(path string) {
	if path = shell.FullPath(path); filepath.Ext(path) == "" {
		path += exportEnding
	}
	data := p.window.Dataset()
	if data == nil {
		return // it was closed while the file was chosen
	}
	p.window.Change(lang.L("Exporting the categories"), lang.L("The categories could not be exported"), func(ctx context.Context, _ localdb.Report) error {
		s, err := starter.Of(ctx, data)
		if err != nil {
			return err
		}
		return atomicfile.Write(path, s.WriteJSON)
	}, func(err error) {
		if err == nil {
			p.window.Toasts.Show(lang.L("The categories are in {{.Path}}", map[string]any{"Path": shell.ShortPath(path)}), lang.L("Open folder"), func() { p.window.OpenFolder(filepath.Dir(path)) })
		}
	})
}
