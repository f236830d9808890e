package widget

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// focused is a widget with the keyboard in it.
func focused[W fyne.Focusable](w W) W { w.FocusGained(); return w }

func off(b *Button) *Button { b.Disable(); return b }

// buttons are a button in each of its states, with the things that stand beside it.
func buttons() fyne.CanvasObject {
	over := NewButton("Under the mouse", func() {})
	over.MouseIn(nil)
	choice := NewSelect([]string{"gpt-6-luna", "a-model-whose-name-goes-on-and-on-and-on"}, nil)
	choice.Choose(1)
	chosen := NewTapChip("switched on", ParseColour("#3b8f3c"), func() {})
	chosen.SetChosen(true)
	return Stack(8,
		Row(8, NewButton("Outlined", func() {}), NewPrimary("Primary", func() {}).WithKey("A"), NewSmall("Small", func() {})),
		Row(8, focused(NewButton("With the keyboard", func() {})), focused(NewPrimary("Primary", func() {})), off(NewPrimary("Off", func() {}).WithKey("Ctrl Enter"))),
		Row(8, over, choice),
		Row(8, NewChip("rag_query", ParseColour("#2e6bdc")), NewChip("déjà vu", ParseColour("#8350cf")), chosen, focused(NewTapChip("with the keyboard", ParseColour("#c93f72"), func() {})), NewKey("X"), NewKey("Enter")))
}

// cards are the surfaces, with what stands on them.
func cards() fyne.CanvasObject {
	half, all, none := NewGauge(ParseColour("#b86e00")), NewGauge(color.NRGBA{}), NewGauge(ParseColour("#d2452b"))
	half.Set(0.5)
	all.Set(2)
	number := NewStat("Messages")
	number.SetPoor("1,004", "612 still to review")
	at, hovered := NewNavItem("Review", func() {}), NewNavItem("A name too long for its place here", func() {})
	at.SetChosen(true)
	at.SetRemark("612")
	hovered.MouseIn(nil)
	toasts := NewToasts(func(do func()) { do() })
	toasts.Done("12 messages accepted", "Undo", func() {})
	return Stack(10,
		Columns(10, []float32{1, 1}, number, Notice(Stack(4, Heading("social is short by 36"), Body("A category with few messages is learned badly.")))),
		Columns(10, []float32{1, 1}, Failure(Muted("Nothing could be read.")), Stack(2, at, hovered, focused(NewNavItem("Export", func() {})))),
		half, all, none, Row(8, Sign(), Dot(theme.ColorNameSuccess), Caption("All changes saved")), Rule(), toasts.Object())
}

// drawn compares something with its picture, at a text size.
func drawn(t *testing.T, name string, mode Mode, scale float32, size fyne.Size, draw func() fyne.CanvasObject) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(NewTheme(mode, scale))
	w := app.NewWindow("")
	w.SetPadded(false)
	w.SetContent(container.New(layout.NewCustomPaddedLayout(10, 10, 10, 10), draw()))
	w.Resize(size)
	w.Resize(size.AddWidthHeight(1, 0)) // words have wrapped by now
	test.AssertRendersToImage(t, name+".png", w.Canvas())
}

// newWindow is an empty window in the light.
func newWindow(t *testing.T) fyne.Window {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(NewTheme(Light, 1))
	return app.NewWindow("")
}

func TestWidgetPictures(t *testing.T) {
	drawn(t, "buttons_light", Light, 1, fyne.NewSize(520, 190), buttons)
	drawn(t, "buttons_dark", Dark, 1, fyne.NewSize(520, 190), buttons)
	drawn(t, "cards_light", Light, 1, fyne.NewSize(520, 430), cards)
	drawn(t, "cards_dark", Dark, 1, fyne.NewSize(520, 430), cards)
	drawn(t, "buttons_80", Light, 0.8, fyne.NewSize(440, 160), buttons)
	drawn(t, "buttons_200", Light, 2, fyne.NewSize(1000, 330), buttons)
	drawn(t, "cards_200", Dark, 2, fyne.NewSize(1000, 610), cards)
}

func TestDialogPicture(t *testing.T) {
	w := newWindow(t)
	w.SetContent(container.NewStack())
	w.Resize(fyne.NewSize(700, 330))
	ShowDialog(w.Canvas(), "The dataset could not be opened", Body("This dataset is open already, in another window or program; nothing was changed: go on there, or close it there and open it again."),
		NewPrimary("Try again", func() {}), NewButton("Close", func() {}))
	test.AssertRendersToImage(t, "dialog.png", w.Canvas())
}

func TestDialogsClose(t *testing.T) {
	w := newWindow(t)
	w.Resize(fyne.NewSize(700, 330))
	pressed := 0
	yes := NewPrimary("Yes", func() { pressed++ })
	open := func() *Field {
		field := NewField("")
		ShowDialog(w.Canvas(), "Really?", Stack(4, Body("A question."), field), yes, NewButton("No", func() {}))
		return field
	}
	field := open()
	if w.Canvas().Focused() != fyne.Focusable(field) {
		t.Fatal("the keyboard is not in the field")
	}
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if w.Canvas().Overlays().Top() != nil || pressed != 0 {
		t.Fatal("Escape did not close the dialog and nothing else")
	}
	open()
	test.Tap(yes)
	if w.Canvas().Overlays().Top() != nil || pressed != 1 {
		t.Errorf("the button did its work %d times and the dialog is up: %v", pressed, w.Canvas().Overlays().Top() != nil)
	}
}

func TestALongDialogScrolls(t *testing.T) {
	w := newWindow(t)
	w.Resize(fyne.NewSize(1024, 700))
	long := ""
	for range 400 {
		long += "a long passage "
	}
	ShowDialog(w.Canvas(), long[:160], Body(long), NewButton("Close", func() {}))
	if size := w.Canvas().Overlays().Top().MinSize(); size.Width > 1024 || size.Height > 700 {
		t.Errorf("it needs %v", size)
	}
}

func TestSelectByKeys(t *testing.T) {
	newWindow(t)
	var chosen []int
	s := NewSelect([]string{"one", "two", "three"}, func(at int) { chosen = append(chosen, at) })
	for _, key := range []fyne.KeyName{fyne.KeyUp, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp} {
		s.TypedKey(&fyne.KeyEvent{Name: key})
	}
	if s.Chosen() != "two" || len(chosen) != 3 {
		t.Errorf("chosen is %s after %v", s.Chosen(), chosen)
	}
	s.Disable()
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if s.Chosen() != "two" {
		t.Error("it was chosen from while it is off")
	}
}

func TestOneNoteAtATime(t *testing.T) {
	newWindow(t)
	toasts := NewToasts(func(func()) {})
	undone := false
	toasts.Done("one", "Undo", func() {})
	toasts.Done("two", "Undo", func() { undone = true })
	if n := len(toasts.box.Objects); n != 1 {
		t.Fatalf("%d notes", n)
	}
	for _, o := range test.LaidOutObjects(toasts.Object()) {
		if b, ok := o.(*Button); ok {
			test.Tap(b)
		}
	}
	if !undone || len(toasts.box.Objects) != 0 {
		t.Error("the button did not do its work, or the note stayed")
	}
}
