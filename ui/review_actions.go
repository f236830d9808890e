package ui

import (
	"bytes"
	"context"
	"slices"

	"fyne.io/fyne/v2/lang"

	"seedbed/localdb"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/table"
)

// copyLimit is the most messages that go to the clipboard; beyond it, some desktops
// stand still.
const copyLimit = 50_000

// similarShown is how many messages like another one are listed.
const similarShown = 100

// targets are the selected messages or, without any, that of the cursor.
func (p *reviewPage) targets() []int64 {
	if p.rows == nil {
		return nil
	}
	if !p.rows.settled {
		p.app.toasts.Done(lang.L("The messages are still being read. Try again in a moment."), "", nil)
		return nil
	}
	ids := slices.Collect(p.grid.Selected())
	if i, ok := p.grid.CursorRow(); ok && len(ids) == 0 {
		ids = append(ids, p.rows.Key(i))
	}
	return ids
}

func (p *reviewPage) accept() { p.setStatus(localdb.Accepted) }
func (p *reviewPage) reject() { p.setStatus(localdb.Rejected) }
func (p *reviewPage) reopen() { p.setStatus(localdb.ToReview) }

// setStatus accepts, rejects or reopens what is selected, and moves on.
func (p *reviewPage) setStatus(status localdb.Status) {
	data, ids := p.app.data, p.targets()
	p.change(lang.L("Reviewing"), ids, func(ctx context.Context) (int, error) { return data.SetStatus(ctx, ids, status) },
		func(n int) {
			count := map[string]any{"N": thousands(n)}
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

// label gives what is selected a category, and moves on.
func (p *reviewPage) label(category string) {
	data, ids := p.app.data, p.targets()
	p.change(lang.L("Labelling"), ids, func(ctx context.Context) (int, error) { return data.Label(ctx, ids, category) },
		func(n int) {
			if category == "" {
				p.done(n, lang.L("{{.N}} messages without a category", map[string]any{"N": thousands(n)}))
				return
			}
			p.done(n, lang.L("{{.N}} messages labelled {{.Category}}", map[string]any{"N": thousands(n), "Category": category}))
		})
	p.moveOn(ids)
}

// useReading gives the message the category that the check reads it as.
func (p *reviewPage) useReading() {
	m, ok := p.current()
	if !ok || m.ReadsAs == "" {
		return
	}
	data, ids := p.app.data, []int64{m.ID}
	p.change(lang.L("Labelling"), ids, func(ctx context.Context) (int, error) { return data.Label(ctx, ids, m.ReadsAs) }, func(int) {})
	p.moveOn(ids)
}

// delete takes what is selected out of the dataset; undo brings it back.
func (p *reviewPage) delete() {
	data, ids := p.app.data, p.targets()
	p.change(lang.L("Deleting"), ids, func(ctx context.Context) (int, error) { return data.Delete(ctx, ids) },
		func(n int) {
			text := lang.L("{{.N}} messages deleted", map[string]any{"N": thousands(n)})
			if n == 1 {
				text = lang.L("Message deleted")
			}
			p.app.toasts.Done(text, lang.L("Undo"), p.undo)
			p.renew()
		})
}

// setText changes what a message says.
func (p *reviewPage) setText(id int64, text string) {
	data := p.app.data
	p.change(lang.L("Editing"), []int64{id}, func(ctx context.Context) (int, error) { return 1, data.SetText(ctx, id, text) }, func(int) {})
}

// change carries out a change of messages after those before it; done hears how many
// it changed.
func (p *reviewPage) change(title string, ids []int64, do func(ctx context.Context) (int, error), done func(n int)) {
	if len(ids) == 0 {
		return
	}
	p.changes.add(func(next func()) {
		var n int
		p.app.jobs.change(title, func(ctx context.Context) (err error) {
			n, err = do(ctx)
			return err
		}, func(err error) {
			switch {
			case stopped(err):
				p.app.toasts.Done(lang.L("Stopped. Nothing was changed."), "", nil)
			case err != nil:
				p.app.fail(lang.L("Nothing was changed"), err)
			default:
				done(n)
			}
			p.refresh()
			next()
		})
	})
}

// done tells what became of many messages; of one, its row tells.
func (p *reviewPage) done(n int, text string) {
	if n > 1 {
		p.app.toasts.Done(text, lang.L("Undo"), p.undo)
	}
}

// moveOn goes to the next message after one was dealt with; a larger selection stays.
func (p *reviewPage) moveOn(ids []int64) {
	if i, ok := p.grid.CursorRow(); ok && len(ids) == 1 && i+1 < p.rows.Len() {
		p.grid.SetCursorRow(i + 1)
	}
}

func (p *reviewPage) undo() { p.step(p.app.undoThen) }
func (p *reviewPage) redo() { p.step(p.app.redoThen) }

// step goes one change back or forth and shows the row that it was about.
func (p *reviewPage) step(do func(then func())) {
	p.changes.add(func(next func()) {
		do(func() {
			p.undoing = true
			p.refresh()
			next()
		})
	})
}

// copy puts what is selected into the clipboard, as a CSV file would have it.
func (p *reviewPage) copy() {
	data, ids := p.app.data, p.targets()
	if len(ids) > copyLimit {
		p.app.tell(lang.L("Too many to copy"), lang.L("Up to {{.N}} messages can be copied at once. Export writes any number to a file.", map[string]any{"N": thousands(copyLimit)}))
		return
	}
	if len(ids) == 0 {
		return
	}
	var text bytes.Buffer
	p.app.jobs.quietly(func(ctx context.Context) error {
		messages := map[int64]localdb.Message{}
		for m, err := range data.Messages(ctx, localdb.Filter{IDs: ids}) {
			if err != nil {
				return err
			}
			messages[m.ID] = m
		}
		return table.WriteCSV(&text, func(yield func(exchange.Row, error) bool) {
			for _, id := range ids {
				m := messages[id]
				row := exchange.Row{Message: m.Text, Category: m.Category, Confidence: m.Confidence, HasConfidence: m.Category != ""}
				if !yield(row, nil) {
					return
				}
			}
		}, exchange.ForTraining)
	}, func(err error) {
		if err != nil {
			p.app.fail(lang.L("The messages could not be copied"), err)
			return
		}
		p.app.fyne.Clipboard().SetContent(text.String())
		p.app.toasts.Done(lang.L("Copied as CSV: {{.N}}", map[string]any{"N": thousands(len(ids))}), "", nil)
	})
}

// moreLikeThis lists what says the like of the message, the most like first.
func (p *reviewPage) moreLikeThis() {
	m, ok := p.current()
	if !ok {
		return
	}
	data, title := p.app.data, lang.L("Looking for messages like this")
	var ids []int64
	p.app.jobs.run(title, func(ctx context.Context, report func(progress)) (err error) {
		ids, err = p.similar.To(ctx, data, m.ID, similarShown, func(done, total int) { report(progress{title, done, total}) })
		return err
	}, func(err error) {
		switch {
		case err != nil:
			p.app.fail(lang.L("No messages like this could be looked for"), err)
		case p.app.data == data:
			p.filters.set(localdb.Filter{IDs: ids, Queue: localdb.Queue{Kind: localdb.AsGiven}})
		}
	})
}
