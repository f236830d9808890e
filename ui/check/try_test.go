package check

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"seedbed/gen/check"
	"seedbed/localdb"
	"seedbed/ui/shell"
)

// typeIn types a text into Try it and waits for what the model makes of it.
func (c *window) typeIn(text string) {
	c.T.Helper()
	c.page.try.text.SetText(text)
	c.Until("the model has read it", func() bool { found := c.page.try.found; return found != nil && found.text == text })
}

func TestTryItReadsWhatIsTyped(t *testing.T) {
	c := open(t, clearMessages(30)...)
	c.press(c.page.begin)
	c.Sees("Try it", "A model learns the dataset")
	c.SeesNot("That’s wrong")
	c.Key(fyne.KeyT)
	if c.Canvas().Focused() != c.page.try.text {
		t.Error("Ctrl+T does not lead to the field")
	}
	c.typeIn("manager so neighbours and network then mentor today friends")
	c.Sees("Social circle, ", " sure", "Words that speak for Social circle: ", "That’s wrong", "The nearest messages of the dataset")
	if n := len(c.page.try.bars.Objects); n != 4 {
		t.Errorf("%d categories are shown", n)
	}
	if list := c.page.try.found.categories; list[0].category != "social" || list[0].probability <= list[1].probability {
		t.Errorf("they are %+v", list)
	}
	near := c.page.try.found.near
	if len(near) != shownNear || near[0].Category != "social" {
		t.Fatalf("the nearest are %+v", near)
	}
	c.typeIn("crying and furious so anxious again lonely")
	c.Sees("Feelings, ", "Words that speak for Feelings: ")
	c.page.try.text.SetText("  ")
	c.Until("the answer is gone", func() bool { return c.page.try.found == nil })
	c.SeesNot("That’s wrong", "Words that speak")
}

func TestTryItKnowsWhatBelongsNowhere(t *testing.T) {
	c := open(t, clearMessages(30)...)
	c.press(c.page.begin)
	c.typeIn("how many teaspoons are in a tablespoon")
	c.Sees("It seems to belong to no category; ")
}

func TestACorrectionIsARealMessage(t *testing.T) {
	c := open(t, clearMessages(30)...)
	c.press(c.page.begin)
	const text = "manager colleague mentor friends"
	c.typeIn(text)
	c.press(c.page.try.wrong)
	if c.Canvas().Overlays().Top() == nil {
		t.Fatal("it does not ask for the category")
	}
	c.Canvas().Overlays().Remove(c.Canvas().Overlays().Top())
	c.page.try.correct(text, "emotional")
	c.Sees("Added to the dataset as Feelings", "Undo")
	realMessages := func() (list []localdb.Message) {
		for m, err := range c.Dataset().Messages(context.Background(), localdb.Filter{Sources: []localdb.Source{localdb.Real}}) {
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, m)
		}
		return list
	}
	list := realMessages()
	if len(list) != 1 || list[0].Text != text || list[0].Category != "emotional" || list[0].Status != localdb.Accepted || list[0].LabelledBy != localdb.ByPerson {
		t.Fatalf("the dataset has %+v", list)
	}
	c.Until("it has learned that", func() bool { last := c.page.models.last(); return last.revision == c.Dataset().Revision() })
	c.Until("the nearest message is that one", func() bool { near := c.page.try.found.near; return len(near) > 0 && near[0].Text == text })
	c.Tap("Undo")
	if list := realMessages(); len(list) != 0 {
		t.Errorf("after undo, the dataset has %+v", list)
	}
}

func TestTryItOfTooLittle(t *testing.T) {
	c := open(t, clearMessages(30)...)
	c.press(c.page.begin)
	for _, category := range []string{"professional", "social", "emotional"} { // leaves chitchat
		var ids []int64
		for m, err := range c.Dataset().Messages(context.Background(), localdb.Filter{Categories: []string{category}}) {
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, m.ID)
		}
		if _, err := c.Dataset().Delete(context.Background(), ids, nil); err != nil {
			t.Fatal(err)
		}
	}
	c.page.try.text.SetText("hello")
	c.Until("it says so", func() bool { return strings.HasPrefix(c.page.try.note.Text(), "There is too little to learn from") })
}

func TestTheThresholdHasItsPrice(t *testing.T) {
	messages := clearMessages(30)
	messages = append(messages,
		localdb.Message{Text: "when does the volcano erupt beneath purple jellyfish", Category: "social", Confidence: 1},
		localdb.Message{Text: "how many litres of paint for the submarine", Category: "chitchat", Confidence: 1})
	c := open(t, messages...)
	c.press(c.page.begin)
	card := c.page.scope
	c.Sees("Messages that belong to no category", "keeps 95 % of yours, turns away ", "of foreign ones")
	thresholds := c.page.state.checks[0].Thresholds
	if len(thresholds) != 6 || !strings.HasPrefix(card.choice.Selected, "keeps "+wholePercent(thresholds[2].Kept)) {
		t.Fatalf("%q is chosen of %+v", card.choice.Selected, thresholds)
	}
	flagged := func() int { return c.Count(localdb.Filter{Flags: localdb.OutOfScope}) }
	before := flagged()
	strictest := card.choice.Options[len(card.choice.Options)-1]
	card.choice.SetSelected(strictest)
	c.Settle()
	if kept, err := check.Kept(context.Background(), c.Dataset()); kept != 0.8 || err != nil {
		t.Errorf("the dataset keeps %v, %v", kept, err)
	}
	if flagged() <= before || card.choice.Selected != strictest {
		t.Errorf("%d are flagged, before %d; %q is chosen", flagged(), before, card.choice.Selected)
	}
	c.Sees(shell.Thousands(flagged()) + " messages look as if they belonged to no category")
	c.press(card.review)
	if filter := c.reviewed(); filter.Flags != localdb.OutOfScope {
		t.Errorf("it opens %+v", filter)
	}
}

func TestTheShareOfRealDataIsShown(t *testing.T) {
	messages := clearMessages(30)
	for i := range messages {
		if i%2 == 0 {
			messages[i].Source = localdb.Real
		}
	}
	c := open(t, messages...)
	c.press(c.page.begin)
	c.Sees("Trained on synthetic messages, the model reaches 100 % (", "of the accuracy that training on the 60 real messages would give")
	var ids []int64
	for i := range messages {
		if i%2 == 0 && i > 20 {
			ids = append(ids, int64(i+1))
		}
	}
	if _, err := c.Dataset().Delete(context.Background(), ids, nil); err != nil {
		t.Fatal(err)
	}
	c.Settle()
	test.Tap(c.page.train)
	c.Settle()
	c.Sees("To say how close synthetic messages come to real ones, the check needs 25 real messages")
}
