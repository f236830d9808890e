package categories

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"seedbed/assets/number"

	"fyne.io/fyne/v2/lang"

	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/theme"
)

// fill shows the chosen category in the form.
func (p *page) fill() {
	c := p.current()
	if c == nil {
		return
	}
	p.filled = *c
	p.name.SetText(c.Name)
	p.shown.SetText(c.ShownName)
	p.is.SetText(c.Is)
	p.isNot.SetText(c.IsNot)
	p.examples.SetText(strings.Join(c.Examples, "\n"))
	p.colour.SetText(c.Colour)
	p.key.SetText(c.Key)
	p.target.SetText(strconv.Itoa(c.Target))
	p.training.SetChecked(c.Training)
	p.showChip()
	label := lang.L("Archive")
	if c.Archived {
		label = lang.L("Restore")
	}
	p.archive.SetText(label)
}

// showChip shows the category as it will look.
func (p *page) showChip() {
	p.shown.SetPlaceHolder(strings.TrimSpace(p.name.Text))
	p.chip.Set(p.typed().Shown(), theme.ParseColour(p.colour.Text))
}

// typed is the category as the form has it.
func (p *page) typed() localdb.Category {
	c := p.filled
	c.Name, c.ShownName = strings.TrimSpace(p.name.Text), strings.TrimSpace(p.shown.Text)
	c.Is, c.IsNot = p.is.Text, p.isNot.Text
	c.Colour, c.Key = strings.TrimSpace(p.colour.Text), strings.TrimSpace(p.key.Text)
	c.Training, c.Examples = p.training.Checked, lines(p.examples.Text)
	c.Target, _ = p.typedTarget()
	return c
}

// typedTarget is the target in its field; -1 with an error if that isn't one.
func (p *page) typedTarget() (int, error) {
	n, err := number.Messages.Int(p.target.Text)
	if err != nil {
		return -1, err
	}
	return n, nil
}

func (p *page) edited() bool {
	return p.filled.ID != 0 && !reflect.DeepEqual(normalised(p.typed()), normalised(p.filled))
}

// normalised makes no examples the same as an empty list of them.
func normalised(c localdb.Category) localdb.Category {
	if len(c.Examples) == 0 {
		c.Examples = nil
	}
	return c
}

// reviewKeys are letters and signs that mean something else in Review.
const reviewKeys = "axruc/"

// problem says what can't be saved of the form, "" where all can.
func (p *page) problem() string {
	c := p.typed()
	_, wrongTarget := p.typedTarget()
	taken := func(other localdb.Category) bool { return other.ID != c.ID && other.Name == c.Name }
	shownAlike := func(other localdb.Category) bool { return other.ID != c.ID && other.IsNamed(c.Shown()) }
	same := slices.IndexFunc(p.categories, func(other localdb.Category) bool {
		return other.ID != c.ID && !other.Archived && c.Key != "" && other.Key == c.Key
	})
	switch {
	case c.Name == "":
		return lang.L("A category needs a name.")
	case slices.ContainsFunc(p.categories, taken):
		return lang.L("A category with this name already exists. To combine the two, use Merge into….")
	case slices.ContainsFunc(p.categories, shownAlike):
		return lang.L("Another category is already shown under this name. Choose another one.")
	case wrongTarget != nil:
		return lang.L("The target is the number of messages that this category should have, 0 for none. {{.Why}}", map[string]any{"Why": shell.Explain(wrongTarget)})
	case utf8.RuneCountInString(c.Key) > 1:
		return lang.L("The key in Review is one digit or letter, or nothing.")
	case c.Key != "" && strings.Contains(reviewKeys, strings.ToLower(c.Key)):
		return lang.L("This key already has a meaning in Review. Choose a digit or another letter.")
	case same >= 0:
		return lang.L("{{.Category}} already has this key.", map[string]any{"Category": p.categories[same].Shown()})
	case !hexColour.MatchString(c.Colour):
		return lang.L("Enter a colour as # and six hexadecimal digits, such as #2e6bdc, or choose one beside the field.")
	}
	return ""
}

var hexColour = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

func lines(text string) []string {
	list := strings.Split(text, "\n")
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return slices.DeleteFunc(list, func(line string) bool { return line == "" })
}
