package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Text is words in one style that follow the theme. Unlike a label it has no
// padding of its own, so that cards can be as dense as they should be.
type Text struct {
	widget.BaseWidget
	segment *widget.TextSegment
	rich    *widget.RichText
}

// Title is the heading of a page.
func Title(text string) *Text {
	return newText(text, widget.RichTextStyle{SizeName: theme.SizeNameHeadingText, TextStyle: fyne.TextStyle{Bold: true}})
}

// Subtitle is larger than a heading and smaller than a title.
func Subtitle(text string) *Text {
	return newText(text, widget.RichTextStyle{SizeName: theme.SizeNameSubHeadingText, TextStyle: fyne.TextStyle{Bold: true}})
}

// Heading is the heading of a card.
func Heading(text string) *Text {
	return newText(text, widget.RichTextStyle{SizeName: theme.SizeNameText, TextStyle: fyne.TextStyle{Bold: true}})
}

// Strong is running text that stands out, and wraps.
func Strong(text string) *Text { return Heading(text).wrapped() }

// Figure is a number that a card is about.
func Figure(text string) *Text {
	return newText(text, widget.RichTextStyle{SizeName: SizeFigure, TextStyle: fyne.TextStyle{Bold: true}})
}

// Body is running text that wraps.
func Body(text string) *Text {
	return newText(text, widget.RichTextStyle{SizeName: theme.SizeNameText}).wrapped()
}

// Line is text on one line, cut with an ellipsis where it is too long.
func Line(text string) *Text {
	return newText(text, widget.RichTextStyle{SizeName: theme.SizeNameText}).cut()
}

// Muted is secondary text that wraps.
func Muted(text string) *Text {
	return newText(text, widget.RichTextStyle{SizeName: theme.SizeNameText, ColorName: ColorMuted}).wrapped()
}

// MutedLine is secondary text on one line, cut with an ellipsis where it is too long.
func MutedLine(text string) *Text {
	return newText(text, widget.RichTextStyle{SizeName: theme.SizeNameText, ColorName: ColorMuted}).cut()
}

// Caption is a small remark on one line that is never cut.
func Caption(text string) *Text {
	return newText(text, widget.RichTextStyle{SizeName: theme.SizeNameCaptionText, ColorName: ColorMuted})
}

// Code is a piece of a file, in a fixed-width face, that wraps.
func Code(text string) *Text {
	return newText(text, widget.RichTextStyle{SizeName: theme.SizeNameCaptionText, ColorName: ColorMuted, TextStyle: fyne.TextStyle{Monospace: true}}).wrapped()
}

func newText(text string, style widget.RichTextStyle) *Text {
	t := &Text{segment: &widget.TextSegment{Text: text, Style: style}}
	t.rich = widget.NewRichText(t.segment)
	t.ExtendBaseWidget(t)
	return t
}

func (t *Text) wrapped() *Text {
	t.rich.Wrapping = fyne.TextWrapWord
	return t
}

func (t *Text) cut() *Text {
	t.rich.Truncation = fyne.TextTruncateEllipsis
	return t
}

// Text returns the words.
func (t *Text) Text() string { return t.segment.Text }

// SetText replaces the words.
func (t *Text) SetText(text string) {
	if t.segment.Text == text {
		return
	}
	t.segment.Text = text
	t.Refresh()
}

// SetColor changes the colour to another of the theme's names.
func (t *Text) SetColor(name fyne.ThemeColorName) {
	if t.segment.Style.ColorName == name {
		return
	}
	t.segment.Style.ColorName = name
	t.Refresh()
}

// In sets the colour while the text is being put together.
func (t *Text) In(name fyne.ThemeColorName) *Text {
	t.SetColor(name)
	return t
}

// CreateRenderer is called by Fyne.
func (t *Text) CreateRenderer() fyne.WidgetRenderer { return &textRenderer{t} }

// textRenderer takes away the padding that a RichText keeps around itself.
type textRenderer struct{ text *Text }

func (r *textRenderer) inset() float32 {
	return r.text.Theme().Size(theme.SizeNameInnerPadding)
}

func (r *textRenderer) Layout(size fyne.Size) {
	pad := r.inset()
	r.text.rich.Move(fyne.NewPos(-pad, -pad))
	r.text.rich.Resize(size.AddWidthHeight(2*pad, 2*pad))
}

func (r *textRenderer) MinSize() fyne.Size {
	pad := r.inset()
	least := r.text.rich.MinSize().SubtractWidthHeight(2*pad, 2*pad)
	return least.Max(fyne.NewSize(0, 0))
}

func (r *textRenderer) Refresh() {
	r.Layout(r.text.Size())
	r.text.rich.Refresh()
}

func (r *textRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.text.rich} }
func (r *textRenderer) Destroy()                     {}
