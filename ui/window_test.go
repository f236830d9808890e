package ui

import (
	"context"
	"reflect"
	"strings"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"seedbed/localdb"
	"seedbed/ui/widget"
)

// What follows drives the window as a person does: by the words on the screen.

// screen is what can be seen: the dialog where one is up, else the page.
func (w *testApp) screen() []fyne.CanvasObject {
	w.settle()
	if top := w.window.Canvas().Overlays().Top(); top != nil {
		return visible(top)
	}
	return visible(w.window.Content())
}

// visible are an object and all in it that people can see.
func visible(o fyne.CanvasObject) []fyne.CanvasObject {
	if !o.Visible() {
		return nil
	}
	list := []fyne.CanvasObject{o}
	var inside []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		inside = o.Objects
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	}
	for _, child := range inside {
		list = append(list, visible(child)...)
	}
	return list
}

// words are all that can be read, one line each.
func (w *testApp) words() string {
	var lines []string
	for _, o := range w.screen() {
		switch o := o.(type) {
		case interface{ Text() string }:
			lines = append(lines, o.Text())
		case *widget.Check:
			lines = append(lines, o.Text)
		}
	}
	return strings.Join(lines, "\n")
}

// sees fails unless all of these words are on the screen.
func (w *testApp) sees(words ...string) {
	w.t.Helper()
	all := w.words()
	for _, want := range words {
		if !strings.Contains(all, want) {
			w.t.Errorf("%q is not on the screen:\n%s", want, all)
		}
	}
}

func (w *testApp) seesNot(words ...string) {
	w.t.Helper()
	all := w.words()
	for _, word := range words {
		if strings.Contains(all, word) {
			w.t.Errorf("%q is on the screen:\n%s", word, all)
		}
	}
}

// button is the button with these words; nil where there is none.
func (w *testApp) button(text string) *widget.Button {
	for _, o := range w.screen() {
		if b, ok := o.(*widget.Button); ok && b.Text() == text {
			return b
		}
	}
	return nil
}

// tap presses the button with these words.
func (w *testApp) tap(text string) {
	w.t.Helper()
	b := w.button(text)
	if b == nil {
		w.t.Fatalf("there is no button %q on the screen:\n%s", text, w.words())
	}
	if b.Disabled() {
		w.t.Fatalf("the button %q is off", text)
	}
	test.Tap(b)
	w.settle()
}

// key presses Ctrl with a key, wherever the keyboard is.
func (w *testApp) key(name fyne.KeyName, modifier ...fyne.KeyModifier) {
	var s fyne.Shortcut = &desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierShortcutDefault}
	if len(modifier) > 0 {
		s = &desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierShortcutDefault | modifier[0]}
	} else if name == fyne.KeyZ {
		s = &fyne.ShortcutUndo{}
	}
	focused, ok := w.window.Canvas().Focused().(fyne.Shortcutable)
	if ok {
		focused.TypedShortcut(s)
	}
	// The test driver's canvas hides that it takes keys, also from what has the
	// keyboard and would hand them on.
	if _, custom := s.(*desktop.CustomShortcut); custom || !ok {
		reflect.ValueOf(w.window.Canvas()).Elem().FieldByName("WindowlessCanvas").Interface().(fyne.Shortcutable).TypedShortcut(s)
	}
	w.settle()
}

// letter types a letter outside of any field.
func (w *testApp) letter(r rune) {
	if typed := w.window.Canvas().OnTypedRune(); typed != nil {
		typed(r)
	}
	w.settle()
}

// tabTo presses Tab until the keyboard is where is says.
func (w *testApp) tabTo(what string, is func(o fyne.Focusable) bool) fyne.Focusable {
	w.t.Helper()
	for range 200 {
		w.window.Canvas().FocusNext()
		if o := w.window.Canvas().Focused(); o != nil && is(o) {
			return o
		}
	}
	w.t.Fatalf("Tab never comes to %s", what)
	return nil
}

// escape presses Escape where the keyboard is.
func (w *testApp) escape() {
	w.t.Helper()
	focused := w.window.Canvas().Focused()
	if focused == nil {
		w.t.Fatal("nothing has the keyboard")
	}
	focused.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	w.settle()
}

// inParallel lets what runs in the background run beside the test, as in the real
// program. The test ends when all of it has: the words of the window are the
// process's, and the next test reads them anew.
func (w *testApp) inParallel() {
	var work sync.WaitGroup
	w.jobs.start = work.Go
	w.t.Cleanup(work.Wait)
}

// until waits for something to become true, and fails where it does not.
func (w *testApp) until(what string, is func() bool) {
	w.t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		w.settle()
		if is() {
			return
		}
	}
	w.t.Fatalf("waited in vain until %s:\n%s", what, w.words())
}

// count is how many messages of the dataset match a filter.
func (w *testApp) count(filter localdb.Filter) int {
	w.t.Helper()
	n := 0
	for _, err := range w.data.Messages(context.Background(), filter) {
		if err != nil {
			w.t.Fatal(err)
		}
		n++
	}
	return n
}

// some are n messages over a few categories, all of them accepted.
func some(n int) []localdb.Message {
	names := []string{"professional", "social", "learning", "emotional"}
	subjects := []string{"my manager", "the night shift", "a course in welding", "our choir", "the tax return", "my old laptop", "grandma", "the bus to work"}
	verbs := []string{"keeps me awake", "changed a lot this year", "is worth a closer look", "surprised all of us", "costs more than I thought", "made me laugh", "needs a plan"}
	endings := []string{"since march", "and nobody noticed", "which is fine", "according to my sister", "most mornings", "as ever"}
	messages := make([]localdb.Message, n)
	for i := range messages {
		text := subjects[i%8] + " " + verbs[i/8%7] + " " + endings[i/56%6]
		messages[i] = localdb.Message{Text: text, Category: names[i%4], Confidence: 1, Status: localdb.Accepted}
	}
	return messages
}
