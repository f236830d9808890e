// Package ui is Seedbed's window: start.go opens it, and app.go says which pages it has.
// Each page has a package of its own below this one, and sees the dataset and ui/shell.
package ui

import (
	"seedbed/ui/categories"
	"seedbed/ui/check"
	"seedbed/ui/export"
	"seedbed/ui/generate"
	"seedbed/ui/help"
	"seedbed/ui/home"
	"seedbed/ui/knowledge"
	"seedbed/ui/newdataset"
	"seedbed/ui/overview"
	"seedbed/ui/realdata"
	"seedbed/ui/review"
	"seedbed/ui/settings"
	"seedbed/ui/shell"
)

// pages are the pages of the window; those of a dataset are in the order of the
// navigation.
func pages() shell.Pages {
	return shell.Pages{
		Home:       home.New,
		Settings:   settings.New,
		NewDataset: newdataset.New,
		Dataset: func(w *shell.Window) []*shell.Page {
			return []*shell.Page{
				overview.New(w),
				knowledge.New(w),
				generate.New(w),
				review.New(w),
				realdata.New(w),
				check.New(w),
				categories.New(w),
				export.New(w),
				settings.New(w),
			}
		},
		Help:   help.Actions,
		Import: realdata.Import,
	}
}
