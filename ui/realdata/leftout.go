package realdata

import (
	"cmp"
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"seedbed/assets/i18n"
	"seedbed/localdb"
	"seedbed/localdb/exchange"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// leftOut is one reason for which lines don't come in, with some of these lines.
type leftOut struct {
	count    int
	why      string
	examples []leftOutLine
}

type leftOutLine struct{ text, why string }

// leftOutCount is how many lines of the source would not come in.
func (p *page) leftOutCount() int {
	n := p.preview.LeftOut() + p.source.Tally.Skipped + p.source.otherRoles()
	if p.cleanup.long.Checked {
		n += p.preview.TooLong
	}
	return n
}

// leftOutReasons lists all reasons: of the reading, of the cleaning, and of the merge, the
// most frequent first.
func (p *page) leftOutReasons() (list []leftOut) {
	if roles := p.otherRoles(); roles.count > 0 {
		list = append(list, roles)
	}
	for _, reason := range p.source.Tally.Reasons {
		why := reasonText(reason)
		r := leftOut{count: reason.Count, why: why}
		for _, example := range reason.Examples {
			r.examples = append(r.examples, leftOutLine{shell.OneLine(example.Text), atPlace(example.Place, example.Line, reasonOf(reason, example))})
		}
		list = append(list, r)
	}
	if n := p.preview.TooLong; n > 0 && p.cleanup.long.Checked {
		list = append(list, leftOut{count: n, why: lang.L("longer than the messages that are kept")})
	}
	list = append(list, mergeReasons(p.preview.Report)...)
	slices.SortStableFunc(list, func(a, b leftOut) int { return cmp.Compare(b.count, a.count) })
	return list
}

// otherRoles are the messages of those who aren't kept.
func (p *page) otherRoles() leftOut {
	r := leftOut{count: p.source.otherRoles(), why: lang.L("said by someone whose messages are not kept")}
	for _, role := range p.source.Roles {
		if r.count > 0 && !p.source.keep[role.Role] {
			for _, example := range role.Examples {
				r.examples = append(r.examples, leftOutLine{shell.OneLine(example), cmp.Or(role.Role, lang.L("nobody named"))})
			}
		}
	}
	return r
}

// mergeReasons are those for which a merge leaves lines out.
func mergeReasons(report localdb.MergeReport) (list []leftOut) {
	known := map[string]int{}
	for _, row := range report.LeftOut {
		why := shell.ErrorText(row.Reason)
		i, ok := known[why]
		if !ok {
			i = len(list)
			known[why] = i
			list = append(list, leftOut{why: why})
		}
		list[i].count++
		if row.CopyOf != "" && row.CopyOf != row.Text {
			why = lang.L("nearly a copy of “{{.Text}}”", map[string]any{"Text": shell.OneLine(row.CopyOf)})
		}
		list[i].examples = append(list[i].examples, leftOutLine{shell.OneLine(row.Text), atPlace("", row.Line, why)})
	}
	if more := report.Known + report.Near + report.Unusable - len(report.LeftOut); more > 0 {
		list = append(list, leftOut{count: more, why: lang.L("copies, near-duplicates and unusable lines that are not listed")})
	}
	return list
}

// reasonText says why reading left something out.
func reasonText(reason exchange.Reason) string {
	why := shell.Translate(reason.Text.Parts())
	if reason.Outcome == exchange.OutcomeNoted {
		return lang.L("read in part: {{.Why}}", map[string]any{"Why": why})
	}
	return why
}

// reasonOf says why for one example, of which a rejected line has its own values.
func reasonOf(reason exchange.Reason, example exchange.Rejected) string {
	var said *i18n.Text
	if errors.As(example.Reason, &said) && reason.Outcome == exchange.OutcomeRejected {
		return shell.ErrorText(example.Reason)
	}
	return reasonText(reason)
}

// atPlace says where a line stands and why it is left out.
func atPlace(place string, line int, why string) string {
	if line > 0 {
		why = lang.L("line {{.Line}}: {{.Why}}", map[string]any{"Line": shell.Thousands(line), "Why": why})
	}
	if place != "" {
		why = place + ", " + why
	}
	return why
}

// showLeftOut lists every reason with its count and examples.
func (p *page) showLeftOut() {
	var lines []leftOutLine
	for _, reason := range p.leftOutReasons() {
		lines = append(lines, leftOutLine{lang.L("{{.N}} × {{.Why}}", map[string]any{"N": shell.Thousands(reason.count), "Why": reason.why}), ""})
		for _, example := range reason.examples {
			lines = append(lines, leftOutLine{"    " + cmp.Or(example.text, "—"), "    " + example.why})
		}
	}
	list := widget.NewList(func() int { return len(lines) }, shell.NewTwoLines, nil)
	list.UpdateItem = func(i int, o fyne.CanvasObject) {
		if row, ok := o.(*shell.TwoLines); ok && i < len(lines) {
			row.First.SetText(lines[i].text)
			row.Second.SetText(lines[i].why)
		}
	}
	widget.ShowDialog(p.window.Canvas(), lang.L("Left out"), atLeast(360, list), widget.NewButton(lang.L("Close"), func() {}))
}
