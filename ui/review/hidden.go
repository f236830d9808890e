package review

import (
	"fyne.io/fyne/v2/lang"

	"seedbed/assets/visible"
	"seedbed/ui/shell"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// hidden says that a message has characters that can't be seen, shows where, and removes them.
type hidden struct {
	page        *page
	text        string
	notice      *widget.Panel
	count, sign *widget.Text
	show        *widget.Button
}

func newHidden(p *page) *hidden {
	h := &hidden{page: p, count: widget.Body("").WithColor(theme.ColorNameNoticeText), sign: widget.Code("")}
	h.show = widget.NewSmallButton(lang.L("Show them"), h.toggle)
	h.notice = widget.Notice(widget.VBox(8, h.count, h.sign, widget.Wrap(8, h.show, widget.NewSmallButton(lang.L("Remove them"), h.remove))))
	return h
}

// set looks for hidden characters in a message.
func (h *hidden) set(text string) {
	h.text = text
	n := len(visible.Hidden(text))
	shell.SetVisible(h.notice, n > 0)
	shell.SetVisible(h.sign, false)
	h.show.SetText(lang.L("Show them"))
	if n == 1 {
		h.count.SetText(lang.L("Contains 1 invisible character."))
		return
	}
	h.count.SetText(lang.L("Contains {{.N}} invisible characters.", map[string]any{"N": shell.Thousands(n)}))
}

// toggle shows the message with a sign for each of them, or hides it again.
func (h *hidden) toggle() {
	show := !h.sign.Visible()
	shell.SetVisible(h.sign, show)
	if show {
		h.sign.SetText(visible.Lines(h.text))
		h.show.SetText(lang.L("Hide them"))
	} else {
		h.show.SetText(lang.L("Show them"))
	}
	h.page.panel.arrange()
}

// remove takes them out of the message, which can be undone.
func (h *hidden) remove() {
	m, ok := h.page.current()
	if !ok || m.Text != h.text {
		return
	}
	h.page.setText(m.ID, visible.Clean(h.text))
	h.page.window.Canvas().Focus(h.page.grid)
	h.page.window.Toasts.Show(lang.L("Invisible characters removed"), lang.L("Undo"), h.page.window.Undo)
}
