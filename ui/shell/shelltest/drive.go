package shelltest

import (
	"reflect"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"seedbed/localdb"
	"seedbed/ui/widget"
)

// Screen is what can be seen: the dialog where one is up, else the page.
func (w *Window) Screen() []fyne.CanvasObject {
	w.Settle()
	if top := w.Canvas().Overlays().Top(); top != nil {
		return Visible(top)
	}
	return Visible(w.Fyne.Content())
}

// Visible are an object and all in it that people can see.
func Visible(o fyne.CanvasObject) []fyne.CanvasObject {
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
		list = append(list, Visible(child)...)
	}
	return list
}

// Words are all that can be read, one line each.
func (w *Window) Words() string {
	var lines []string
	for _, o := range w.Screen() {
		switch o := o.(type) {
		case interface{ Text() string }:
			lines = append(lines, o.Text())
		case *widget.Check:
			lines = append(lines, o.Text)
		}
	}
	return strings.Join(lines, "\n")
}

// Sees fails unless all of these words are on the screen.
func (w *Window) Sees(words ...string) {
	w.T.Helper()
	all := w.Words()
	for _, want := range words {
		if !strings.Contains(all, want) {
			w.T.Errorf("%q is not on the screen:\n%s", want, all)
		}
	}
}

// SeesNot fails where any of these words is on the screen.
func (w *Window) SeesNot(words ...string) {
	w.T.Helper()
	all := w.Words()
	for _, word := range words {
		if strings.Contains(all, word) {
			w.T.Errorf("%q is on the screen:\n%s", word, all)
		}
	}
}

// Button is the button with these words; nil where there is none.
func (w *Window) Button(text string) *widget.Button {
	for _, o := range w.Screen() {
		if b, ok := o.(*widget.Button); ok && b.Text() == text {
			return b
		}
	}
	return nil
}

// Tap presses the button with these words.
func (w *Window) Tap(text string) {
	w.T.Helper()
	b := w.Button(text)
	if b == nil {
		w.T.Fatalf("there is no button %q on the screen:\n%s", text, w.Words())
	}
	if b.Disabled() {
		w.T.Fatalf("the button %q is off", text)
	}
	test.Tap(b)
	w.Settle()
}

// Key presses Ctrl with a key, wherever the keyboard is.
func (w *Window) Key(name fyne.KeyName, modifier ...fyne.KeyModifier) {
	var s fyne.Shortcut = &desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierShortcutDefault}
	if len(modifier) > 0 {
		s = &desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierShortcutDefault | modifier[0]}
	} else if name == fyne.KeyZ {
		s = &fyne.ShortcutUndo{}
	}
	focused, ok := w.Canvas().Focused().(fyne.Shortcutable)
	if ok {
		focused.TypedShortcut(s)
	}
	// The test driver's canvas hides that it takes keys, also from what has the
	// keyboard and would hand them on.
	if _, custom := s.(*desktop.CustomShortcut); custom || !ok {
		reflect.ValueOf(w.Canvas()).Elem().FieldByName("WindowlessCanvas").Interface().(fyne.Shortcutable).TypedShortcut(s)
	}
	w.Settle()
}

// Letter types a letter, which comes as a key and then as a letter, as from a keyboard.
func (w *Window) Letter(r rune) {
	key := &fyne.KeyEvent{Name: fyne.KeyName(strings.ToUpper(string(r)))}
	if focused := w.Canvas().Focused(); focused != nil {
		focused.TypedKey(key)
		focused.TypedRune(r)
	} else {
		w.Canvas().OnTypedKey()(key)
		w.Canvas().OnTypedRune()(r)
	}
	w.Settle()
}

// TabTo presses Tab until the keyboard is where is says.
func (w *Window) TabTo(what string, is func(o fyne.Focusable) bool) fyne.Focusable {
	w.T.Helper()
	for range 200 {
		w.Canvas().FocusNext()
		if o := w.Canvas().Focused(); o != nil && is(o) {
			return o
		}
	}
	w.T.Fatalf("Tab never comes to %s", what)
	return nil
}

// Escape presses Escape where the keyboard is.
func (w *Window) Escape() {
	w.T.Helper()
	focused := w.Canvas().Focused()
	if focused == nil {
		w.T.Fatal("nothing has the keyboard")
	}
	focused.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	w.Settle()
}

// Messages are n messages over a few categories, all of them accepted.
func Messages(n int) []localdb.Message {
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
