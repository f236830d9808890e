package ui

import (
	"testing"

	"seedbed/ui/shell/shelltest"
)

// testApp is the whole window.
type testApp struct{ *shelltest.Window }

func newTestApp(t testing.TB) *testApp {
	t.Helper()
	return &testApp{shelltest.New(t, pages())}
}

// atHome reports whether the page without a dataset is up.
func (a *testApp) atHome() bool { return a.Dataset() == nil && a.Page() == nil }
