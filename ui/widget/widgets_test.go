package widget

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"seedbed/ui/theme"
)

// newWindow returns an empty window in the light theme.
func newWindow(t *testing.T) fyne.Window {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light, 1))
	w := app.NewWindow("")
	w.SetContent(container.NewStack()) // a window without content is not laid out
	return w
}

func TestDialogClosesOnEscapeAndOnItsButtons(t *testing.T) {
	w := newWindow(t)
	w.Resize(fyne.NewSize(700, 330))
	pressed := 0
	yes := NewPrimaryButton("Yes", func() { pressed++ })
	open := func() *Field {
		field := NewField("")
		ShowDialog(w.Canvas(), "Really?", VBox(4, Body("A question."), field), yes, NewButton("No", func() {}))
		return field
	}
	field := open()
	if w.Canvas().Focused() != fyne.Focusable(field) {
		t.Fatal("the field has no focus")
	}
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if w.Canvas().Overlays().Top() != nil || pressed != 0 {
		t.Fatal("Escape did not close the dialog and nothing else")
	}
	open()
	test.Tap(yes)
	if w.Canvas().Overlays().Top() != nil || pressed != 1 {
		t.Errorf("the button was pressed %d times and the dialog is open: %v", pressed, w.Canvas().Overlays().Top() != nil)
	}
	open()
	yes.OnTapped = func() { pressed += 10 }
	test.Tap(yes)
	if w.Canvas().Overlays().Top() != nil || pressed != 11 {
		t.Errorf("after another callback, the sum is %d and the dialog is open: %v", pressed, w.Canvas().Overlays().Top() != nil)
	}
}

func TestEscapeClosesADialogFromEveryControl(t *testing.T) {
	w := newWindow(t)
	w.Resize(fyne.NewSize(700, 500))
	for _, control := range []fyne.CanvasObject{
		NewField(""), NewPasswordField(), NewTextArea(2), NewComboBox(""), NewCheck("check", nil), NewSlider(1, 5),
		NewSelect([]string{"a", "b"}, nil), NewRadio([]string{"a", "b"}, nil), NewToggleChip("chip", theme.ParseColour(""), nil),
		NewListItem("item", Body("item"), nil), NewButton("button", nil), Body("text alone"),
	} {
		ShowDialog(w.Canvas(), "A dialog", control, NewButton("Close", func() {}))
		focused := w.Canvas().Focused()
		if focused == nil {
			t.Fatalf("nothing in the dialog with a %T has the focus", control)
		}
		focused.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if w.Canvas().Overlays().Top() != nil {
			t.Errorf("Escape in a %T did not close the dialog", focused)
		}
	}
}

func TestAComboBoxOffersWhatMatches(t *testing.T) {
	w := newWindow(t)
	w.Resize(fyne.NewSize(700, 500))
	box := NewComboBox("handbook")
	w.SetContent(box)
	options := make([]string, 5000)
	for i := range options {
		options[i] = fmt.Sprintf("table_%d", i)
	}
	box.SetOptions(options)
	if shown, more := box.Suggestions(); len(shown) != shownSuggestions || len(shown)+more != len(options) {
		t.Errorf("before anything is typed, it shows %d and %d more", len(shown), more)
	}
	box.SetText("")
	test.Type(box, "TABLE_499")
	if shown, more := box.Suggestions(); len(shown) != 11 || more != 0 || shown[0] != "table_499" {
		t.Errorf("it shows %v and %d more", shown, more)
	}
	box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	list, ok := w.Canvas().Overlays().Top().(interface{ TypedKey(*fyne.KeyEvent) })
	focused := w.Canvas().Focused()
	if !ok && focused == nil {
		t.Fatal("Down opens no list")
	}
	if focused != nil {
		list = focused
	}
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if box.Text != "table_4990" {
		t.Errorf("the second of the list gives %q", box.Text)
	}
	if shown, _ := box.Suggestions(); len(shown) != shownSuggestions {
		t.Errorf("what was chosen reduces the list to %v", shown)
	}
	test.Type(box, " nothing like it")
	if shown, _ := box.Suggestions(); len(shown) != shownSuggestions {
		t.Errorf("what matches nothing leaves %v", shown)
	}
}

func TestATapBesideTheControlsKeepsTheFocusInTheDialog(t *testing.T) {
	w := newWindow(t)
	w.Resize(fyne.NewSize(700, 330))
	ShowDialog(w.Canvas(), "A dialog", Body("A text."), NewButton("Close", func() {}))
	w.Canvas().Unfocus()
	test.TapCanvas(w.Canvas(), fyne.NewPos(5, 5))
	if w.Canvas().Overlays().Top() == nil || w.Canvas().Focused() == nil {
		t.Error("the dialog was closed or has lost the focus")
	}
}

// A cursor that blinks on in a closed dialog costs a sixth of a processor.
func TestAClosedDialogLeavesNoCursor(t *testing.T) {
	w := newWindow(t)
	field, left := NewField(""), 0
	field.OnLeave = func() { left++ }
	d := ShowDialog(w.Canvas(), "A dialog", field, NewButton("Close", func() {}))
	d.Close()
	if left != 1 {
		t.Errorf("the field was left %d times", left)
	}
}

func TestDialogFitsTheWindowAtEverySize(t *testing.T) {
	w := newWindow(t)
	long := strings.Repeat("a long passage ", 400)
	field := NewField("")
	d := ShowDialog(w.Canvas(), long[:160], VBox(4, Body(long), field), NewButton("Keep it", func() {}), NewButton("Look at it first", func() {}), NewButton("Close", func() {}))
	for _, size := range []fyne.Size{fyne.NewSize(1024, 700), fyne.NewSize(500, 400), fyne.NewSize(360, 420), fyne.NewSize(1400, 900), fyne.NewSize(1024, 700)} {
		w.Resize(size)
		if d.Size() != size {
			t.Fatalf("the dialog covers %v of %v", d.Size(), size)
		}
		for _, o := range test.WidgetRenderer(d).Objects() {
			end := o.Position().Add(o.Size())
			if o.Position().X < 0 || o.Position().Y < 0 || end.X > size.Width || end.Y > size.Height {
				t.Errorf("at %v, a %T reaches from %v to %v", size, o, o.Position(), end)
			}
		}
		if d.body.Size().Height < 100 || d.body.Position().Y < d.title.Position().Y+d.title.Size().Height || d.buttons.Position().Y < d.body.Position().Y+d.body.Size().Height {
			t.Errorf("at %v, the title, the body of %v and the buttons overlap", size, d.body.Size())
		}
	}
	w.Canvas().Focus(field)
	if d.body.Offset.Y == 0 {
		t.Error("the focused field below the text was not scrolled into view")
	}
}

func TestArrowKeysMoveThroughASelect(t *testing.T) {
	newWindow(t)
	var selected []int
	s := NewSelect([]string{"one", "two", "three"}, func(at int) { selected = append(selected, at) })
	for _, key := range []fyne.KeyName{fyne.KeyUp, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp} {
		s.TypedKey(&fyne.KeyEvent{Name: key})
	}
	if s.Selected() != "two" || len(selected) != 3 {
		t.Errorf("%s is selected after %v", s.Selected(), selected)
	}
	s.Disable()
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if s.Selected() != "two" {
		t.Error("a disabled select was changed")
	}
}

func TestOneToastAtATime(t *testing.T) {
	newWindow(t)
	toasts := NewToasts(func(func()) {})
	undone := false
	toasts.Show("one", "Undo", func() {})
	toasts.Show("two", "Undo", func() { undone = true })
	if n := len(toasts.box.Objects); n != 1 {
		t.Fatalf("%d toasts", n)
	}
	for _, o := range test.LaidOutObjects(toasts.Object(nil)) {
		if b, ok := o.(*Button); ok {
			test.Tap(b)
		}
	}
	if !undone || len(toasts.box.Objects) != 0 {
		t.Error("the action was not called, or the toast stayed")
	}
}

func TestMatrixReportsTheCellUnderThePointer(t *testing.T) {
	test.NewTempApp(t)
	m := eight()
	m.Resize(fyne.NewSize(540, 300))
	var tapped, hovered [2]int
	m.OnTapped = func(row, column int) { tapped = [2]int{row, column} }
	m.OnHovered = func(row, column int) { hovered = [2]int{row, column} }
	p := m.grid(m.Size())
	cell := func(row, column int) fyne.Position {
		return fyne.NewPos(p.left+(float32(column)+0.4)*p.width, p.top+(float32(row)+0.4)*p.height)
	}
	test.TapAt(m, cell(4, 1))
	if tapped != [2]int{4, 1} {
		t.Errorf("tapped %v", tapped)
	}
	test.TapAt(m, fyne.NewPos(3, 3)) // a name
	if tapped != [2]int{4, 1} {
		t.Errorf("a name counts as the cell %v", tapped)
	}
	m.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: cell(7, 7)}})
	if hovered != [2]int{7, 7} {
		t.Errorf("hovered %v", hovered)
	}
	m.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: cell(8, 0)}})
	if hovered != [2]int{-1, -1} {
		t.Errorf("below the last row is %v", hovered)
	}
}

// TestTheNamesOfALargeMatrixStayInSight moves the keyboard to the last cell.
func TestTheNamesOfALargeMatrixStayInSight(t *testing.T) {
	test.NewTempApp(t)
	m := many(150)
	w := test.NewTempWindow(t, m.Object())
	w.Resize(fyne.NewSize(580, 400))
	w.Canvas().Focus(m)
	for range 149 {
		m.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		m.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	if m.row != 149 || m.column != 149 {
		t.Fatalf("the keyboard is at %d, %d", m.row, m.column)
	}
	p, offset := m.grid(m.Size()), m.scroll.Offset
	cell := fyne.NewPos(p.left+149*p.width, p.top+149*p.height).Subtract(offset)
	if cell.X < p.left || cell.Y < p.top || cell.X+p.width > 580 || cell.Y+p.height > 400 {
		t.Errorf("the last cell is at %v", cell)
	}
	r, ok := test.WidgetRenderer(m).(*matrixRenderer)
	if !ok {
		t.Fatal("another renderer")
	}
	if at := r.headers.Position().Subtract(offset); at != (fyne.Position{}) {
		t.Errorf("the names of the columns are at %v", at)
	}
	if at := r.labels[149].Position().X - offset.X; at != 0 {
		t.Errorf("the names of the rows are at %v", at)
	}
}

func TestMatrixFitsAPage(t *testing.T) {
	test.NewTempApp(t)
	for _, n := range []int{1, 8, 16, 17, 60, 61, 150, 500} {
		if least := many(n).Object().MinSize(); least.Width > 580 || least.Height > 920 {
			t.Errorf("%d categories need %v", n, least)
		}
	}
}

// TestWhatHasTheKeyboardHasARing moves the keyboard through Fyne's own widgets.
func TestWhatHasTheKeyboardHasARing(t *testing.T) {
	test.NewTempApp(t)
	for _, o := range []fyne.Focusable{NewCheck("Keep backups", nil), NewSlider(0, 10)} {
		r, ok := test.WidgetRenderer(o.(fyne.Widget)).(*ringRenderer)
		if !ok {
			t.Fatalf("%T has no ring", o)
		}
		for _, focused := range []bool{false, true, false} {
			if focused {
				o.FocusGained()
			} else {
				o.FocusLost()
			}
			if r.ring.Visible() != focused {
				t.Errorf("%T: the ring is visible: %v; the keyboard is there: %v", o, r.ring.Visible(), focused)
			}
		}
	}
}
