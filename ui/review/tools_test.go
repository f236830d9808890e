package review

import (
	"fmt"
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"seedbed/localdb"
	"seedbed/ui/shell/shelltest"
	"seedbed/ui/widget"
)

// fields are the text fields on the screen.
func (r *window) fields() (list []*widget.Field) {
	for _, o := range r.Screen() {
		if f, ok := o.(*widget.Field); ok {
			list = append(list, f)
		}
	}
	return list
}

// tick presses the check box whose text begins so.
func (r *window) tick(text string) {
	r.T.Helper()
	for _, o := range r.Screen() {
		if c, ok := o.(*widget.Check); ok && strings.HasPrefix(c.Text, text) {
			c.SetChecked(!c.Checked)
			r.Settle()
			return
		}
	}
	r.T.Fatalf("there is no check box %q:\n%s", text, r.Words())
}

// press the radio option with this text.
func (r *window) option(text string) {
	r.T.Helper()
	for _, o := range r.Screen() {
		if radio, ok := o.(*widget.Radio); ok && slices.Contains(radio.Options, text) {
			radio.SetSelected(text)
			r.Settle()
			return
		}
	}
	r.T.Fatalf("there is no option %q", text)
}

func (r *window) texts() (list []string) {
	r.T.Helper()
	for m, err := range r.Dataset().Messages(context.Background(), localdb.Filter{}) {
		if err != nil {
			r.T.Fatal(err)
		}
		list = append(list, m.Text)
	}
	return list
}

func (r *window) undo() {
	r.Undo()
	r.Settle()
}

func TestReviewReplaces(t *testing.T) {
	r := open(t, six()...)
	r.Key(fyne.KeyH)
	r.Sees("Find and replace", "Each change is shown here before anything is replaced.")
	f := r.fields()
	f[0].SetText("my manager")
	f[1].SetText("My boss")
	r.Settle()
	r.Sees("Messages that change: 2 · places: 2", "Message 3", "Message 6", "Replace (2)")
	f[1].SetText("")
	f[0].SetText("really ")
	r.Settle()
	r.Sees("Messages that change: 1", "Replace (0)", "another message has this text", "Also those that become the same as another message (1)")
	if !r.Button("Replace (0)").Disabled() {
		t.Error("nothing can be replaced, but the button is on")
	}
	r.tick("Message 6")
	r.Sees("Replace (1)")
	r.tick("Message 6")
	r.tick("Also those")
	r.Tap("Replace (1)")
	r.is("message 6", r.message(6).Text, "My manager is my biggest advocate")
	r.Sees("Messages in which text was replaced: 1")
	r.undo()
	r.is("message 6 after undo", r.message(6).Text, "My manager is really my biggest advocate")

	r.Key(fyne.KeyH)
	r.fields()[0].SetText("(thx")
	r.tick("Regular expression")
	r.Sees("The pattern can't be read: a ( has no ) that closes it", "$1 stands for the first group")
	r.fields()[0].SetText("^(thx)(!+)$")
	r.fields()[1].SetText("$1.")
	r.Settle()
	r.Tap("Replace (1)")
	r.is("message 5", r.message(5).Text, "thx.")
	r.is("list", r.listed(), "1 2 3 4 5 6")
}

func TestReviewShowsTheFirstChangesWhileItCounts(t *testing.T) {
	var messages []localdb.Message
	for i := range 60 {
		messages = append(messages, localdb.Message{Text: fmt.Sprintf("number %d", i+1)})
	}
	r := open(t, messages...)
	r.Key(fyne.KeyH)
	r.fields()[0].SetText(`\d+`)
	r.fields()[1].SetText("no. $0")
	r.tick("Regular expression")
	r.Settle()
	r.Sees("Messages that change: 60 · places: 60", "1 to 20 of 60", "Replace (60)")
}

func TestReviewReplacesInTheSelection(t *testing.T) {
	r := open(t, six()...)
	r.shortcut(&fyne.ShortcutSelectAll{})
	for range 5 {
		r.shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: fyne.KeyModifierShortcutDefault})
	}
	r.shortcut(&desktop.CustomShortcut{KeyName: fyne.KeySpace, Modifier: fyne.KeyModifierShortcutDefault})
	r.is("selected", r.page.grid.SelectedCount(), 5)
	r.Key(fyne.KeyH)
	r.fields()[0].SetText("my")
	r.Settle()
	r.Sees("In the selected messages (5)", "Messages that change: 1 ·")
	r.option("In all listed messages (6)")
	r.Sees("Messages that change: 2 ·")
	r.tick("Whole words")
	r.tick("Match upper and lower case")
	r.fields()[1].SetText("our")
	r.Settle()
	r.Tap("Replace (2)")
	r.is("message 3", r.message(3).Text, "My manager is our biggest advocate")
}

func TestReviewNotesAndTags(t *testing.T) {
	r := open(t, six()...)
	if r.page.filters.tag.Visible() {
		t.Error("a filter for tags in a dataset without any")
	}
	r.Key(fyne.KeyN, fyne.KeyModifierShift)
	if r.Canvas().Focused() != r.page.panel.remarks.note {
		t.Fatal("the note doesn't have the keyboard")
	}
	test.Type(r.page.panel.remarks.note, "ask Priya")
	r.shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault})
	r.is("note", r.message(1).Note, "ask Priya")
	r.Canvas().Focus(r.page.panel.remarks.tags)
	test.Type(r.page.panel.remarks.tags, "VIP, late;")
	r.press(string(fyne.KeyReturn))
	r.is("tags", r.message(1).Tags, localdb.Tags("vip,late"))
	r.is("field", r.page.panel.remarks.tags.Text, "vip, late")
	r.Canvas().Focus(r.page.panel.remarks.note)
	test.Type(r.page.panel.remarks.note, "no ")
	r.press(string(fyne.KeyEscape))
	r.is("note after Escape", r.message(1).Note, "ask Priya")

	r.shortcut(&fyne.ShortcutSelectAll{})
	r.Key(fyne.KeyT, fyne.KeyModifierShift)
	r.Sees("Messages that get or lose tags: 6.", "Add", "Remove", "late 1")
	f := r.fields()
	f[0].SetText("bike shop")
	f[1].SetText("late")
	r.Tap("Tag")
	r.is("tags of 1", r.message(1).Tags, localdb.Tags("vip,bike shop"))
	r.is("tags of 6", r.message(6).Tags, localdb.Tags("bike shop"))
	r.undo()
	r.is("tags of 1 after undo", r.message(1).Tags, localdb.Tags("vip,late"))
	r.is("tags of 6 after undo", r.message(6).Tags, localdb.Tags(""))

	if !r.page.filters.tag.Visible() {
		t.Error("there is no filter for tags")
	}
	if r.page.grid.ShownWidth("tags") == 0 {
		t.Error("tags are no column")
	}
	for _, c := range []struct{ column, want string }{{"tags", "1 2 3 4 5 6"}, {"tags", "6 5 4 3 2 1"}, {"note", "1 2 3 4 5 6"}, {"number", "1 2 3 4 5 6"}} {
		r.page.grid.OnSort(c.column, false)
		r.Settle()
		r.is("order by "+c.column, r.listed(), c.want)
	}
	pick(r.page.filters.tagMenu(), "vip")
	r.Settle()
	r.is("with the tag", r.listed(), "1")
	pick(r.page.filters.tagMenu(), "Any tag")
	pick(r.page.filters.tagMenu(), "With a note")
	r.Settle()
	r.is("with a note", r.listed(), "1")
	r.page.filters.clear()
	r.page.filters.search.SetText("PRIYA")
	r.Settle()
	r.is("found by text and note", r.listed(), "1 4")
}

func TestReviewPastes(t *testing.T) {
	r := open(t, six()...)
	paste := func(text string) {
		r.App.Clipboard().SetContent(text)
		r.Canvas().Focus(r.page.grid)
		r.shortcut(&fyne.ShortcutPaste{Clipboard: r.App.Clipboard()})
	}
	paste(" \n")
	r.Sees("The clipboard holds no text.")
	paste("How do I cancel?\nthx!!\nCall me at +1 202 555 0143 please\n")
	r.Sees("Paste messages", "Add (2)", "Skip messages already in the dataset (1)", "Hide personal details (1)", "How do I cancel?")
	r.Tap("Add (2)")
	r.is("messages", r.Count(localdb.Filter{}), 8)
	r.is("first", r.message(7).Text, "How do I cancel?")
	if text := r.message(8).Text; strings.Contains(text, "555") {
		t.Errorf("the number is not hidden: %q", text)
	}
	r.is("source", r.message(7).Source, localdb.Real)
	r.undo()
	r.is("messages after undo", r.Count(localdb.Filter{}), 6)

	paste("text\tcategory\tnote\ttags\nMy bike squeaks\tsocial\tfrom Maria\tbike, VIP\n\"two\nlines\"\tnew_one\t\t\n")
	r.Sees("Cells of a spreadsheet", "Category, if filled", "Note", "Tags", "New categories: new_one", "Add (2)")
	r.tick("Users wrote")
	r.Tap("Add (2)")
	var last localdb.Message
	for m := range r.Dataset().Messages(context.Background(), localdb.Filter{Search: "squeaks"}) { //nolint:errcheck // found or not
		last = m
	}
	if last.Category != "social" || last.Note != "from Maria" || last.Tags != "bike,vip" || last.Source != localdb.Synthetic {
		t.Errorf("pasted: %+v", last)
	}
	r.is("two lines", r.Count(localdb.Filter{Search: "two\nlines"}), 1)
	r.undo()
	r.is("messages after another undo", r.Count(localdb.Filter{}), 6)
	r.is("the new category after undo", r.Category("new_one").Name, "")

	paste("<table><tr><th>message</th><th>category</th></tr><tr><td>from a page</td><td>social</td></tr><tr><td>another row</td><td>learning</td></tr></table>")
	r.Sees("Table of a web page", "Add (2)", "from a page")
	r.Tap("Cancel")
	r.is("messages after Cancel", r.Count(localdb.Filter{}), 6)

	paste("How much is it?\tsocial\tfirst\nWhere is it now?\tsocial\tsecond\nWho are you then?\tlearning\tthird\n")
	var uses []*widget.Select
	for _, o := range r.Screen() {
		if s, ok := o.(*widget.Select); ok && slices.Contains(s.Options(), "Category, if filled") {
			uses = append(uses, s)
		}
	}
	r.is("columns", len(uses), 3)
	r.is("use of the second", uses[1].Selected(), "Category, if filled")
	uses[2].SetSelectedIndex(slices.Index(uses[2].Options(), "Note"))
	r.Settle()
	r.Sees("How much is it? · social · first")
	r.Tap("Add (3)")
	r.is("messages with a note", r.Count(localdb.Filter{Noted: true}), 3)
}

func TestReviewPastesIntoAnEmptyDataset(t *testing.T) {
	r := open(t)
	r.App.Clipboard().SetContent("hello there\nand good bye")
	r.Tap("Paste…")
	r.Tap("Add (2)")
	r.is("list", r.listed(), "1 2")
}

func TestReviewSplitsAndJoins(t *testing.T) {
	r := open(t, six()...)
	r.page.setText(1, "Hello there. I meet Dr. B. Miller on 3. May! Is that OK?")
	r.Settle()
	r.Key(fyne.KeyD)
	r.Sees("Split message 1")
	if !r.Button("Split (1)").Disabled() {
		t.Error("one piece can be split")
	}
	r.Tap("Split at the ends of sentences")
	r.Tap("Split (3)")
	r.is("the first", r.message(1).Text, "Hello there.")
	r.is("the second", r.message(7).Text, "I meet Dr. B. Miller on 3. May!")
	r.is("the third", r.message(8).Category, "rag_query")
	r.undo()
	r.is("messages after undo", r.Count(localdb.Filter{}), 6)
	r.page.goTo(5)
	r.Settle()
	r.Key(fyne.KeyD)
	f := r.fields()[0]
	f.CursorColumn = 3
	r.Tap("Split at the cursor")
	r.Tap("Split (2)")
	r.is("before the cursor", r.message(5).Text, "thx")
	r.undo()
	r.is("after undo", r.message(5).Text, "thx!!")

	r.Key(fyne.KeyJ)
	r.Sees("Select 2 to 50 messages to join.")
	r.shortcut(&fyne.ShortcutSelectAll{})
	r.Key(fyne.KeyJ)
	r.Sees("Join messages", "Becomes")
	r.Tap("Join 6 messages")
	r.is("messages", r.Count(localdb.Filter{}), 1)
	if text := r.message(1).Text; !strings.HasSuffix(text, "My manager is really my biggest advocate") {
		t.Errorf("joined: %q", text)
	}
	r.undo()
	r.is("messages after undo", r.Count(localdb.Filter{}), 6)
}

func TestSentences(t *testing.T) {
	for text, want := range map[string][]string{
		"One. Two! Three?":                   {"One.", "Two!", "Three?"},
		"only one":                           {"only one"},
		"z. B. am 3. Mai um 12.30 Uhr. Gut?": {"z. B. am 3. Mai um 12.30 Uhr.", "Gut?"},
		"He said \"no.\" Then left.":         {"He said \"no.\"", "Then left."},
		"first line\nsecond line":            {"first line", "second line"},
		"你好。再见！":                             {"你好。", "再见！"},
		"wait... what?! ok":                  {"wait... what?!", "ok"},
		" ":                                  nil,
	} {
		if got := sentences(text); !slices.Equal(got, want) {
			t.Errorf("%q has %q, want %q", text, got, want)
		}
	}
}

func TestReviewSpellsTheSame(t *testing.T) {
	r := open(t,
		localdb.Message{Text: "thanks!", Category: "social", Confidence: 1},
		localdb.Message{Text: "Thanks", Category: "social", Confidence: 1, Status: localdb.Accepted},
		localdb.Message{Text: "THANKS", Category: "social", Confidence: 1},
		localdb.Message{Text: "where is it", Category: "social", Confidence: 1},
		localdb.Message{Text: "Where is it?", Category: "learning", Confidence: 1},
		localdb.Message{Text: "log in", Category: "learning", Confidence: 1},
		localdb.Message{Text: "login", Category: "learning", Confidence: 1})
	r.Key(fyne.KeyH, fyne.KeyModifierShift)
	r.Sees("Same spelling", "Groups: 2 · messages in them: 5", "3 messages", "different categories: ", "Spell groups the same (1)")
	r.fields()[0].SetText("Thank you")
	r.Tap("Spell groups the same (1)")
	r.is("texts", strings.Join(r.texts(), "|"), "Thank you|Thank you|Thank you|where is it|Where is it?|log in|login")
	r.undo()
	r.is("texts after undo", r.texts()[2], "THANKS")
	r.Key(fyne.KeyH, fyne.KeyModifierShift)
	r.option("The same pairs of letters")
	r.Sees("Groups: 3 · messages in them: 7")
	r.option("Keep one of each and delete the others")
	r.tick("2 messages")
	r.Sees("Delete repeats (4)")
	r.Tap("Delete repeats (4)")
	r.is("messages", r.Count(localdb.Filter{}), 3)
	r.is("the accepted one", r.message(2).Status, localdb.Accepted)
	r.undo()
	r.is("messages after undo", r.Count(localdb.Filter{}), 7)
}

func TestReviewToolsInGerman(t *testing.T) {
	shelltest.InGerman(t)
	r := open(t, six()...)
	r.Key(fyne.KeyH)
	r.fields()[0].SetText("[")
	r.tick("Regulärer Ausdruck")
	r.Sees("Suchen und Ersetzen", "einem [ fehlt das schließende ]")
}
