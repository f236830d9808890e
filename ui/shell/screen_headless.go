//go:build ci

package shell

import "fyne.io/fyne/v2"

// workArea is unknown without a screen.
func workArea() fyne.Size { return fyne.Size{} }
