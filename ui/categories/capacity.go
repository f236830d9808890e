package categories

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"seedbed/gen"
	"seedbed/localdb"
	"seedbed/ui/shell"
)

// capacity is how many more messages of a category the built-in writer can make.
type capacity struct {
	of   localdb.Category
	more int
	said bool
}

func (p *page) readCapacity() func(context.Context) (capacity, error) {
	c, data := p.current(), p.window.Dataset()
	if c == nil || data == nil || c.Archived {
		shell.SetVisible(p.canRow, false)
		return nil
	}
	category := *c
	return func(ctx context.Context) (capacity, error) {
		more, said, err := p.capacity.OfCategory(ctx, data, category)
		return capacity{category, more, said}, err
	}
}

func (p *page) showCapacity(c capacity) {
	if c.of.ID != p.chosen {
		return
	}
	shell.SetVisible(p.canRow, c.said)
	text := lang.N("The built-in writer can make about {{.N}} more messages of this category.", c.more, map[string]any{"N": shell.Thousands(c.more)})
	if c.more == gen.MostSaid {
		text = lang.L("The built-in writer can make {{.N}} more messages of this category, and more.", map[string]any{"N": shell.Thousands(c.more)})
	}
	p.can.SetText(text)
	shell.SetVisible(p.more, c.more < c.of.Target-p.messages[c.of.Name])
}
