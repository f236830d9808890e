package realdata

import (
	"math/rand/v2"
	"strings"
	"testing"

	"seedbed/gen/openai/openaitest"
	"seedbed/localdb"
	"seedbed/ui/shell"
)

// learnable are enough messages to tell by their words what belongs to neither category.
func learnable() (list []localdb.Message) {
	random := rand.New(rand.NewPCG(3, 3))
	filler := strings.Fields("and so then today with for about maybe really again just because when still also very only now")
	subjects := []string{"colleague manager mentor friends neighbours network", "warehouse shift nurse welder years lead", "anxious crying furious relieved ashamed lonely"}
	for i, category := range []string{"social", "professional", "emotional"} {
		words := strings.Fields(subjects[i])
		for range 30 {
			var text []string
			for range 5 + random.IntN(4) {
				text = append(text, words[random.IntN(len(words))], filler[random.IntN(len(filler))])
			}
			list = append(list, localdb.Message{Text: strings.Join(text, " "), Category: category, Confidence: 1})
		}
	}
	return list
}

const own = "manager so neighbours and network then mentor today friends"

const foreign = "how many teaspoons are in a tablespoon"

func TestWhatBelongsNowhereCanBeLeftWithoutALabel(t *testing.T) {
	r := open(t, append(learnable(), localdb.Message{Text: own, Source: localdb.Real}, localdb.Message{Text: foreign, Source: localdb.Real})...)
	e := r.page.empty
	if !e.labels.leave.Visible() || e.labels.leave.Checked {
		t.Fatal("it is not offered, or done without being asked")
	}
	e.labels.leave.SetChecked(true)
	e.labelOwn()
	r.Sees("1 of 2 messages are labelled; the other 1 seem to belong to none of the categories")
	if got, want := strings.Join(r.realMessages(), "\n"), own+"/social/\n"+foreign+"//"; got != want {
		t.Errorf("the dataset has\n%s\nnot\n%s", got, want)
	}
}

func TestAMergeLeavesWhatBelongsNowhereWithoutALabel(t *testing.T) {
	r := open(t, learnable()...)
	r.drop("chats.csv", "body,author_role\n"+own+",user\n"+foreign+",user\n")
	p := r.page
	shown := func() (categories []string) {
		for _, read := range p.rows.labels {
			categories = append(categories, read.Category)
		}
		return categories
	}
	if got := strings.Join(shown(), " "); !strings.HasPrefix(got, "social ") || strings.HasSuffix(got, " ") {
		t.Errorf("the preview shows %q", got)
	}
	p.labels.leave.SetChecked(true)
	r.Settle()
	if got := strings.Join(shown(), " "); got != "social " {
		t.Errorf("the preview shows %q", got)
	}
	p.act()
	r.Sees("2 messages are merged", "1 message seems to belong to no category and has no label")
	if got, want := strings.Join(r.realMessages(), "\n"), own+"/social/\n"+foreign+"//"; got != want {
		t.Errorf("the dataset has\n%s\nnot\n%s", got, want)
	}
	if r.At() != shell.Review {
		t.Errorf("it leads to %s", r.At())
	}
}

func TestALanguageModelIsComparedWithWhatPeopleLabelled(t *testing.T) {
	messages := learnable()[:40]
	for i := range messages {
		messages[i].Status, messages[i].LabelledBy = localdb.Accepted, localdb.ByPerson
	}
	for i := range 40 {
		messages = append(messages, localdb.Message{Text: own + strings.Repeat(" a", i), Source: localdb.Real})
	}
	messages[79].Text = foreign
	r := open(t, messages...)
	endpoint := openaitest.New(t, openaitest.Options{Label: func(text string, _ []string) (string, float64) {
		if text == foreign {
			return "none of these", 1
		}
		return "social", 1
	}})
	r.Settings.SetBaseURL(endpoint.URL)
	r.Settings.SetModel("gpt-6-luna")
	r.GoTo(shell.Review)
	r.GoTo(shell.RealData)
	r.Settle()
	labels := r.page.empty.labels
	for _, option := range labels.who.Options {
		if strings.Contains(option, "gpt-6-luna") {
			labels.who.SetSelected(option)
		}
	}
	r.Sees("4 requests", "Accepted messages go along as examples. The model also labels 40 messages that people labelled", "the price includes them")
	r.page.empty.labelOwn()
	r.Sees("39 of 40 messages are labelled; the other 1 seem to belong to none of the categories", "Look at the doubtful ones first. Their confidence is calibrated: gpt-6-luna also labelled 40 messages that people had labelled, 30 of them the same.")
	if system := endpoint.Calls()[0].System; !strings.Contains(system, "Example: \""+messages[0].Text[:8]) && !strings.Contains(system, "mentor") {
		t.Errorf("no examples are in\n%s", system)
	}
}
