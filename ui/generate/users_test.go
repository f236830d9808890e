package generate

import (
	"strings"
	"testing"

	"seedbed/gen/profile"
	"seedbed/localdb"
	"seedbed/ui/shell"
)

// fromPhones are n real messages of people who type on their phones.
func fromPhones(n int) []localdb.Message {
	starts := strings.Split("my boss,the night shift,new job,my team,this course,the move abroad", ",")
	rests := strings.Split("is hard,wears me out,went well,pls help,what now,no idea why,scares me a bit,again today,since march,feels so good", ",")
	var list []localdb.Message
	for i := range n {
		list = append(list, localdb.Message{Text: starts[i%6] + " " + rests[i/6%10], Source: localdb.Real})
	}
	return list
}

func TestMessagesAreGeneratedLikeTheUsers(t *testing.T) {
	w, p := open(t, nil, fromPhones(60)...)
	w.Sees("Like your users", "Real messages (60): 4.8 words on average, 100 % in lower case, 100 % without an end mark")
	w.SeesNot("Synthetic messages (")
	if plan, _ := p.plan(); plan.Habits != nil {
		t.Error("nobody has chosen it")
	}
	p.users.like.SetChecked(true)
	p.ask("0", "30", "30", "30", "30")
	w.Tap("Generate 120")
	w.Sees("Synthetic messages (120)")
	both, err := profile.Read(t.Context(), w.Dataset())
	if err != nil {
		t.Fatal(err)
	}
	if away, ok := both.Distance(); !ok || profile.InWords(away).String() != "close" {
		t.Errorf("%.2f apart: %+v", away, both)
	}

	// The choice is remembered.
	path := w.Dataset().Path()
	w.Key("W")
	w.OpenDataset(path)
	w.Settle()
	w.Visit(shell.Generate)
	if plan, _ := w.page.plan(); plan.Habits == nil || plan.Habits.LowerCase != 1 {
		t.Errorf("the next plan has the habits %+v", plan.Habits)
	}
}

// What a run has begun with, it keeps, whatever the page measures later.
func TestTheHabitsOfAPlanStayAsTheyWere(t *testing.T) {
	_, p := open(t, nil, fromPhones(60)...)
	p.users.like.SetChecked(true)
	plan, _ := p.plan()
	changed := p.users.profiles
	changed.Real.LowerCase = 0
	p.showUsers(changed)
	if plan.Habits.LowerCase != 1 {
		t.Error("the plan has changed")
	}
}

func TestTooFewRealMessagesSayNothing(t *testing.T) {
	w, p := open(t, nil, fromPhones(profile.Enough-1)...)
	w.SeesNot("Like your users", "words on average")
	p.users.like.SetChecked(true) // as a dataset may remember it
	if plan, _ := p.plan(); plan.Habits != nil {
		t.Error("a profile of too few")
	}
}

func TestAnInterruptedRunShowsItsChoice(t *testing.T) {
	_, p := open(t, nil, fromPhones(60)...)
	run := localdb.RunRecord{Writer: "builtin", Plan: []byte(`{"language":"en","habits":{"lower_case":1},"counts":[]}`)}
	p.showUnfinished(run)
	if !p.users.like.Checked {
		t.Error("it is not chosen")
	}
	run.Plan = []byte(`{"language":"en"}`)
	p.showUnfinished(run)
	if p.users.like.Checked {
		t.Error("it is still chosen")
	}
}
