package widget

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"seedbed/ui/theme"
)

func TestAChipShowsAllOfItsName(t *testing.T) {
	test.NewTempApp(t)
	for _, name := range []string{
		"short", "Fragen zur Rückgabe von Fahrrädern im Laden", "refund_of_damaged_goods_bought_online_01",
		"Reklamationsbearbeitungsverfahrensfragen", "退回昨天买的自行车因为链条断了而且刹车不好用", "שאלות על החזרת אופניים לחנות אחרי שבוע", "é̂é̂é̂é̂é̂é̂é̂é̂é̂é̂é̂é̂é̂é̂é̂é̂é̂é̂é̂é̂é̂é̂é̂é̂", "👩🏽‍🔧👩🏽‍🔧👩🏽‍🔧👩🏽‍🔧👩🏽‍🔧👩🏽‍🔧👩🏽‍🔧👩🏽‍🔧👩🏽‍🔧👩🏽‍🔧",
	} {
		lines := wrapText(name, 120, 11, fyne.TextStyle{Bold: true})
		for _, line := range lines {
			if width := fyne.MeasureText(line, 11, fyne.TextStyle{Bold: true}).Width; width > 120 {
				t.Errorf("%q is %v wide", line, width)
			}
		}
		without := func(text string) string { return strings.ReplaceAll(text, " ", "") }
		if got := without(strings.Join(lines, "")); got != without(name) {
			t.Errorf("%q became %q", name, lines)
		}
		chip := NewChip(name, theme.ParseColour("#2e6bdc")).Within(138)
		if size := chip.MinSize(); size.Width > 138 || len(lines) > 1 && size.Height < float32(len(lines))*11 {
			t.Errorf("the chip of %q in %d lines is %v", name, len(lines), size)
		}
	}
	if lines := wrapText("one two three", 1000, 11, fyne.TextStyle{}); !slices.Equal(lines, []string{"one two three"}) {
		t.Errorf("what fits became %q", lines)
	}
	if lines := wrapText("wide", 1, 11, fyne.TextStyle{}); len(lines) != 4 {
		t.Errorf("where nothing fits it became %q", lines)
	}
	if lines := wrapText("", 100, 11, fyne.TextStyle{}); !slices.Equal(lines, []string{""}) {
		t.Errorf("nothing became %q", lines)
	}
}

func TestAListShowsThatItHasTheKeyboard(t *testing.T) {
	test.NewTempApp(t)
	list := NewList(func() int { return 3 }, func() fyne.CanvasObject { return Line("") }, func(int, fyne.CanvasObject) {})
	w := test.NewTempWindow(t, list)
	w.Resize(fyne.NewSize(200, 200))
	ring := func() bool {
		r, ok := test.WidgetRenderer(list).(*ringRenderer)
		return ok && !r.ring.Hidden && r.ring.Size() == list.Size()
	}
	if ring() {
		t.Error("there is a ring before it has the keyboard")
	}
	w.Canvas().Focus(list)
	if !ring() {
		t.Error("there is no ring")
	}
	w.Canvas().Unfocus()
	if ring() {
		t.Error("the ring stays")
	}
	letters := ""
	w.Canvas().SetOnTypedRune(func(r rune) { letters += string(r) })
	list.TypedRune('a')
	if letters != "a" {
		t.Errorf("the page gets the letters %q", letters)
	}
}
