package ui

import (
	"testing"

	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
)

// testApp is the whole window, with the pages that are not yet in packages of their own.
type testApp struct {
	*shelltest.Window
	objects map[string]any
}

func newTestApp(t testing.TB) *testApp {
	t.Helper()
	a := &testApp{}
	p := pages()
	p.Dataset = func(w *shell.Window) []*shell.Page {
		a.objects = map[string]any{}
		made := pages().Dataset(w)
		for i, page := range made {
			switch page.ID {
			case shell.RealData:
				made[i] = keep(a, newReal(w))
			}
		}
		return made
	}
	a.Window = shelltest.New(t, p)
	return a
}

func keep(a *testApp, object interface{ page() *shell.Page }) *shell.Page {
	page := object.page()
	a.objects[page.ID] = object
	return page
}

// object is the page that is up.
func (a *testApp) object() any { return a.objects[a.At()] }

// atHome reports whether the page without a dataset is up.
func (a *testApp) atHome() bool { return a.Dataset() == nil && a.Page() == nil }
