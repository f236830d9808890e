package widget

import (
	"fmt"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// pictured draws something in the look of a mode and compares it with its picture.
func pictured(t *testing.T, name string, mode Mode, size fyne.Size, draw func() fyne.CanvasObject) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(NewTheme(mode, 1))
	w := app.NewWindow("")
	w.SetPadded(false)
	w.SetContent(Card(draw()))
	w.Resize(size)
	test.AssertRendersToImage(t, name+".png", w.Canvas())
}

// eight are categories of which social is read badly.
func eight() *Matrix {
	names := []string{"rag_query", "professional", "psychological", "learning", "social", "emotional", "aspirational", "chitchat"}
	colours := []color.NRGBA{}
	for _, c := range []string{"#2f6fde", "#0b8a82", "#8350cf", "#b86e00", "#c93f72", "#d2452b", "#3b8f3c", "#667085"} {
		colours = append(colours, ParseColour(c))
	}
	parts := make([][]float32, len(names))
	for i := range parts {
		parts[i] = make([]float32, len(names))
		parts[i][i] = 0.9 + float32(i)/100
	}
	parts[4] = []float32{0, 0.17, 0, 0, 0.71, 0.08, 0.04, 0}
	m := NewMatrix()
	m.Set(names, colours, parts)
	return m
}

// many are so many categories that are mostly read right.
func many(n int) *Matrix {
	names, colours, parts := make([]string, n), make([]color.NRGBA, n), make([][]float32, n)
	for i := range n {
		names[i], colours[i] = fmt.Sprintf("category %d", i), ParseColour("#2f6fde")
		parts[i] = make([]float32, n)
		parts[i][i], parts[i][(i*7+3)%n] = 0.8, 0.2
	}
	m := NewMatrix()
	m.Set(names, colours, parts)
	return m
}

func TestMatrixPictures(t *testing.T) {
	pictured(t, "matrix_light", Light, fyne.NewSize(580, 330), func() fyne.CanvasObject { return eight() })
	pictured(t, "matrix_dark", Dark, fyne.NewSize(580, 330), func() fyne.CanvasObject { return eight() })
	pictured(t, "matrix_40", Light, fyne.NewSize(580, 660), func() fyne.CanvasObject { return many(40) })
	pictured(t, "matrix_150", Light, fyne.NewSize(1000, 960), func() fyne.CanvasObject { return many(150) })
}

func TestTrendPictures(t *testing.T) {
	pictured(t, "trend", Light, fyne.NewSize(300, 90), func() fyne.CanvasObject {
		trend := NewTrend()
		trend.Set([]float32{0.62, 0.7, 0.68, 0.81})
		return trend
	})
	pictured(t, "trend_of_one", Dark, fyne.NewSize(300, 90), func() fyne.CanvasObject {
		trend := NewTrend()
		trend.Set([]float32{0.62})
		return trend
	})
}

func TestMatrixTellsItsCells(t *testing.T) {
	test.NewTempApp(t)
	m := eight()
	m.Resize(fyne.NewSize(540, 300))
	var tapped, hovered [2]int
	m.OnTapped = func(row, column int) { tapped = [2]int{row, column} }
	m.OnHovered = func(row, column int) { hovered = [2]int{row, column} }
	p := m.plan(m.Size())
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

func TestMatrixFitsAPage(t *testing.T) {
	test.NewTempApp(t)
	for _, n := range []int{1, 8, 16, 17, 60, 61, 150, 500} {
		if least := many(n).MinSize(); least.Width > 580 || least.Height > 920 {
			t.Errorf("%d categories need %v", n, least)
		}
	}
}
