// Package ui is Seedbed's window: start.go opens it, and app.go says which pages it has.
// Each page has a package of its own below this one, and sees the dataset and ui/shell.
package ui

import (
	"seedbed/ui/categories"
	"seedbed/ui/check"
	"seedbed/ui/export"
	"seedbed/ui/knowledge"
	"seedbed/ui/review"
	"seedbed/ui/shell"
)

// pages are the pages of the window; those of a dataset are in the order of the
// navigation.
func pages() shell.Pages {
	return shell.Pages{
		Home:     func(w *shell.Window) *shell.Page { return newHome(w).page() },
		Settings: func(w *shell.Window) *shell.Page { return newSettings(w).page() },
		Dataset: func(w *shell.Window) []*shell.Page {
			return []*shell.Page{
				newOverview(w).page(),
				knowledge.New(w),
				newGenerate(w).page(),
				review.New(w),
				newReal(w).page(),
				check.New(w),
				categories.New(w),
				export.New(w),
				newSettings(w).page(),
			}
		},
		Import: importAsDataset,
	}
}
