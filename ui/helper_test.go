package ui

import (
	"context"
	"path/filepath"
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/zalando/go-keyring"

	"seedbed/assets/i18n"
	"seedbed/gen"
	"seedbed/gen/openai"
	"seedbed/localdb"
)

// testApp is the app under Fyne's test driver. What runs in the background runs at
// once, and its news waits for settle, so that all of a test is one goroutine.
type testApp struct {
	*app
	t testing.TB

	mu     sync.Mutex
	posted []func()
}

// newTestApp opens the window on its home page.
func newTestApp(t testing.TB) *testApp {
	t.Helper()
	t.Setenv("HOME", t.TempDir())
	keyring.MockInit()
	w := &testApp{t: t}
	j := newJobs(func(news func()) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.posted = append(w.posted, news)
	})
	j.start = func(work func()) { work() }
	j.painting = 0
	w.app = newApp(test.NewTempApp(t), j)
	w.local = func(context.Context) []openai.Endpoint { return nil }
	if err := w.begin(nil, &inbox{}); err != nil {
		t.Fatal(err)
	}
	w.window.Resize(fyne.NewSize(1280, 800))
	t.Cleanup(func() {
		if w.data != nil {
			_ = w.data.Close()
		}
	})
	w.settle()
	return w
}

// settle brings all news to the window.
func (w *testApp) settle() {
	for {
		w.mu.Lock()
		posted := w.posted
		w.posted = nil
		w.mu.Unlock()
		if len(posted) == 0 {
			return
		}
		for _, news := range posted {
			news()
		}
	}
}

// open opens a new dataset with the shipped categories and these messages.
func (w *testApp) open(messages ...localdb.Message) {
	w.t.Helper()
	path := filepath.Join(w.t.TempDir(), "test.seedbed")
	d, err := localdb.Create(context.Background(), path, gen.Categories("en"))
	if err != nil {
		w.t.Fatal(err)
	}
	if len(messages) > 0 {
		if _, err := d.Add(context.Background(), i18n.T("Add"), messages); err != nil {
			w.t.Fatal(err)
		}
	}
	if err := d.Close(); err != nil {
		w.t.Fatal(err)
	}
	w.openDataset(path)
	w.settle()
	if w.data == nil {
		w.t.Fatal("the dataset did not open")
	}
}
