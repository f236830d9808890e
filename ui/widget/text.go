package widget

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/assets/visible"

	"seedbed/ui/theme"
)

// Text is text in one style of the theme, in which nothing that others wrote is acted on or
// hidden. It is Fyne's rich text without the padding that
// Fyne's labels keep around themselves, which would double the gaps in a card.
type Text struct {
	fynewidget.BaseWidget
	segment *fynewidget.TextSegment
	rich    *fynewidget.RichText
}

var (
	bold         = fyne.TextStyle{Bold: true}
	bodyStyle    = fynewidget.RichTextStyle{SizeName: fynetheme.SizeNameText}
	mutedStyle   = fynewidget.RichTextStyle{SizeName: fynetheme.SizeNameText, ColorName: theme.ColorNameMuted}
	captionStyle = fynewidget.RichTextStyle{SizeName: fynetheme.SizeNameCaptionText, ColorName: theme.ColorNameMuted}
	codeStyle    = fynewidget.RichTextStyle{SizeName: fynetheme.SizeNameCaptionText, ColorName: theme.ColorNameMuted, TextStyle: fyne.TextStyle{Monospace: true}}
)

func boldStyle(size fyne.ThemeSizeName) fynewidget.RichTextStyle {
	return fynewidget.RichTextStyle{SizeName: size, TextStyle: bold}
}

// Title is the heading of a page.
func Title(text string) *Text { return newText(text, boldStyle(fynetheme.SizeNameHeadingText)) }

// Subtitle is larger than a heading and smaller than a title.
func Subtitle(text string) *Text { return newText(text, boldStyle(fynetheme.SizeNameSubHeadingText)) }

// Heading is the heading of a card.
func Heading(text string) *Text { return newText(text, boldStyle(fynetheme.SizeNameText)) }

// Strong is bold body text that wraps.
func Strong(text string) *Text { return Heading(text).wrap() }

// Display is the largest text, for a name that stands alone.
func Display(text string) *Text { return newText(text, boldStyle(theme.SizeNameDisplayText)) }

// Body is body text that wraps.
func Body(text string) *Text { return newText(text, bodyStyle).wrap() }

// Line is body text on one line, truncated with an ellipsis.
func Line(text string) *Text { return newText(text, bodyStyle).truncate() }

// Muted is secondary text that wraps.
func Muted(text string) *Text { return newText(text, mutedStyle).wrap() }

// MutedLine is secondary text on one line, truncated with an ellipsis.
func MutedLine(text string) *Text { return newText(text, mutedStyle).truncate() }

// Caption is small secondary text on one line that is never truncated.
func Caption(text string) *Text { return newText(text, captionStyle) }

// Code is part of a file, in a monospaced font, and wraps.
func Code(text string) *Text { return newText(text, codeStyle).wrap() }

func newText(text string, style fynewidget.RichTextStyle) *Text {
	t := &Text{segment: &fynewidget.TextSegment{Text: visible.Lines(text), Style: style}}
	t.rich = fynewidget.NewRichText(t.segment)
	t.ExtendBaseWidget(t)
	return t
}

func (t *Text) wrap() *Text {
	t.rich.Wrapping = fyne.TextWrapWord
	return t
}

func (t *Text) truncate() *Text {
	t.rich.Truncation = fyne.TextTruncateEllipsis
	return t
}

// Text returns the text as it is shown.
func (t *Text) Text() string { return t.segment.Text }

// SetText replaces the text.
func (t *Text) SetText(text string) {
	if text = visible.Lines(text); t.segment.Text != text {
		t.segment.Text = text
		t.Refresh()
	}
}

// SetColor changes the colour.
func (t *Text) SetColor(name fyne.ThemeColorName) {
	if t.segment.Style.ColorName != name {
		t.segment.Style.ColorName = name
		t.Refresh()
	}
}

// WithColor sets the colour of a new text.
func (t *Text) WithColor(name fyne.ThemeColorName) *Text {
	t.SetColor(name)
	return t
}

// AlignRight puts the text at the right of its place, as numbers are in a table.
func (t *Text) AlignRight() *Text {
	t.segment.Style.Alignment = fyne.TextAlignTrailing
	return t
}

// AccessibilityLabel is what a screen reader reads.
func (t *Text) AccessibilityLabel() string { return t.Text() }

// AccessibilityRole tells a screen reader that it is text.
func (t *Text) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is called by Fyne.
func (t *Text) CreateRenderer() fyne.WidgetRenderer { return &textRenderer{t} }

// textRenderer leaves out the padding of the rich text.
type textRenderer struct{ text *Text }

func (r *textRenderer) padding() float32 {
	return r.text.Theme().Size(fynetheme.SizeNameInnerPadding)
}

func (r *textRenderer) Layout(size fyne.Size) {
	padding := r.padding()
	r.text.rich.Move(fyne.NewPos(-padding, -padding))
	r.text.rich.Resize(size.AddWidthHeight(2*padding, 2*padding))
}

func (r *textRenderer) MinSize() fyne.Size {
	padding := r.padding()
	return r.text.rich.MinSize().SubtractWidthHeight(2*padding, 2*padding).Max(fyne.Size{})
}

func (r *textRenderer) Refresh() {
	r.Layout(r.text.Size())
	r.text.rich.Refresh()
}

func (r *textRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.text.rich} }
func (r *textRenderer) Destroy()                     {}
