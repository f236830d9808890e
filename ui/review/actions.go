package review

import (
	"bytes"
	"context"
	"slices"

	"fyne.io/fyne/v2/lang"

	"seedbed/localdb"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/table"
	"seedbed/ui/shell"
)

// copyLimit is the most messages that go to the clipboard; with more, some desktops
// freeze.
const copyLimit = 50_000

// similarShown is how many similar messages are listed.
const similarShown = 100

// targets are the selected messages or else the one at the cursor.
func (p *page) targets() []int64 {
	if p.rows == nil {
		return nil
	}
	if !p.rows.settled {
		p.window.Toasts.Show(lang.L("The messages are still being read. Try again in a moment."), "", nil)
		return nil
	}
	ids := slices.Collect(p.grid.Selected())
	if i, ok := p.grid.CursorRow(); ok && len(ids) == 0 {
		ids = append(ids, p.rows.Key(i))
	}
	return ids
}

func (p *page) accept() { p.setStatus(localdb.Accepted) }
func (p *page) reject() { p.setStatus(localdb.Rejected) }
func (p *page) reopen() { p.setStatus(localdb.ToReview) }

// setStatus accepts, rejects or reopens what is selected, and moves on.
func (p *page) setStatus(status localdb.Status) {
	data, ids := p.window.Dataset(), p.targets()
	p.change(lang.L("Reviewing"), ids, func(ctx context.Context, report localdb.Report) (int, error) {
		return data.SetStatus(ctx, ids, status, report)
	},
		func(n int) {
			count := map[string]any{"N": shell.Thousands(n)}
			switch status {
			case localdb.Accepted:
				p.done(n, lang.L("{{.N}} messages accepted", count))
			case localdb.Rejected:
				p.done(n, lang.L("{{.N}} messages rejected", count))
			case localdb.ToReview:
				p.done(n, lang.L("{{.N}} messages to review again", count))
			}
		})
	p.moveOn(ids)
}

// shownName is how people know a category, which messages have by its exported name.
func (p *page) shownName(category string) string { return p.all.Named(category).Shown() }

// label gives what is selected a category, and moves on.
func (p *page) label(category string) {
	data, ids := p.window.Dataset(), p.targets()
	p.change(lang.L("Labelling"), ids, func(ctx context.Context, report localdb.Report) (int, error) {
		return data.Label(ctx, ids, category, report)
	},
		func(n int) {
			if category == "" {
				p.done(n, lang.L("{{.N}} messages without a category", map[string]any{"N": shell.Thousands(n)}))
				return
			}
			p.done(n, lang.L("{{.N}} messages labelled {{.Category}}", map[string]any{"N": shell.Thousands(n), "Category": p.shownName(category)}))
		})
	p.moveOn(ids)
}

// usePrediction gives what is selected the category that the check predicts for the
// message at the cursor.
func (p *page) usePrediction() {
	if m, ok := p.current(); ok && m.Predicted != "" {
		p.label(m.Predicted)
	}
}

// delete deletes the selected messages; undo brings them back.
func (p *page) delete() {
	data, ids := p.window.Dataset(), p.targets()
	p.change(lang.L("Deleting"), ids, func(ctx context.Context, report localdb.Report) (int, error) { return data.Delete(ctx, ids, report) },
		func(n int) {
			text := lang.L("{{.N}} messages deleted", map[string]any{"N": shell.Thousands(n)})
			if n == 1 {
				text = lang.L("Message deleted")
			}
			p.window.Toasts.Show(text, lang.L("Undo"), p.window.Undo)
			p.renew()
		})
}

// setText changes a message's text.
func (p *page) setText(id int64, text string) {
	data := p.window.Dataset()
	p.change(lang.L("Editing"), []int64{id}, func(ctx context.Context, _ localdb.Report) (int, error) { return 1, data.SetText(ctx, id, text) }, func(int) {})
}

// change makes a change to messages; done is called with how many it changed.
func (p *page) change(title string, ids []int64, do func(ctx context.Context, report localdb.Report) (int, error), done func(n int)) {
	if len(ids) == 0 {
		return
	}
	var n int
	var number int64
	data, at := p.window.Dataset(), p.here()
	p.window.Change(title, lang.L("Nothing was changed"), func(ctx context.Context, report localdb.Report) (err error) {
		if n, err = do(ctx, report); err == nil {
			number, _, err = data.History(ctx)
		}
		return err
	}, func(err error) {
		if err == nil {
			if n > 0 {
				p.remember(number, at)
			}
			done(n)
		}
		p.refresh()
	})
}

// done reports a change to several messages; a single one shows it in its row.
func (p *page) done(n int, text string) {
	if n > 1 {
		p.window.Toasts.Show(text, lang.L("Undo"), p.window.Undo)
	}
}

// moveOn goes to the message after those that a key was for, however many they are, so that
// the next key is never for them again. At the end of the list it says that there is none.
func (p *page) moveOn(ids []int64) {
	if len(ids) == 0 {
		return
	}
	p.undoing, p.returning = false, nil
	if !p.grid.MoveOn() && len(ids) == 1 {
		p.window.Toasts.Show(lang.L("That was the last message of the list."), "", nil)
	}
}

// copy copies the selected messages to the clipboard as CSV.
func (p *page) copy() {
	data, ids := p.window.Dataset(), p.targets()
	if len(ids) > copyLimit {
		p.window.Tell(lang.L("Too many to copy"), lang.L("Up to {{.N}} messages can be copied at once. Export writes any number to a file.", map[string]any{"N": shell.Thousands(copyLimit)}))
		return
	}
	if len(ids) == 0 {
		return
	}
	var text bytes.Buffer
	noted := false
	p.window.Jobs.RunSilently(func(ctx context.Context) error {
		messages := map[int64]localdb.Message{}
		for m, err := range data.Messages(ctx, localdb.Filter{IDs: ids}) {
			if err != nil {
				return err
			}
			messages[m.ID] = m
			noted = noted || m.Note != "" || m.Tags != ""
		}
		return table.WriteCSV(&text, func(yield func(exchange.Row, error) bool) {
			for _, id := range ids {
				m := messages[id]
				row := exchange.Row{Message: m.Text, Category: m.Category, Confidence: m.Confidence, HasConfidence: m.Category != "", Note: m.Note, Tags: m.Tags.String()}
				if !yield(row, nil) {
					return
				}
			}
		}, exchange.WriteOptions{Notes: noted})
	}, func(err error) {
		if err != nil {
			p.window.Fail(lang.L("The messages could not be copied"), err)
			return
		}
		p.window.App.Clipboard().SetContent(text.String())
		p.window.Toasts.Show(lang.L("Copied as CSV: {{.N}}", map[string]any{"N": shell.Thousands(len(ids))}), "", nil)
	})
}

// moreLikeThis lists messages similar to the current one, the most similar first.
func (p *page) moreLikeThis() {
	m, ok := p.current()
	if !ok {
		return
	}
	data, title := p.window.Dataset(), lang.L("Looking for messages like this")
	var ids []int64
	p.window.Jobs.Run(title, func(ctx context.Context, report func(shell.Progress)) (err error) {
		ids, err = p.similar.To(ctx, data, m.ID, similarShown, func(done, total int) { report(shell.Progress{What: title, Done: done, Total: total}) })
		return err
	}, func(err error) {
		switch {
		case err != nil:
			p.window.Fail(lang.L("Similar messages could not be searched for"), err)
		default:
			p.filters.set(localdb.Filter{IDs: ids, Queue: localdb.Queue{Kind: localdb.AsGiven}})
		}
	})
}
