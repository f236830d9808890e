package check

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"seedbed/gen/check"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
	"seedbed/ui/widget"
)

// told apart by their words; each category has its own.
var subjects = map[string]string{
	"social": "manager colleague mentor friends neighbours network", "professional": "warehouse shift team lead nurse welder years",
	"emotional": "anxious crying furious relieved ashamed lonely", "chitchat": "hello thanks bye lol weather cheers",
}

// clearMessages are messages that any reader can tell apart, so many of each category.
func clearMessages(each int) []localdb.Message {
	random := rand.New(rand.NewPCG(3, 3))
	filler := strings.Fields("and so then today with for about maybe really again just because when still also very only now")
	var list []localdb.Message
	for _, category := range []string{"professional", "social", "emotional", "chitchat"} {
		words := strings.Fields(subjects[category])
		for range each {
			var text []string
			for range 5 + random.IntN(4) {
				text = append(text, words[random.IntN(len(words))], filler[random.IntN(len(filler))])
			}
			list = append(list, localdb.Message{Text: strings.Join(text, " "), Category: category, Confidence: 1, LabelledBy: localdb.ByWriter})
		}
	}
	return list
}

// window is the check page of a dataset.
type window struct {
	*shelltest.Window
	page *page
}

func open(t *testing.T, messages ...localdb.Message) *window {
	t.Helper()
	w, p := shelltest.OpenPage(t, newPage, (*page).declare, messages...)
	return &window{w, p}
}

// reviewed is the filter with which the page led to Review last.
func (c *window) reviewed() localdb.Filter {
	c.T.Helper()
	if c.At() != shell.Review || len(c.Reviewed) == 0 {
		c.T.Fatalf("it leads to %s", c.At())
	}
	return c.Reviewed[len(c.Reviewed)-1]
}

func (c *window) press(b *widget.Button) {
	c.T.Helper()
	if b.Disabled() || !b.Visible() {
		c.T.Fatalf("%q can't be pressed", b.Text())
	}
	test.Tap(b)
	c.Settle()
}

// listedMistakes are the texts of the mistakes on the page.
func (c *window) listedMistakes() (texts []string) {
	for _, m := range c.page.state.mistakes {
		texts = append(texts, m.Text)
	}
	return texts
}

func TestCheckSaysWhatItIsFor(t *testing.T) {
	c := open(t)
	if c.page.results.Visible() || c.page.begin.Visible() {
		t.Fatal("an empty dataset shows a check")
	}
	c.press(c.page.generate)
	if c.At() != shell.Generate {
		t.Errorf("generate leads to %s", c.At())
	}
}

func TestACheckAskedForWhileThePageIsReadStartsAfterwards(t *testing.T) {
	var p *page
	w := shelltest.NewWithPage(t, func(s *shell.Window) *shell.Page {
		p = newPage(s)
		return p.declare()
	})
	w.Open(clearMessages(10)...)
	w.GoTo(shell.Check)
	if p.loaded {
		t.Fatal("the page was read at once")
	}
	w.Key(fyne.KeyReturn)
	if n := len(p.state.checks); n != 1 {
		t.Errorf("%d checks were made", n)
	}
}

func TestCheckFindsWrongLabels(t *testing.T) {
	messages := clearMessages(30)
	planted := []int{35, 40, 45, 50}
	for _, i := range planted { // social, read as what it is
		messages[i].Category = "professional"
	}
	c := open(t, messages...)
	c.press(c.page.begin)
	p := c.page
	if !p.results.Visible() {
		t.Fatal("the check is not shown")
	}
	if !strings.HasPrefix(p.how.Text(), "Trained on 96 messages, tested on 120 it had never seen") {
		t.Errorf("it says %q", p.how.Text())
	}
	for _, i := range planted {
		if !slices.Contains(c.listedMistakes(), messages[i].Text) {
			t.Errorf("%q is not among the mistakes", messages[i].Text)
		}
	}
	c.press(p.openAll)
	filter := c.reviewed()
	if filter.Flags != localdb.Mislabelled {
		t.Fatal("the mistakes are not opened in Review")
	}
	if got := c.Count(filter); got < len(planted) {
		t.Errorf("%d messages are there to review", got)
	}

	// What a person decides is off the list.
	wrong := p.state.mistakes[0]
	if _, err := c.Dataset().Relabel(context.Background(), []int64{wrong.ID}, wrong.Predicted, localdb.ByPerson, 1, nil); err != nil {
		t.Fatal(err)
	}
	c.GoTo(shell.Check)
	c.Settle()
	if slices.Contains(c.listedMistakes(), wrong.Text) {
		t.Error("a settled mistake is still listed")
	}
}

func TestCheckPreparesTheBatchThatHelps(t *testing.T) {
	messages := clearMessages(30)
	for i := 30; i < 44; i++ { // half of social reads like professional
		words := strings.Fields(messages[i-30].Text)
		slices.Reverse(words) // the same words, and no mark to learn it by
		messages[i].Text = strings.Join(words, " ")
	}
	c := open(t, messages...)
	c.press(c.page.begin)
	help := c.page.state.help
	if len(help.Boundaries) == 0 || help.Total() < 20 {
		t.Fatalf("the plan is %+v", help)
	}
	weakest := c.page.state.checks[0].Weakest().Name
	if want := fmt.Sprintf("Generate %d more for %s", help.Total(), c.Category(weakest).Shown()); c.page.help.Text() != want {
		t.Errorf("the button says %q, want %q", c.page.help.Text(), want)
	}
	c.press(c.page.help)
	if c.At() != shell.Generate || len(c.Planned) != 1 {
		t.Fatal("it does not lead to Generate")
	}
	plan := c.Planned[0]
	if plan.Total() != help.Total() || plan.Of(weakest) != help.Total() || !slices.Equal(plan.Boundaries, help.Boundaries) {
		t.Errorf("Generate has %+v, want %+v", plan, help)
	}
}

func TestCheckSetsChecksBesideEachOther(t *testing.T) {
	messages := clearMessages(20)
	for i := 20; i < 30; i++ {
		messages[i].Category = "chitchat"
	}
	c := open(t, messages...)
	c.press(c.page.begin)
	if got := c.page.better.Text(); !strings.HasPrefix(got, "After the next check") {
		t.Errorf("after one check: %q", got)
	}
	if _, err := c.Dataset().Relabel(context.Background(), []int64{21, 22, 23, 24, 25, 26, 27, 28, 29, 30}, "social", localdb.ByPerson, 1, nil); err != nil {
		t.Fatal(err)
	}
	c.Settle()
	c.press(c.page.train)
	if got := c.page.better.Text(); !strings.HasPrefix(got, "On the 70 messages that both checks tested: ") {
		t.Errorf("after two checks: %q", got)
	}
	if got := len(c.page.past.Objects); got != 2 {
		t.Errorf("%d checks are listed", got)
	}
}

func TestCheckLocksRealMessages(t *testing.T) {
	messages := clearMessages(30)
	for i := range messages {
		if i%3 == 0 {
			messages[i].Source = localdb.Real
		}
	}
	c := open(t, messages...)
	c.press(c.page.begin)
	p := c.page
	if !strings.Contains(p.scores.Text(), "Trained on synthetic, tested on real") || !strings.Contains(p.scores.Text(), "Synthetic:") || p.gap.Text() == "" {
		t.Errorf("the scores are %q, the gap %q", p.scores.Text(), p.gap.Text())
	}
	test.Tap(p.lock)
	c.Settle()
	if n := p.state.holdout; n < 6 || n > 10 || !strings.HasPrefix(p.scores.Text(), "Locked real messages") || !p.lock.Checked {
		t.Errorf("%d are locked, the scores are %q", n, p.scores.Text())
	}
	test.Tap(p.lock)
	c.Settle()
	if p.state.holdout != 0 || strings.Contains(p.scores.Text(), "Locked") {
		t.Errorf("%d are still locked, the scores are %q", p.state.holdout, p.scores.Text())
	}
}

func TestCheckSavesAReport(t *testing.T) {
	c := open(t, clearMessages(10)...)
	c.press(c.page.begin)
	dir := t.TempDir()
	c.page.saveReportIn(dir)
	c.Settle()
	text, err := os.ReadFile(filepath.Join(dir, check.ReportFile))
	if err != nil || !strings.Contains(string(text), "40 messages") || !strings.Contains(string(text), "social") {
		t.Errorf("the report is %q, %v", text, err)
	}
	picture, err := os.ReadFile(filepath.Join(dir, check.ConfusionFile))
	if err != nil || !strings.HasPrefix(string(picture), "\x89PNG") {
		t.Errorf("the picture has %d bytes, %v", len(picture), err)
	}
}

func TestCheckOfTooLittle(t *testing.T) {
	c := open(t, clearMessages(2)...)
	c.press(c.page.begin)
	if c.Canvas().Overlays().Top() == nil || len(c.page.state.checks) != 0 || c.page.begin.Disabled() {
		t.Error("it does not say that there is too little")
	}
}

func TestACellTellsAndOpensItsMessages(t *testing.T) {
	messages := clearMessages(30)
	messages[35].Category = "professional"
	c := open(t, messages...)
	c.press(c.page.begin)
	const professional, social = 0, 1 // in the dataset's order
	c.page.matrix.OnHovered(professional, social)
	if got := c.page.cell.Text(); got != "Work read as Social circle: 1 of 31" {
		t.Errorf("the cell says %q", got)
	}
	c.page.matrix.OnTapped(professional, social)
	c.Settle()
	if ids := c.reviewed().IDs; !slices.Equal(ids, []int64{36}) {
		t.Fatalf("it opens %v", ids)
	}
}

// TestTheKeyboardOpensMistakesAndCells goes to a mistake and to a cell with the Tab key
// and opens them in Review.
func TestTheKeyboardOpensMistakesAndCells(t *testing.T) {
	messages := clearMessages(30)
	messages[35].Category, messages[40].Category = "professional", "professional"
	c := open(t, messages...)
	c.press(c.page.begin)
	second := c.page.state.mistakes[1]
	c.TabTo("the second mistake", func(o fyne.Focusable) bool {
		item, ok := o.(*widget.ListItem)
		return ok && item.AccessibilityLabel() == second.Text
	}).TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	c.Settle()
	if filter := c.reviewed(); c.CursorAt != second.ID || len(filter.IDs) != len(c.page.state.mistakes) {
		t.Errorf("the cursor is on %d of %d, want %d", c.CursorAt, len(filter.IDs), second.ID)
	}

	c.GoTo(shell.Check)
	c.Settle()
	matrix := c.TabTo("the matrix", func(o fyne.Focusable) bool { return o == c.page.matrix })
	matrix.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if got := c.page.cell.Text(); got != "Work read as Social circle: 2 of 32" {
		t.Errorf("the cell says %q", got)
	}
	matrix.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	c.Settle()
	if ids := c.reviewed().IDs; !slices.Equal(ids, []int64{36, 41}) {
		t.Errorf("it opens %v", ids)
	}
}

func TestAClickOnAMistakeOpensIt(t *testing.T) {
	messages := clearMessages(30)
	messages[35].Category = "professional"
	c := open(t, messages...)
	c.press(c.page.begin)
	for _, o := range c.Screen() {
		if item, ok := o.(*widget.ListItem); ok {
			test.Tap(item)
			break
		}
	}
	c.Settle()
	if c.reviewed(); c.CursorAt != c.page.state.mistakes[0].ID {
		t.Errorf("the cursor is on %d", c.CursorAt)
	}
}

func TestCheckSaysHowFarSyntheticMessagesAreFromRealOnes(t *testing.T) {
	messages := clearMessages(60)
	for i := range messages {
		if i%2 == 0 {
			messages[i].Source = localdb.Real
		}
	}
	c := open(t, messages...)
	c.press(c.page.begin)
	c.Sees("Synthetic from real", "close")
	for i := range messages {
		if i%2 == 1 {
			messages[i].Text = "Hello! " + strings.ToUpper(messages[i].Text) + ", PLEASE!"
		}
	}
	c = open(t, messages...)
	c.press(c.page.begin)
	c.Sees("Synthetic from real", "far apart")
	c = open(t, clearMessages(30)...)
	c.press(c.page.begin)
	c.SeesNot("Synthetic from real")
}
