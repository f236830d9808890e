package realdata

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"seedbed/gen/openai/openaitest"
	"seedbed/localdb"
	"seedbed/localdb/exchange"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
	"seedbed/ui/widget"
)

// window is the real data page of a dataset that the check can learn from.
type window struct {
	*shelltest.Window
	page *page
}

func open(t *testing.T, messages ...localdb.Message) *window {
	t.Helper()
	for i := range 10 {
		messages = append(messages,
			localdb.Message{Text: fmt.Sprintf("hello and good day number %d", i), Category: "chitchat", Confidence: 1},
			localdb.Message{Text: fmt.Sprintf("my colleague and my boss meet %d times", i), Category: "social", Confidence: 1})
	}
	w, p := shelltest.OpenPage(t, newPage, (*page).declare, messages...)
	return &window{w, p}
}

const chats = `body,author_role,sent_at,intent,conversation_id
hey is anyone there,user,2026-10-04 09:12,,1
how can I help?,agent,2026-10-04 09:13,,1
my boss keeps cc-ing HR and I lose sleep,user,2026-10-04 09:14,,1
reach me at ann@example.org if the mentor program opens again,user,2026-10-04 09:15,social,1
hello and good day number 3,user,2026-10-05 10:00,,2
,user,2026-10-05 10:01,,2
`

// drop drops a file of this name and text on the window.
func (r *window) drop(name, text string) {
	r.T.Helper()
	path := filepath.Join(r.T.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		r.T.Fatal(err)
	}
	r.OpenFile(path)
	r.Settle()
}

// realMessages are the dataset's real messages: text, category, conversation.
func (r *window) realMessages() (list []string) {
	r.T.Helper()
	for m, err := range r.Dataset().Messages(context.Background(), localdb.Filter{Sources: []localdb.Source{localdb.Real}}) {
		if err != nil {
			r.T.Fatal(err)
		}
		list = append(list, m.Text+"/"+m.Category+"/"+m.Conversation)
	}
	return list
}

func TestARealFileIsShownBeforeItIsMerged(t *testing.T) {
	r := open(t)
	r.drop("support-chats-oct.csv", chats)
	p := r.page
	if got := p.facts.Text(); got != "support-chats-oct.csv · 6 lines · read as UTF-8, comma-separated" {
		t.Errorf("it is described as %q", got)
	}
	if got := p.merge.Text(); got != "Merge 3 messages" || p.merge.Disabled() {
		t.Errorf("the button says %q, disabled %t", got, p.merge.Disabled())
	}
	for want, got := range map[string]string{
		"3 · Label the 2 messages without a category":  p.labels.title.Text(),
		"Skip messages already in the dataset (1)":     p.cleanup.known.Text,
		"Skip messages longer than 300 characters (0)": p.cleanup.long.Text,
		"1 email":     p.cleanup.found.Text(),
		"3 left out…": p.leftOut.Text(),
	} {
		if got != want {
			t.Errorf("it says %q, not %q", got, want)
		}
	}
	if len(p.rows.rows) != 3 || len(p.rows.labels) != 3 || !p.rows.rows[2].Hidden {
		t.Errorf("the preview has %+v", p.rows.rows)
	}
	if n := len(r.realMessages()); n != 0 {
		t.Errorf("%d messages came in unasked", n)
	}
}

func TestMergingRealMessagesIsOneUndo(t *testing.T) {
	r := open(t)
	r.drop("chats.csv", chats)
	r.page.act()
	r.Settle()
	got := strings.Join(r.realMessages(), "\n")
	want := "hey is anyone there/chitchat/1\nmy boss keeps cc-ing HR and I lose sleep/social/1\nreach me at [email] if the mentor program opens again/social/1"
	if got != want {
		t.Errorf("the dataset has\n%s\nnot\n%s", got, want)
	}
	if r.At() != shell.Review {
		t.Errorf("after a merge the page is %s", r.At())
	}
	r.Undo()
	r.Settle()
	if left := r.realMessages(); len(left) != 0 {
		t.Errorf("after one undo there are %q", left)
	}
}

func TestColumnsRolesAndDetailsCanBeCorrected(t *testing.T) {
	r := open(t)
	r.drop("chats.csv", chats)
	p := r.page

	p.source.keep["agent"] = true
	p.renew()
	r.Settle()
	if got := p.merge.Text(); got != "Merge 4 messages" {
		t.Errorf("with the agent, too, the button says %q", got)
	}
	p.source.use("author_role", exchange.Ignore)
	p.open(p.source)
	r.Settle()
	if p.source.roles() != nil || p.merge.Text() != "Merge 4 messages" {
		t.Errorf("without roles it keeps %q; %s", p.source.roles(), p.merge.Text())
	}
	p.source.use("intent", exchange.Ignore)
	p.open(p.source)
	r.Settle()
	if got := p.labels.title.Text(); got != "3 · Label the 4 messages without a category" {
		t.Errorf("without its categories: %q", got)
	}
	p.cleanup.leave = []string{"ann@example.org"}
	p.renew()
	r.Settle()
	if got := p.cleanup.found.Text(); got != "None were found." || p.rows.rows[3].Hidden {
		t.Errorf("what is no personal detail counts: %q", got)
	}
	p.cleanup.known.SetChecked(false)
	r.Settle()
	if p.merge.Text() != "Merge 5 messages" || p.cleanup.known.Text != "Skip messages already in the dataset (1)" {
		t.Errorf("%s, %s", p.merge.Text(), p.cleanup.known.Text)
	}
	p.source.use("body", exchange.Ignore)
	p.open(p.source)
	r.Settle()
	if !p.problem.Visible() || !p.merge.Disabled() || !strings.Contains(p.trouble.Text(), "No column") {
		t.Errorf("without messages it says %q", p.trouble.Text())
	}
}

func TestWhatCannotBeReadSaysWhyAndCanBeLeft(t *testing.T) {
	r := open(t)
	r.drop("empty.csv", "")
	p := r.page
	if !p.problem.Visible() || !strings.Contains(p.trouble.Text(), "empty") || !p.merge.Disabled() {
		t.Errorf("it says %q", p.trouble.Text())
	}
	r.Sees("Choose another file…", "Kind of file", "Cancel")
	r.SeesNot("Preview", "3 · Label", "Clean up", "Merge 0 messages")
	for _, o := range r.Screen() {
		if b, ok := o.(*widget.Button); ok && b.Text() == "" {
			t.Error("there is a button without words")
		}
	}
	p.stop()
	r.Settle()
	if p.chosen.Visible() || !p.empty.object.Visible() || p.problem.Visible() {
		t.Error("cancel does not lead back")
	}
	r.drop("chats.csv", chats)
	if p.problem.Visible() || p.merge.Text() != "Merge 3 messages" {
		t.Errorf("after trouble another file says %q", p.merge.Text())
	}
	r.Sees("Preview", "3 · Label", "Clean up")
}

func TestByHandLeavesThemUnlabelled(t *testing.T) {
	r := open(t)
	r.drop("chats.csv", chats)
	r.page.labels.who.SetSelected("By hand in Review")
	r.Settle()
	if r.page.rows.labels != nil {
		t.Error("the preview shows labels all the same")
	}
	r.page.act()
	r.Settle()
	if got := r.realMessages()[0]; got != "hey is anyone there//1" {
		t.Errorf("it was labelled: %q", got)
	}
}

func TestTheDatasetsOwnMessagesCanBeLabelled(t *testing.T) {
	r := open(t, localdb.Message{Text: "my boss and a colleague", Source: localdb.Real})
	e := r.page.empty
	if !e.own.Visible() || e.label.Text() != "Label 1 message" || e.labels.title.Text() != "1 message of this dataset has no category" {
		t.Fatalf("it offers %q, %q", e.label.Text(), e.labels.title.Text())
	}
	e.labelOwn()
	r.Settle()
	if got := r.realMessages()[0]; got != "my boss and a colleague/social/" {
		t.Errorf("it became %q", got)
	}
	r.GoTo(shell.RealData)
	r.Settle()
	if e.own.Visible() {
		t.Error("it still offers to label")
	}
}

func TestALanguageModelLabelsWhatIsMerged(t *testing.T) {
	r := open(t)
	endpoint := openaitest.New(t, openaitest.Options{Label: func(string, []string) (string, float64) { return "learning", 0.8 }})
	r.Settings.SetBaseURL(endpoint.URL)
	r.Settings.SetModel("gpt-6-luna")
	r.drop("chats.csv", chats)
	line := ""
	for _, option := range r.page.labels.who.Options {
		if strings.Contains(option, "gpt-6-luna") {
			line = option
		}
	}
	if !strings.Contains(line, "1 requests") {
		t.Fatalf("it offers %q", r.page.labels.who.Options)
	}
	r.page.labels.who.SetSelected(line)
	r.page.act()
	r.Settle()
	got := strings.Join(r.realMessages(), "\n")
	want := "hey is anyone there/learning/1\nmy boss keeps cc-ing HR and I lose sleep/learning/1\nreach me at [email] if the mentor program opens again/social/1"
	if got != want {
		t.Errorf("the dataset has\n%s\nnot\n%s", got, want)
	}
	for _, call := range endpoint.Calls() {
		if strings.Contains(call.User, "ann@") {
			t.Error("personal details were sent")
		}
	}
	r.page.undoUntil(localdb.MergeTitle("chats.csv"))
	r.Settle()
	if left := r.realMessages(); len(left) != 0 {
		t.Errorf("after the undo there are %q", left)
	}
}

func TestAnEmptyDatasetIsLabelledByHand(t *testing.T) {
	w, p := shelltest.OpenPage(t, newPage, (*page).declare)
	r := &window{w, p}
	r.drop("chats.csv", chats)
	l := r.page.labels
	if l.chosen != byHand || !strings.Contains(l.missing.Text(), "labelled messages of two categories") {
		t.Errorf("it labels by %d and says %q", l.chosen, l.missing.Text())
	}
	if r.page.merge.Disabled() || r.page.merge.Text() != "Merge 4 messages" {
		t.Errorf("the button says %q", r.page.merge.Text())
	}
}

func TestNewAndDoubtfulCategoriesAreSaidBefore(t *testing.T) {
	r := open(t)
	r.drop("labelled.csv", "message,category\nhello and good day number 3,greeting\nwhere is the exit,places\n")
	if got, want := r.page.notes.Text(), "New categories: greeting, places. 1 text stands under another category, too, and will be flagged."; got != want {
		t.Errorf("it says %q", got)
	}
}

func TestLinesThatAreLeftOutAreExplainedInGerman(t *testing.T) {
	shelltest.InGerman(t)
	r := open(t)
	r.drop("chats.csv", chats)
	r.page.showLeftOut()
	r.Sees("Zeile 6: der Datensatz hat sie schon", "Zeile 7: sie hat keine Nachricht", "1 × sie hat keine Nachricht", "1 × der Datensatz hat sie schon", "how can I help?")
}

func TestACapThatIsNoAmountSpendsNothing(t *testing.T) {
	shelltest.InGerman(t) // amounts with a comma
	w := open(t)
	labels := newLabelsCard(func() {})
	labels.chosen, labels.labellers.estimate.Known = byModel, true
	for text, want := range map[string]float64{"2,50": 2.5, "0.50": 0.5, "": 0} {
		labels.cap.SetText(text)
		if plan, ok := labels.plan(w.Window.Window); !ok || plan.CapUSD != want || w.HasDialog() {
			t.Errorf("%q is a cap of %v, %v", text, plan.CapUSD, ok)
		}
	}
	for _, text := range []string{"much", "-1", "NaN", "inf"} {
		labels.cap.SetText(text)
		if _, ok := labels.plan(w.Window.Window); ok {
			t.Errorf("%q is a cap", text)
		}
		w.Sees("Wie viel", text)
		w.Escape()
	}
}
