package generate

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	fynewidget "fyne.io/fyne/v2/widget"

	"seedbed/gen"
	"seedbed/gen/plausible"
	"seedbed/gen/scheduler"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/theme"
	"seedbed/ui/widget"
)

// showRun shows how far the newest run is, and the buttons that there are a use for.
func (p *page) showRun() {
	if p.idle == nil {
		return
	}
	run := p.window.RunUnderWay()
	shell.SetVisible(p.idle, run == nil)
	shell.SetVisible(p.busy, run != nil)
	shell.SetVisible(p.resume, run == nil && p.unfinished)
	p.showMain(run)
	p.left.Refresh()
	if p.window.Run() == nil || p.window.Run() == p.last {
		return
	}
	p.showProgress(p.window.Run().Progress)
	p.showMessages(lang.L("Latest messages"), p.window.Run().Progress.Newest)
	if run == nil {
		p.last = p.window.Run()
		return
	}
	label := lang.L("Pause")
	if run.Paused {
		label = lang.L("Resume")
	}
	p.pause.SetText(label)
	shell.SetEnabled(p.pause, !run.Stopping)
	shell.SetEnabled(p.stop, !run.Stopping)
}

// showMain makes the step that comes next the bright one, with the key.
func (p *page) showMain(run *shell.Run) {
	made := run == nil && p.window.Run() != nil && p.window.Run().Progress.Kept > 0 && p.requestedPlan == nil
	shell.SetVisible(p.next, made && !p.unfinished)
	p.start.SetPrimary(!made && !p.unfinished)
	p.start.SetKey(shell.ActKey)
	if made || p.unfinished {
		p.start.SetKey("")
	}
	p.idle.Refresh()
}

func (p *page) showProgress(g gen.Progress) {
	for _, row := range p.rows {
		for _, c := range g.Categories {
			if c.Category == row.category.Name {
				row.gauge.SetValue(float32(c.Kept) / float32(max(1, c.Wanted)))
				row.text.SetText(fmt.Sprintf("%s / %s", shell.Thousands(c.Kept), shell.Thousands(c.Wanted)))
			}
		}
	}
	if g.Wanted == 0 {
		p.done.Set("–", shell.Say(g.Note, p.categories))
	} else {
		p.done.Set(lang.L("{{.Kept}} of {{.Wanted}}", map[string]any{"Kept": shell.Thousands(g.Kept), "Wanted": shell.Thousands(g.Wanted)}), p.statusText(g))
	}
	p.spent.Set(spentText(g), capText(g.Spend))
	retries := ""
	if g.Retries > 0 {
		retries = lang.L("{{.N}} sent again after errors", map[string]any{"N": shell.Thousands(g.Retries)})
	}
	p.requests.Set(shell.Thousands(g.Requests), retries)
	p.showRequests()
	p.discarded.Set(shell.Thousands(sum(g.Discarded)), reasons(g.Discarded))
}

// showRequests shows their number where a language model writes, or has written.
func (p *page) showRequests() {
	builtIn := p.choice().BuiltIn
	if run := p.window.Run(); run != nil {
		builtIn = run.BuiltIn
	}
	shell.SetVisible(p.requests, !builtIn)
	p.stats.Refresh()
}

// statusText says what a run waits for, or how long it will take.
func (p *page) statusText(g gen.Progress) string {
	run := p.window.RunUnderWay()
	switch {
	case run == nil:
		return ""
	case run.Stopping:
		return lang.L("stopping: waiting for requests in flight")
	case run.Paused:
		return lang.L("paused")
	case !g.Note.IsZero():
		return shell.Say(g.Note, p.categories)
	case g.Left > 0:
		return lang.L("about {{.Time}} left", map[string]any{"Time": g.Left.Round(time.Second).String()})
	}
	return ""
}

// messageLength is how many characters of a message are shown: some go on for pages.
const messageLength = 280

// showMessages shows messages, at most as many as a run reports.
func (p *page) showMessages(title string, messages []localdb.Message) {
	p.arrivingTitle.SetText(title)
	var lines []fyne.CanvasObject
	for _, m := range messages {
		c := p.categories.Named(m.Category)
		lines = append(lines, widget.VBox(6, container.NewHBox(widget.NewChip(c.Shown(), theme.ParseColour(c.Colour))), widget.Body(shell.Truncate(m.Text, messageLength)), fynewidget.NewSeparator()))
	}
	if len(lines) == 0 {
		lines = append(lines, widget.Muted(lang.L("Messages appear here as they are generated. You can preview ten first; those are not kept.")))
	}
	p.arriving.Objects = lines
	p.arriving.Refresh()
}

func spentText(g gen.Progress) string {
	switch {
	case g.Requests == 0:
		return shell.Dollars(0)
	case !g.Spend.Known:
		return lang.L("unknown")
	}
	return shell.Dollars(g.Spend.Cost)
}

func capText(s scheduler.Spend) string {
	if s.Cap == 0 {
		return ""
	}
	return lang.L("of {{.Cap}}", map[string]any{"Cap": shell.Dollars(s.Cap)})
}

// reasonName says why a run discarded messages.
func reasonName(reason string) string {
	names := map[string]string{
		gen.Empty:               lang.L("empty"),
		gen.TooLong:             lang.L("too long"),
		gen.ExactCopy:           lang.L("exact duplicate"),
		gen.NearCopy:            lang.L("near-duplicate"),
		gen.Echo:                lang.L("echo of the prompt"),
		gen.Refusal:             lang.L("refusal"),
		gen.Placeholder:         lang.L("placeholder"),
		gen.OtherCategory:       lang.L("another category's"),
		gen.FromPassage:         lang.L("copied from the passage"),
		gen.NotOfPassage:        lang.L("names nothing of its passage"),
		gen.Surplus:             lang.L("more than asked"),
		plausible.Gibberish:     lang.L("random letters"),
		plausible.OtherLanguage: lang.L("another language"),
		plausible.Assistant:     lang.L("an assistant's answer"),
		plausible.Markup:        lang.L("code or markup"),
		plausible.Encoded:       lang.L("encoded data"),
		plausible.NoWords:       lang.L("no words"),
		plausible.Repetitive:    lang.L("repeats itself"),
		plausible.Mojibake:      lang.L("broken characters"),
		plausible.Stub:          lang.L("a stub instead of a message"),
	}
	if name, ok := names[reason]; ok {
		return name
	}
	return reason
}

// reasons lists why messages were discarded, the commonest first.
func reasons(counts map[string]int) string {
	names := make([]string, 0, len(counts))
	for reason := range counts {
		names = append(names, reason)
	}
	slices.SortFunc(names, func(a, b string) int {
		if counts[a] != counts[b] {
			return counts[b] - counts[a]
		}
		return strings.Compare(a, b)
	})
	for i, reason := range names {
		names[i] = shell.Thousands(counts[reason]) + " " + reasonName(reason)
	}
	return strings.Join(names, ", ")
}

func sum[K comparable](counts map[K]int) int {
	total := 0
	for _, n := range counts {
		total += n
	}
	return total
}
