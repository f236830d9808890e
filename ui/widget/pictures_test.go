package widget

import (
	"fmt"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/ui/theme"
)

// The golden pictures in testdata are renewed with `make golden`.

// assertPicture compares an object, in a mode and at a text size, with its picture.
func assertPicture(t *testing.T, name string, mode theme.Mode, scale float32, size fyne.Size, create func() fyne.CanvasObject) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(mode, scale))
	w := app.NewWindow("")
	w.SetPadded(false)
	w.SetContent(create())
	w.Resize(size.SubtractWidthHeight(1, 0))
	w.Resize(size) // text wraps at the first size, and has its height at the second
	test.AssertRendersToImage(t, name+".png", w.Canvas())
}

func padded(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(10, 10, 10, 10), o)
}

func focused[W fyne.Focusable](w W) W { w.FocusGained(); return w }

func disabled(b *Button) *Button { b.Disable(); return b }

// buttons returns buttons, chips and keys in each of their states.
func buttons() fyne.CanvasObject {
	hovered := NewButton("Under the mouse", func() {})
	hovered.MouseIn(nil)
	sel := NewSelect([]string{"gpt-6-luna", "a-model-whose-name-goes-on-and-on-and-on"}, nil)
	sel.SetSelectedIndex(1)
	selected := NewToggleChip("switched on", theme.ParseColour("#3b8f3c"), func() {})
	selected.SetSelected(true)
	return padded(VBox(8,
		HBox(8, NewButton("Outlined", func() {}), NewPrimaryButton("Primary", func() {}).WithKey("A"), NewSmallButton("Small", func() {})),
		HBox(8, focused(NewButton("With the keyboard", func() {})), focused(NewPrimaryButton("Primary", func() {})), disabled(NewPrimaryButton("Off", func() {}).WithKey("Ctrl Enter"))),
		HBox(8, hovered, sel),
		HBox(8, NewChip("rag_query", theme.ParseColour("#2e6bdc")), NewChip("déjà vu", theme.ParseColour("#8350cf")), selected, focused(NewToggleChip("with the keyboard", theme.ParseColour("#c93f72"), func() {})), NewKeyCap("X"), NewKeyCap("Enter"))))
}

// cards returns the panels and what they hold.
func cards() fyne.CanvasObject {
	half, all, none := NewProgressBar(theme.ParseColour("#b86e00")), NewProgressBar(color.NRGBA{}), NewProgressBar(theme.ParseColour("#d2452b"))
	half.SetValue(0.5)
	all.SetValue(2)
	number := NewMetricCard("Messages")
	number.SetWarning("1,004", "612 still to review")
	current, hovered := NewNavigationItem("Review", func() {}), NewNavigationItem("A name too long for its place here", func() {})
	current.SetSelected(true)
	current.SetBadge("612")
	hovered.MouseIn(nil)
	toasts := NewToasts(func(do func()) { do() })
	toasts.Show("12 messages accepted", "Undo", func() {})
	bar := canvas.NewRectangle(nil)
	bar.SetMinSize(fyne.NewSize(0, 30))
	return padded(VBox(10,
		Columns(10, []float32{1, 1}, number, Notice(VBox(4, Heading("social is short by 36"), Body("A category with few messages is learned badly.")))),
		Columns(10, []float32{1, 1}, ErrorNotice(Muted("Nothing could be read.")), VBox(2, current, hovered, focused(NewNavigationItem("Export", func() {})))),
		half, all, none, HBox(8, Logo(), Dot(fynetheme.ColorNameSuccess), Caption("All changes saved")), fynewidget.NewSeparator(), toasts.Object(bar)))
}

// eight returns the matrix of eight categories, of which social is classified badly.
func eight() *Matrix {
	names := []string{"rag_query", "professional", "psychological", "learning", "social", "emotional", "aspirational", "chitchat"}
	colours := []color.NRGBA{}
	for _, c := range []string{"#2f6fde", "#0b8a82", "#8350cf", "#b86e00", "#c93f72", "#d2452b", "#3b8f3c", "#667085"} {
		colours = append(colours, theme.ParseColour(c))
	}
	shares := make([][]float32, len(names))
	for i := range shares {
		shares[i] = make([]float32, len(names))
		shares[i][i] = 0.9 + float32(i)/100
	}
	shares[4] = []float32{0, 0.17, 0, 0, 0.71, 0.08, 0.04, 0}
	m := NewMatrix()
	m.Set(names, colours, shares)
	return m
}

// many returns the matrix of n categories, which are mostly classified correctly.
func many(n int) *Matrix {
	names, colours, shares := make([]string, n), make([]color.NRGBA, n), make([][]float32, n)
	for i := range n {
		names[i], colours[i] = fmt.Sprintf("category %d", i), theme.ParseColour("#2f6fde")
		shares[i] = make([]float32, n)
		shares[i][i], shares[i][(i*7+3)%n] = 0.8, 0.2
	}
	m := NewMatrix()
	m.Set(names, colours, shares)
	return m
}

func TestMatrixPictures(t *testing.T) {
	assertPicture(t, "matrix_light", theme.Light, 1, fyne.NewSize(580, 430), func() fyne.CanvasObject { return Card(eight()) })
	assertPicture(t, "matrix_dark", theme.Dark, 1, fyne.NewSize(580, 430), func() fyne.CanvasObject { return Card(eight()) })
	assertPicture(t, "matrix_40", theme.Light, 1, fyne.NewSize(580, 660), func() fyne.CanvasObject { return Card(many(40).Object()) })
	assertPicture(t, "matrix_150", theme.Light, 1, fyne.NewSize(1000, 960), func() fyne.CanvasObject { return Card(many(150).Object()) })
}

func TestSparklinePictures(t *testing.T) {
	assertPicture(t, "sparkline", theme.Light, 1, fyne.NewSize(300, 90), func() fyne.CanvasObject {
		line := NewSparkline()
		line.Set([]float32{0.62, 0.7, 0.68, 0.81})
		return Card(line)
	})
	assertPicture(t, "sparkline_of_one", theme.Dark, 1, fyne.NewSize(300, 90), func() fyne.CanvasObject {
		line := NewSparkline()
		line.Set([]float32{0.62})
		return Card(line)
	})
}

func TestWidgetPictures(t *testing.T) {
	assertPicture(t, "buttons_light", theme.Light, 1, fyne.NewSize(521, 190), buttons)
	assertPicture(t, "buttons_dark", theme.Dark, 1, fyne.NewSize(521, 190), buttons)
	assertPicture(t, "cards_light", theme.Light, 1, fyne.NewSize(521, 430), cards)
	assertPicture(t, "cards_dark", theme.Dark, 1, fyne.NewSize(521, 430), cards)
	assertPicture(t, "buttons_80", theme.Light, 0.8, fyne.NewSize(441, 160), buttons)
	assertPicture(t, "buttons_200", theme.Light, 2, fyne.NewSize(1001, 330), buttons)
	assertPicture(t, "cards_200", theme.Dark, 2, fyne.NewSize(1001, 610), cards)
}

func TestDialogPicture(t *testing.T) {
	w := newWindow(t)
	w.Resize(fyne.NewSize(700, 330))
	ShowDialog(w.Canvas(), "The dataset could not be opened", Body("This dataset is open already, in another window or program; nothing was changed: go on there, or close it there and open it again."),
		NewPrimaryButton("Try again", func() {}), NewButton("Close", func() {}))
	test.AssertRendersToImage(t, "dialog.png", w.Canvas())
}
