package newdataset

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen/starter"
	"seedbed/localdb/exchange/formats"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// ownCategories asks for a list of categories, or for a file with messages, and reads it.
type ownCategories struct {
	window *shell.Window
	asks   asked
	path   string // of the chosen file; "" for what was pasted
	pasted *widget.Field
	file   *widget.Text
	found  starter.Found
	read   *shell.Loader
	wait   func() // what was given isn't read yet
	object *fyne.Container
}

// newOwnCategories tells what was read to show, and before that calls wait.
func newOwnCategories(w *shell.Window, wait func(), show func(starter.Found, error)) *ownCategories {
	o := &ownCategories{window: w, wait: wait, pasted: widget.NewTextArea(5), file: widget.MutedLine(""), object: widget.VBox(0)}
	o.pasted.SetPlaceHolder(lang.L("One category a line, for example:\nrefund: wants money back\n- i want my money back for the pump\n- how do refunds work?"))
	o.pasted.OnChanged = func(string) {
		o.path = ""
		o.file.SetText("")
		o.load()
	}
	type result struct {
		found starter.Found
		err   error
	}
	o.read = shell.NewLoader(w, "", func() func(context.Context) (result, error) {
		asks, path, text := o.asks, o.path, o.pasted.Text
		return func(ctx context.Context) (r result, _ error) {
			switch {
			case asks == nothing, path == "" && strings.TrimSpace(text) == "":
			case asks == messages:
				r.found, r.err = starter.FromMessages(ctx, path)
			case path != "":
				r.found, r.err = starter.ReadFile(ctx, path)
			default:
				r.found, r.err = starter.ReadText(ctx, text)
			}
			return r, nil
		}
	}, func(r result) {
		if o.asks != nothing {
			o.found = r.found
			show(r.found, r.err)
		}
	})
	return o
}

// ask shows the fields for what is asked for.
func (o *ownCategories) ask(what asked) {
	o.object.RemoveAll()
	o.asks, o.path = what, ""
	o.file.SetText("")
	if what == nothing {
		return
	}
	choose := container.NewBorder(nil, nil, widget.NewButton(lang.L("Choose a file…"), o.choose), nil, shell.Centred(o.file))
	if what == aList {
		o.object.Add(o.pasted)
		o.window.Canvas().Focus(o.pasted)
	} else {
		o.pasted.SetText("")
	}
	o.object.Add(choose)
	o.load()
}

// load reads what was given.
func (o *ownCategories) load() {
	o.found = starter.Found{}
	o.wait()
	o.read.Load()
}

func (o *ownCategories) choose() {
	o.window.ChooseToOpen(lang.L("A file with your categories or messages"), append([]string{".json", shell.DatasetEnding}, formats.Endings()...), o.take)
}

// take reads a file.
func (o *ownCategories) take(path string) {
	o.path = path
	o.file.SetText(filepath.Base(path))
	o.load()
}
