package review

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"seedbed/assets/i18n"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
)

// reviewed is the review page of a dataset with these messages.
type window struct {
	*shelltest.Window
	page *page
}

func open(t *testing.T, messages ...localdb.Message) *window {
	t.Helper()
	w, p := shelltest.OpenPage(t, newPage, (*page).declare, messages...)
	return &window{w, p}
}

// six are messages of three categories, one of them real and one flagged.
func six() []localdb.Message {
	return []localdb.Message{
		{Text: "What is a CV?", Category: "rag_query", Confidence: 1},
		{Text: "I lead a team of twelve", Category: "professional", Confidence: 1, Status: localdb.Accepted},
		{Text: "My manager is my biggest advocate", Category: "social", Confidence: 1},
		{Text: "Talking to Priya helps me more than a lecture", Category: "learning", Confidence: 0.52, Source: localdb.Real, Flags: localdb.Mislabelled, Predicted: "social", PredictedScore: 0.81, Uncertainty: 0.8},
		{Text: "thx!!", Source: localdb.Real},
		{Text: "My manager is really my biggest advocate", Category: "social", Confidence: 1, Flags: localdb.NearDuplicate, NearID: 3},
	}
}

// press presses keys one after the other: a letter or digit each, or the name of a key.
func (r *window) press(keys ...string) {
	for _, key := range keys {
		focused := r.Canvas().Focused()
		if len([]rune(key)) == 1 {
			focused.TypedKey(&fyne.KeyEvent{Name: fyne.KeyName(strings.ToUpper(key))}) // as a keyboard does
			focused.TypedRune([]rune(key)[0])
		} else {
			focused.TypedKey(&fyne.KeyEvent{Name: fyne.KeyName(key)})
		}
		r.Settle()
	}
}

func (r *window) shortcut(s fyne.Shortcut) {
	if focused, ok := r.Canvas().Focused().(fyne.Shortcutable); ok {
		focused.TypedShortcut(s)
	} else {
		r.Canvas().(fyne.Shortcutable).TypedShortcut(s)
	}
	r.Settle()
}

// listed are the numbers of the messages in the list, from the top.
func (r *window) listed() string {
	var ids []string
	for i := range r.page.rows.Len() {
		ids = append(ids, fmt.Sprint(r.page.rows.Key(i)))
	}
	return strings.Join(ids, " ")
}

func (r *window) message(id int64) localdb.Message {
	r.T.Helper()
	m, err := r.Dataset().Message(context.Background(), id)
	if err != nil {
		r.T.Fatal(err)
	}
	return m
}

func (r *window) cursor() int64 { return r.page.cursorID() }

func (r *window) is(what string, got, want any) {
	r.T.Helper()
	if got != want {
		r.T.Errorf("%s is %v, want %v", what, got, want)
	}
}

// toast is the newest note in the corner of the window, "" when there is none.
func (r *window) toast() string {
	var texts []string
	for _, o := range test.LaidOutObjects(r.Toasts.Object()) {
		if text, ok := o.(interface{ Text() string }); ok && o.Visible() {
			texts = append(texts, text.Text())
		}
	}
	return strings.Join(texts, "|")
}

func TestReviewByKeys(t *testing.T) {
	r := open(t, six()...)
	r.is("cursor at first", r.cursor(), int64(1))
	r.press("a")
	r.is("status after A", r.message(1).Status, localdb.Accepted)
	r.is("cursor after A", r.cursor(), int64(2))
	r.press("X")
	r.is("status after X", r.message(2).Status, localdb.Rejected)
	r.press("7")
	r.is("category after 7", r.message(3).Category, "aspirational")
	r.is("labelled by", r.message(3).LabelledBy, localdb.ByPerson)
	r.is("status after 7", r.message(3).Status, localdb.Accepted)
	r.press("u")
	r.is("category after U", r.message(4).Category, "social")
	r.is("cursor after U", r.cursor(), int64(5))
	r.press(string(fyne.KeyDelete))
	r.is("list after Delete", r.listed(), "1 2 3 4 6")
	r.is("cursor after Delete", r.cursor(), int64(6))
	r.press("r", "r")
	r.is("cursor at the end", r.cursor(), int64(6))
}

func TestReviewKeysOnOtherThings(t *testing.T) {
	r := open(t, six()...)
	for _, on := range []fyne.Focusable{r.page.filters.chip("social"), r.page.filters.status, r.page.panel.choices["social"], r.page.panel.use} {
		before := r.cursor()
		r.Canvas().Focus(on)
		r.press("x")
		r.is("status after X", r.message(before).Status, localdb.Rejected)
	}
	r.Canvas().Unfocus()
	r.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyHome})
	r.Settle()
	r.is("cursor after Home", r.cursor(), int64(1))
}

func TestReviewUndoRedo(t *testing.T) {
	r := open(t, six()...)
	r.press("a", "2", string(fyne.KeyDelete))
	r.is("list", r.listed(), "1 2 4 5 6")
	r.shortcut(&fyne.ShortcutUndo{})
	r.is("list after the first undo", r.listed(), "1 2 3 4 5 6")
	r.shortcut(&fyne.ShortcutUndo{})
	r.is("category after the second", r.message(2).Category, "professional")
	r.is("cursor goes where undo did something", r.cursor(), int64(2))
	r.shortcut(&fyne.ShortcutUndo{})
	r.is("status after the third", r.message(1).Status, localdb.ToReview)
	if toast := r.toast(); !strings.Contains(toast, "Accept 1 message") {
		t.Errorf("the note says %q, want what was undone", toast)
	}
	r.shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyZ, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift})
	r.is("status after redo", r.message(1).Status, localdb.Accepted)
	r.shortcut(&fyne.ShortcutRedo{})
	r.is("category after redo", r.message(2).Category, "professional")
	r.is("label after redo", r.message(2).LabelledBy, localdb.ByPerson)
}

func TestReviewBulk(t *testing.T) {
	r := open(t, six()...)
	r.shortcut(&fyne.ShortcutSelectAll{})
	if text := r.page.filters.shown.Text(); text != "6 of 6 selected" {
		t.Errorf("the strip says %q", text)
	}
	r.press("a")
	for id := range int64(6) {
		r.is("status of each", r.message(id+1).Status, localdb.Accepted)
	}
	if toast := r.toast(); !strings.Contains(toast, "5 messages accepted|Undo") {
		t.Errorf("the note says %q", toast)
	}
	r.is("selection stays", r.page.grid.SelectedCount(), 6)
	r.Undo()
	r.Settle()
	r.is("status after undo", r.message(1).Status, localdb.ToReview)
	r.is("status of what was accepted before", r.message(2).Status, localdb.Accepted)
}

// TestReviewBulkTellsAndStops accepts more messages than one step of a change takes:
// the status bar tells how far that is, and its button leaves all as it was.
func TestReviewBulkTellsAndStops(t *testing.T) {
	r := open(t, shelltest.Messages(30_000)...)
	r.shortcut(&fyne.ShortcutSelectAll{})
	r.InParallel()
	r.press("x")
	r.Until("the change tells how far it is", func() bool { return strings.Contains(r.Words(), "/ 30,000") })
	r.Sees("Reviewing")
	if size := r.Button("Stop").Size(); size.IsZero() {
		t.Error("the button that stops it has no room")
	}
	r.Tap("Stop")
	r.Until("the change is stopped", func() bool { return strings.Contains(r.toast(), "Stopped. Nothing was changed.") })
	r.Until("the status bar is at rest", func() bool { return r.Button("Stop") == nil })
	r.is("rejected messages", r.Count(localdb.Filter{Statuses: []localdb.Status{localdb.Rejected}}), 0)

	r.Canvas().Focus(r.page.grid)
	r.press("x")
	r.Until("all are rejected", func() bool { return strings.Contains(r.toast(), "30,000 messages rejected") })
	r.Undo()
	r.Until("the undoing tells how far it is", func() bool { return strings.Contains(r.Words(), "Undoing") })
	r.Tap("Stop")
	r.Until("the undoing is stopped", func() bool { return strings.Contains(r.toast(), "Stopped. Nothing was changed.") })
	r.is("rejected messages", r.Count(localdb.Filter{Statuses: []localdb.Status{localdb.Rejected}}), 30_000)
}

func TestReviewEditInPlace(t *testing.T) {
	r := open(t, six()...)
	r.press(string(fyne.KeyReturn))
	r.press("!", string(fyne.KeyReturn))
	r.is("text", r.message(1).Text, "What is a CV?!")
	r.is("text in the panel", r.page.panel.text.Text, "What is a CV?!")
	r.press(string(fyne.KeyF2), "?", string(fyne.KeyEscape))
	r.is("text after Escape", r.message(1).Text, "What is a CV?!")
}

func TestReviewEditInPanel(t *testing.T) {
	r := open(t, six()...)
	c := r.Canvas()
	c.Focus(r.page.panel.text)
	r.page.panel.text.SetText("What is a résumé?")
	r.shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault})
	r.is("text after Ctrl+Enter", r.message(1).Text, "What is a résumé?")
	if c.Focused() != fyne.Focusable(r.page.grid) {
		t.Error("Ctrl+Enter does not go back to the list")
	}
	c.Focus(r.page.panel.text)
	r.page.panel.text.SetText("gone")
	r.press(string(fyne.KeyEscape))
	r.is("text after Escape", r.message(1).Text, "What is a résumé?")
	c.Focus(r.page.panel.text)
	r.page.panel.text.SetText("kept")
	c.Unfocus()
	r.Settle()
	r.is("text after leaving the field", r.message(1).Text, "kept")
}

func TestReviewPanel(t *testing.T) {
	r := open(t, six()...)
	p := r.page.panel
	r.page.goTo(4)
	r.Settle()
	r.is("title", p.title.Text(), "Message 4 · real · imported today")
	r.is("reading", p.reading.Text(), "The check reads this as Social circle, 81 % sure.")
	r.is("button", p.use.Text(), "Use Social circle")
	if !p.choices["learning"].Selected() {
		t.Error("the message's category is not marked")
	}
	p.use.Tapped(nil)
	r.Settle()
	r.is("category", r.message(4).Category, "social")

	r.page.goTo(6)
	r.Settle()
	if len(p.copies.Objects) != 1 || p.notice.Visible() {
		t.Fatal("the panel does not show the near-copy alone")
	}
	tapText(t, p.copies, "Go there")
	r.Settle()
	r.is("cursor after Go there", r.cursor(), int64(3))
}

func TestReviewEmptyDataset(t *testing.T) {
	r := open(t)
	if !r.page.nothing.none.Visible() || r.page.list.Visible() {
		t.Fatal("an empty dataset does not say what the page is for")
	}
	tapText(t, r.page.nothing.object, "Generate messages")
	r.is("page", r.At(), shell.Generate)
}

// tapText presses the button with these words.
func tapText(t *testing.T, in fyne.CanvasObject, text string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(in) {
		b, ok := o.(interface {
			fyne.Tappable
			Text() string
		})
		if ok && o.Visible() && b.Text() == text {
			b.Tapped(nil)
			return
		}
	}
	t.Fatalf("there is no button %q", text)
}

func TestReviewCopy(t *testing.T) {
	r := open(t, six()...)
	pick(r.page.filters.queueMenu(), "Most doubtful")
	r.Settle()
	r.shortcut(&fyne.ShortcutSelectAll{})
	r.shortcut(&fyne.ShortcutCopy{})
	lines := strings.Split(strings.ReplaceAll(r.App.Clipboard().Content(), "\r", ""), "\n")
	r.is("header", lines[0], "message,category,confidence")
	r.is("the first line, as in the list", lines[1], "thx!!,,")
	r.is("lines", len(lines), 7)
}

func TestReviewMenu(t *testing.T) {
	r := open(t, six()...)
	r.press(string(desktop.KeyMenu))
	top := r.Canvas().Overlays().Top()
	if top == nil {
		t.Fatal("the menu key opens no menu")
	}
	r.Canvas().Overlays().Remove(top)
	pick(shell.MenuItems(r.page.categoryActions()), "No category")
	r.Settle()
	r.is("category", r.message(1).Category, "")
}

func TestReviewMoreLikeThis(t *testing.T) {
	r := open(t, append(six(), localdb.Message{Text: "my boss supports me a lot"})...)
	r.page.goTo(3)
	r.Settle()
	r.shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyM, Modifier: fyne.KeyModifierShortcutDefault})
	if !strings.HasPrefix(r.listed(), "3 6 ") {
		t.Errorf("the list is %s, want the message and its near-copy first", r.listed())
	}
	r.is("cursor", r.cursor(), int64(3))
	same := strings.Fields(r.listed())
	slices.Sort(same)
	r.page.grid.OnSort("number", false)
	r.Settle()
	r.is("list sorted", r.listed(), strings.Join(same, " "))
	r.press("c")
	r.is("list without filters", r.listed(), "1 2 3 4 5 6 7")
}

func TestReviewSidePanelCloses(t *testing.T) {
	r := open(t, six()...)
	wide := r.page.panel.object.Visible()
	r.shortcut(&desktop.CustomShortcut{KeyName: fyne.KeyI, Modifier: fyne.KeyModifierShortcutDefault})
	if r.page.panel.object.Visible() == wide || sidePanel(r.Settings) == wide {
		t.Error("Ctrl+I does not close the side panel for good")
	}
}

func TestReviewFollowsMessagesThatArrive(t *testing.T) {
	r := open(t, six()...)
	r.page.grid.SetCursorRow(3)
	if _, err := r.Dataset().Add(context.Background(), i18n.T("Add"), []localdb.Message{{Text: "one more"}}); err != nil {
		t.Fatal(err)
	}
	r.Reload()
	r.Settle()
	r.is("list", r.listed(), "1 2 3 4 5 6 7")
	r.is("cursor", r.cursor(), int64(4))
}

func TestReviewLabelOfMany(t *testing.T) {
	messages := make([]localdb.Message, 300)
	for i := range messages {
		messages[i] = localdb.Message{Text: fmt.Sprintf("message number %d", i)}
	}
	r := open(t, messages...)
	r.press(string(fyne.KeyEnd))
	r.is("cursor at the end", r.cursor(), int64(300))
	r.shortcut(&fyne.ShortcutSelectAll{})
	r.press("3")
	r.is("category of the first", r.message(1).Category, "psychological")
	r.press(string(fyne.KeyHome))
	r.is("cursor at home", r.cursor(), int64(1))
	r.is("selected", r.page.grid.SelectedCount(), 1)
}

func TestDiffering(t *testing.T) {
	for _, c := range []struct{ than, text, want string }{
		{"my manager is my advocate", "My manager is really my advocate", "My manager is[ really] my advocate"},
		{"a b c", "a b c", "a b c"},
		{"a b c", "x y", "[x y]"},
		{"", "new", "[new]"},
		{"gone", "", ""},
		{"the first one", "the last one", "the[ last] one"},
	} {
		var got strings.Builder
		for _, run := range differing(c.than, c.text) {
			if run.differs {
				fmt.Fprintf(&got, "[%s]", run.text)
			} else {
				got.WriteString(run.text)
			}
		}
		if got.String() != c.want {
			t.Errorf("differing(%q, %q) = %q, want %q", c.than, c.text, got.String(), c.want)
		}
	}
}

func TestAnUndoneChangeIsNamedInGerman(t *testing.T) {
	shelltest.InGerman(t)
	r := open(t, six()...)
	if _, err := r.Dataset().Relabel(context.Background(), []int64{1, 2}, "chitchat", localdb.ByPerson, 1, nil); err != nil {
		t.Fatal(err)
	}
	r.Undo()
	r.Settle()
	r.Sees("Rückgängig: 2 Nachrichten in Small talk umbeschriften")
}

func TestInvisibleCharactersAreShownAndRemoved(t *testing.T) {
	const text = "I can\u200b't sl\u2060eep 👩\u200d💻"
	w := open(t, localdb.Message{Text: text, Category: "social", Confidence: 1}, localdb.Message{Text: "plain", Category: "social"},
		localdb.Message{Text: "\x1b[31mred\u202eder\x07"})
	w.Sees("Contains 2 invisible characters.")
	w.SeesNot("⟦ZWSP⟧")
	w.Tap("Show them")
	w.Sees("I can⟦ZWSP⟧'t sl⟦WJ⟧eep 👩\u200d💻")
	w.Tap("Hide them")
	w.SeesNot("⟦ZWSP⟧")
	w.Tap("Remove them")
	if m := w.message(1); m.Text != "I can't sleep 👩\u200d💻" {
		t.Errorf("the message is %q", m.Text)
	}
	w.SeesNot("Contains 2")
	w.Undo()
	w.Settle()
	if m := w.message(1); m.Text != text {
		t.Errorf("undone, the message is %q", m.Text)
	}
	w.press("Down")
	w.SeesNot("invisible character")
	w.press("Down")
	w.Sees("Contains 3 invisible characters.")
}
