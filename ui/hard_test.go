package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"seedbed/gen/check"
	"seedbed/localdb"
	"seedbed/ui/shell/shelltest"
	"seedbed/ui/theme"
)

// rename gives every category of the dataset another shown name.
func (w *testApp) rename(name func(i int) string) {
	w.T.Helper()
	categories, err := w.Dataset().Categories(context.Background())
	if err != nil {
		w.T.Fatal(err)
	}
	for i, c := range categories {
		c.ShownName = name(i)
		if err := w.Dataset().UpdateCategory(context.Background(), c); err != nil {
			w.T.Fatal(err)
		}
	}
}

// hardNames are names of forty characters and more: of words, of one word, and of one that has no
// place to break it.
func hardNames(i int) string {
	return []string{
		fmt.Sprintf("Fragen zur Rückgabe von Fahrrädern Nr. %02d", i),
		fmt.Sprintf("refund_of_damaged_goods_bought_online_%02d", i),
		fmt.Sprintf("Reklamationsbearbeitungsverfahrensfrage%02d", i),
	}[i%3]
}

// hardTexts are messages that are hard to show.
var hardTexts = []string{
	"🚲🚲 my bike 👩🏽‍🔧 needs a new chain 🔧 asap 🙏🏽", "אני רוצה להחזיר את האופניים שקניתי אתמול", "أريد إرجاع الدراجة التي اشتريتها أمس رقم 12345",
	"我想退回昨天买的自行车，因为链条断了而且刹车不好用，请问应该怎么办理退货手续", "Z̸̧̛a̸͝l̵͠g̶͝o̷͘ ç̶a̷̕n̶ ̴n̵o̴t̸ ̶w̵a̷i̴t̴",
	"first line\nsecond line\n\tthird line with a tab\r\nand a fourth", strings.Repeat("a message that goes on and on and never seems to end ", 96),
	strings.Repeat("unbreakable", 60), "https://example.com/a/very/long/address?with=many&parameters=and&no=spaces&at=all", "   ", ".",
}

func hardMessages() []localdb.Message {
	list := shelltest.Messages(120)
	for i, text := range hardTexts {
		list = append(list, localdb.Message{Text: text, Category: list[i].Category, Confidence: 0.5, Source: localdb.Real, Flags: localdb.NearDuplicate, Note: text, Tags: localdb.ParseTags("a rather long tag, another one")})
	}
	return list
}

// TestHardDatasetsCanBeRead looks at the pages of datasets that are as hard to show as they come.
func TestHardDatasetsCanBeRead(t *testing.T) {
	small, largeText := fyne.NewSize(1024, 640), fyne.NewSize(1366, 768)
	for _, c := range []struct {
		name string
		make func(w *testApp)
	}{
		{"long names", func(w *testApp) {
			w.Open(shelltest.Messages(160)...)
			w.rename(hardNames)
		}},
		{"forty categories", func(w *testApp) {
			w.Open(shelltest.Messages(160)...)
			for i := range 32 {
				if _, err := w.Dataset().AddCategory(context.Background(), localdb.Category{Name: fmt.Sprintf("category_%d", i), ShownName: hardNames(i), Training: true, Target: 50}); err != nil {
					w.T.Fatal(err)
				}
			}
		}},
		{"hard messages", func(w *testApp) { w.Open(hardMessages()...) }},
		{"only rejected", func(w *testApp) {
			list := shelltest.Messages(12)
			for i := range list {
				list[i].Status = localdb.Rejected
			}
			w.Open(list...)
		}},
	} {
		for _, v := range []view{{small, 1, 1, theme.Light, "de"}, {largeText, 1, 1.5, theme.Dark, "en"}} {
			t.Run(c.name+"/"+v.language, func(t *testing.T) {
				if v.language == "de" {
					shelltest.InGerman(t)
				}
				w := newTestApp(t)
				c.make(w)
				_, _ = check.Run(context.Background(), w.Dataset(), check.Options{}) // where there is something to check
				w.lookAt("-"+strings.ReplaceAll(c.name, " ", "-"), []view{v})
			})
		}
	}
}

// TestNoNameOfACategoryIsCut finds names that end with an ellipsis, wherever they are painted but in
// the grid, which has tests of its own.
func TestNoNameOfACategoryIsCut(t *testing.T) {
	w := newTestApp(t)
	w.Open(shelltest.Messages(160)...)
	w.rename(hardNames)
	if _, err := check.Run(context.Background(), w.Dataset(), check.Options{}); err != nil {
		t.Fatal(err)
	}
	for _, size := range []fyne.Size{{Width: 1024, Height: 613}, {Width: 1366, Height: 741}} {
		w.Fyne.Resize(size)
		for _, p := range w.Pages() {
			w.Visit(p.ID)
			layOut(w.Fyne.Content())
			eachText(w.Fyne.Content(), func(text string) {
				cut, isCut := strings.CutSuffix(text, "…")
				if cut = strings.TrimSpace(cut); isCut && len(cut) > 3 && slices.ContainsFunc([]int{0, 1, 2, 3, 4, 5, 6, 7}, func(i int) bool { return strings.Contains(hardNames(i), cut) }) {
					t.Errorf("%s at %v: %q is cut", p.ID, size, text)
				}
			})
		}
	}
}

// eachText calls do with each line of text as it is painted.
func eachText(o fyne.CanvasObject, do func(text string)) {
	if !o.Visible() {
		return
	}
	switch o := o.(type) {
	case *canvas.Text:
		do(o.Text)
	case *fyne.Container:
		for _, child := range o.Objects {
			eachText(child, do)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			eachText(child, do)
		}
	}
}

func TestErrorsSayTheNamesThatPeopleKnow(t *testing.T) {
	w := newTestApp(t)
	w.Open()
	_, err := w.Dataset().MergeCategories(context.Background(), "rag_query", "rag_query", nil)
	if err == nil || !strings.Contains(err.Error(), "rag_query") {
		t.Fatalf("the error is %v", err)
	}
	w.Fail("It failed", err)
	w.Sees("\"Factual question\" can't be merged into itself", "choose another category")
	w.SeesNot("rag_query")
}
