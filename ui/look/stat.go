package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Stat is a card about one number: what it is, the number, and a remark.
type Stat struct {
	*Surface
	value, remark *Text
}

// NewStat returns the card for a number that is not known yet.
func NewStat(name string) *Stat {
	s := &Stat{value: Figure("–").cut(), remark: Muted("")}
	s.Surface = Card(Stack(2, MutedLine(name), s.value, s.remark))
	return s
}

// Text returns the number and the remark.
func (s *Stat) Text() string { return s.value.Text() + " · " + s.remark.Text() }

// Set shows the number and a plain remark.
func (s *Stat) Set(value, remark string) { s.set(value, remark, ColorMuted) }

// SetGood shows the number with a remark that is good news.
func (s *Stat) SetGood(value, remark string) { s.set(value, remark, theme.ColorNameSuccess) }

// SetPoor shows the number with a remark that asks for something.
func (s *Stat) SetPoor(value, remark string) { s.set(value, remark, ColorNoticeText) }

func (s *Stat) set(value, remark string, tone fyne.ThemeColorName) {
	s.value.SetText(value)
	s.remark.SetText(remark)
	s.remark.SetColor(tone)
}
