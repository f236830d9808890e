package intent

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"seedbed/gen/intent/outofscope"

	"seedbed/assets"
)

// auroc is the probability that a foreign message scores higher than an own one.
func auroc(t *testing.T, m *Model, own []Example, foreign []string) float64 {
	t.Helper()
	test := slices.Clone(own)
	for _, text := range foreign {
		test = append(test, Example{Text: text, Category: outofscope.None})
	}
	return Evaluate(m, test).OutOfScope.AUROC
}

// offTopicTexts are messages unlike any of the shipped part of CLINC150, whose categories are about
// banking, travel, work and small talk.
var offTopicTexts = []string{
	"why do cats purr", "how many moons does saturn have", "asdf qwerty", "lkjh poiu zzz", "my tomato plants have yellow leaves",
	"who painted the night watch", "what is the boiling point of ethanol", "how do i get wax out of a carpet", "🦑🦑🦑", "the left headphone crackles",
	"was shakespeare married", "explain photosynthesis", "knitting pattern for a baby blanket", "brake pads squeal when it rains",
	"wo ist der nächste bahnhof", "quantos anos tem o papa", "how tall was napoleon", "vaccinate a rabbit", "ghjkl", "how to whistle with two fingers",
}

func TestForeignMessagesScoreHigher(t *testing.T) {
	examples := part(t)
	m := mustTrain(t, examples[:600], Options{})
	if a := auroc(t, m, examples[600:], offTopicTexts); a < 0.9 {
		t.Errorf("AUROC %.3f", a)
	}
	threshold := m.Threshold(outofscope.DefaultKept).Score
	for _, text := range []string{"asdf qwerty", "lkjh poiu zzz", "", "?!"} {
		if p := m.Predict(text); p.OutOfScope <= threshold {
			t.Errorf("%q scores %.3f; the threshold is %.3f", text, p.OutOfScope, threshold)
		}
	}
	for _, e := range examples {
		if s := m.Predict(e.Text).OutOfScope; !(s >= 0 && s <= 1) {
			t.Fatalf("%q scores %v", e.Text, s)
		}
	}
}

func TestThresholds(t *testing.T) {
	examples := part(t)
	m := mustTrain(t, examples, Options{})
	list := m.Thresholds()
	if len(list) != 6 {
		t.Fatalf("%+v", list)
	}
	for k, want := range []float64{0.99, 0.98, 0.95, 0.90, 0.85, 0.80} {
		// Of synthetic messages, fewer are turned away than of real ones shall be.
		if got := list[k]; math.Abs(1-got.Kept-(1-want)*0.5) > 0.01 || got.Score < 0 || got.Score > 1 {
			t.Errorf("for %.2f: %+v", want, got)
		}
		if k > 0 && (list[k].Score > list[k-1].Score || list[k].TurnedAway < list[k-1].TurnedAway) {
			t.Errorf("%+v is not stricter than %+v", list[k], list[k-1])
		}
		if m.Threshold(want) != list[k] {
			t.Errorf("asked for %.2f: %+v", want, m.Threshold(want))
		}
	}
	if m.Threshold(1) != list[0] || m.Threshold(0) != list[5] || m.Threshold(0.96) != list[2] {
		t.Error("the nearest share is not found")
	}
	if list[2].TurnedAway < 0.5 {
		t.Errorf("the default threshold turns away %.2f", list[2].TurnedAway)
	}
	list[0].Score = 2
	if m.Thresholds()[0].Score == 2 {
		t.Error("the model's own thresholds can be changed")
	}
	for i := range examples {
		examples[i].Real = i%3 == 0
	}
	for k, got := range mustTrain(t, examples, Options{}).Thresholds() {
		if math.Abs(got.Kept-outofscope.KeptShares()[k]) > 0.02 || got.Score >= m.Thresholds()[k].Score {
			t.Errorf("set by real messages, for %.2f: %+v", outofscope.KeptShares()[k], got)
		}
	}
}

// The thresholds promise what they cost on messages that the model has not seen.
func TestThresholdsKeepWhatTheyPromise(t *testing.T) {
	var learn, test []Example
	for i, e := range part(t) {
		if i%2 == 0 {
			learn = append(learn, e)
		} else {
			test = append(test, e)
		}
	}
	m := mustTrain(t, learn, Options{})
	for _, threshold := range m.Thresholds() {
		kept := 0
		for _, e := range test {
			if m.Predict(e.Text).OutOfScope <= threshold.Score {
				kept++
			}
		}
		if share := ratio(kept, len(test)); math.Abs(share-threshold.Kept) > 0.08 {
			t.Errorf("%+v keeps %.3f", threshold, share)
		}
	}
}

func TestForeignExamplesTeach(t *testing.T) {
	examples := part(t)
	without := mustTrain(t, examples, Options{})
	var taught []Example
	for i := range 20 {
		taught = append(taught, Example{Text: fmt.Sprintf("glorbin the frumious snark number %d", i), Category: "cards", Foreign: true, Group: -1})
	}
	m := mustTrain(t, slices.Concat(examples, taught), Options{})
	if !slices.Equal(m.Categories(), without.Categories()) {
		t.Errorf("it learned %q", m.Categories())
	}
	const near = "please glorbin my frumious snark"
	if a, b := without.Predict(near).OutOfScope, m.Predict(near).OutOfScope; b <= a || b <= m.Threshold(outofscope.DefaultKept).Score {
		t.Errorf("%.3f before, %.3f after", a, b)
	}
}

// What a dataset has in common with the pool is not off topic in it.
func TestPoolMessagesThatAreTheDatasetsOwnAreKept(t *testing.T) {
	topics, err := assets.OffTopic()
	if err != nil {
		t.Fatal(err)
	}
	learn := part(t)
	first := len(learn)
	english := slices.IndexFunc(topics, func(topic assets.Topic) bool { return topic.Language == "en" })
	for _, text := range topics[english].Messages {
		learn = append(learn, Example{Text: text + " please", Category: "a topic of the pool", Group: -1})
	}
	m := mustTrain(t, learn, Options{})
	threshold, kept := m.Threshold(outofscope.DefaultKept).Score, 0
	for _, e := range learn[first:] {
		if p := m.Predict(e.Text); p.OutOfScope <= threshold && p.Category == e.Category {
			kept++
		}
	}
	if n := len(learn) - first; n < 30 || kept < n*9/10 {
		t.Errorf("%d of %d messages are kept", kept, n)
	}
}

func TestOutOfScopeOfSmallDatasets(t *testing.T) {
	var all []string
	for _, e := range part(t) {
		if !slices.Contains(all, e.Category) {
			all = append(all, e.Category)
		}
	}
	for _, c := range []struct{ categories, each int }{{8, 20}, {2, 20}, {2, 2}, {12, 5}} {
		size := map[string]int{}
		var learn, test []Example
		for _, e := range part(t) {
			if !slices.Contains(all[:c.categories], e.Category) {
				continue
			}
			if size[e.Category]++; size[e.Category] <= c.each {
				learn = append(learn, e)
			} else {
				test = append(test, e)
			}
		}
		m := mustTrain(t, learn, Options{})
		least := 0.85
		if c.each < 10 {
			least = 0.6
		}
		if a := auroc(t, m, test, offTopicTexts); a < least {
			t.Errorf("%d categories of %d messages: AUROC %.3f", c.categories, c.each, a)
		}
		for _, threshold := range m.Thresholds() {
			if math.IsNaN(threshold.Score) || threshold.Score < 0 || threshold.Score > 1 {
				t.Errorf("%d categories of %d messages: %+v", c.categories, c.each, threshold)
			}
		}
	}
}

// german are messages of three categories, each with every one of its objects and of the
// ways to say it.
func german() (examples []Example) {
	for category, parts := range map[string][2][]string{
		"karte":       {{"meine Karte", "meine EC-Karte", "die Kreditkarte meiner Frau", "meine neue Karte"}, {"bitte %s sperren", "ich habe %s verloren", "%s wurde gestohlen", "der Automat hat %s eingezogen", "wann kommt %s endlich an"}},
		"überweisung": {{"eine Überweisung", "den Dauerauftrag", "die Zahlung an meinen Vermieter", "eine Auslandsüberweisung"}, {"wie kann ich %s stornieren", "ich möchte %s ändern", "warum dauert %s so lange", "%s bitte heute noch ausführen", "ich finde %s nicht im Onlinebanking"}},
		"kredit":      {{"einen Kredit", "ein Darlehen fürs Auto", "eine Baufinanzierung", "einen Ratenkredit"}, {"was kostet %s bei euch", "ich brauche %s", "kann ich %s vorzeitig zurückzahlen", "welche Unterlagen brauche ich für %s", "wie hoch sind die Zinsen für %s"}},
	} {
		for _, object := range parts[0] {
			for _, way := range parts[1] {
				examples = append(examples, Example{Text: fmt.Sprintf(way, object), Category: category, Group: -1})
			}
		}
	}
	slices.SortFunc(examples, func(a, b Example) int { return strings.Compare(a.Text, b.Text) })
	return examples
}

func TestOutOfScopeInGerman(t *testing.T) {
	m := mustTrain(t, german(), Options{})
	if m.UsesVectors() {
		t.Fatal("the test is of a dataset without vectors")
	}
	own := []Example{
		{Text: "hilfe, meine Kreditkarte ist weg, bitte sperren"},
		{Text: "wie lange dauert eine Überweisung nach Spanien"},
		{Text: "ich will den Dauerauftrag für die Miete ändern"},
		{Text: "welche Zinsen zahle ich für ein Darlehen"},
		{Text: "Karte im Automaten stecken geblieben"},
		{Text: "brauche einen Kredit für die Küche"},
	}
	for i := range own {
		own[i].Category = "kredit"
	}
	foreign := []string{
		"wie lange muss ein Ei kochen", "wer hat gestern das Pokalspiel gewonnen", "mein Drucker druckt nur noch weiße Seiten", "regnet es morgen in Kassel",
		"asdf jklö", "welcher Planet hat die meisten Monde", "how long do i boil an egg", "mein Hund frisst kein Trockenfutter mehr",
	}
	if a := auroc(t, m, own, foreign); a < 0.9 {
		for _, e := range own {
			t.Logf("%.3f %s", m.Predict(e.Text).OutOfScope, e.Text)
		}
		for _, text := range foreign {
			t.Logf("foreign %.3f %s", m.Predict(text).OutOfScope, text)
		}
		t.Errorf("AUROC %.3f", a)
	}
}

func TestOutOfScopeIsTheSameEveryTime(t *testing.T) {
	examples := part(t)[:300]
	a, b := mustTrain(t, examples, Options{Seed: 3}), mustTrain(t, examples, Options{Seed: 3})
	if !reflect.DeepEqual(a.outOfScope, b.outOfScope) {
		t.Error("the same seed gave another model")
	}
	loaded, err := load(saved(t, a))
	if err != nil || !reflect.DeepEqual(loaded.outOfScope, a.outOfScope) {
		t.Errorf("the loaded model differs, %v", err)
	}
}

func TestCheckScoresOutOfFold(t *testing.T) {
	examples := part(t)
	planted := map[int]bool{}
	for k, text := range offTopicTexts {
		examples[k*30].Text = text
		planted[k*30] = true
	}
	for i := range 100 {
		examples[i+600].Real, examples[i+600].Holdout = true, true
	}
	r := mustCheck(t, examples, CheckOptions{Rounds: 1})
	threshold := outofscope.ThresholdFor(r.Thresholds, outofscope.DefaultKept)
	if len(r.Thresholds) != 6 || math.Abs(threshold.Kept-0.975) > 0.01 {
		t.Fatalf("%+v", r.Thresholds)
	}
	found, held := 0, 0
	for i, p := range r.Predictions {
		switch {
		case planted[i] && p.OutOfScope > threshold.Score:
			found++
		case examples[i].Holdout && p.OutOfScope <= threshold.Score:
			held++
		}
	}
	if found < len(planted)/2 || held < 95 {
		t.Errorf("%d of %d planted messages are found, and %d of 100 in the holdout are kept", found, len(planted), held)
	}
	again := mustCheck(t, examples, CheckOptions{Rounds: 1})
	if !reflect.DeepEqual(again, r) {
		t.Error("another check gave another result")
	}
}

func TestForeignExamplesTakeNoPartInACheck(t *testing.T) {
	examples := part(t)[:200]
	want := mustCheck(t, examples, CheckOptions{Rounds: 1})
	examples = append(examples, Example{Text: "glorbin the snark", Category: "magic", Foreign: true, Group: -1})
	r := mustCheck(t, examples, CheckOptions{Rounds: 1})
	if r.CrossValidated.Messages != want.CrossValidated.Messages || len(r.Caveats) != len(want.Caveats) || r.Predictions[200] != (OutOfFold{}) {
		t.Errorf("%+v\n%v\n%+v", r.CrossValidated, r.Caveats, r.Predictions[200])
	}
}

func TestForeignRowsOfAReport(t *testing.T) {
	rows := []Row{
		{Text: "a", Given: "x", Predicted: "x", OutOfScope: 0.1},
		{Text: "b", Given: "y", Predicted: "x", OutOfScope: 0.3},
		{Text: "c", Given: "y", Predicted: "y", OutOfScope: 0.8, TurnedAway: true},
		{Text: "d", Given: "none", Predicted: "x", OutOfScope: 0.9, TurnedAway: true, Foreign: true},
		{Text: "e", Given: "old", Predicted: "y", OutOfScope: 0.2, Foreign: true},
	}
	r := NewReport(rows)
	if r.Messages != 3 || math.Abs(r.Accuracy-2.0/3) > 1e-9 || len(r.Categories) != 2 || len(r.Rows) != 5 || len(r.Mistakes()) != 1 {
		t.Errorf("%+v", r)
	}
	want := OutOfScopeScores{Messages: 2, AUROC: 4.0 / 6, FPR95: 0.5, Kept: 2.0 / 3, TurnedAway: 0.5}
	if o := r.OutOfScope; o == nil || *o != want {
		t.Errorf("%+v, want %+v", o, want)
	}
	if text := r.Text(); !strings.Contains(text, "2 more messages belong to none of the categories") || !strings.Contains(text, "AUROC of 0.667") {
		t.Errorf("%s", text)
	}
	var plain, none strings.Builder
	if err := r.WriteCSV(&plain); err != nil {
		t.Fatal(err)
	}
	if err := r.WithNone().WriteCSV(&none); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(plain.String(), "d,none,x,0.0000,false,0.9000\n") || !strings.Contains(none.String(), "d,none,none,0.0000,true,0.9000\n") ||
		!strings.Contains(none.String(), "c,y,none,0.0000,false,0.8000\n") {
		t.Errorf("%s\n%s", plain.String(), none.String())
	}
	if NewReport(rows[:3]).OutOfScope != nil {
		t.Error("scores without a foreign message")
	}
	if o := NewReport(rows[3:]).OutOfScope; o == nil || o.Messages != 2 || math.IsNaN(o.AUROC) {
		t.Errorf("only foreign messages: %+v", o)
	}
}

func TestEvaluateKnowsForeignCategories(t *testing.T) {
	m := mustTrain(t, part(t)[:200], Options{})
	known := m.Categories()[0]
	test := []Example{
		{Text: "a", Category: known},
		{Text: "b", Category: "OOS"},
		{Text: "c", Category: "Out of scope"},
		{Text: "d"},
		{Text: "e", Category: "retired"},
		{Text: "f", Category: known, Foreign: true},
		{Text: "g", Category: "never seen"},
	}
	r := Evaluate(m, test, "retired", known)
	if r.Messages != 2 || r.OutOfScope.Messages != 5 {
		t.Errorf("%d messages, %+v", r.Messages, r.OutOfScope)
	}
	for name, want := range map[string]bool{"": true, "None": true, "out_of_scope": true, "out-of-scope": true, "oos": true, "nonesuch": false, "chitchat": false} {
		if outofscope.IsNone(name) != want {
			t.Errorf("IsNone(%q) is %v", name, !want)
		}
	}
	// A category that the model has learned is one, whatever its name.
	two := []Example{{Text: "buy pills now", Category: "spam"}, {Text: "cheap pills", Category: "spam"}, {Text: "see you at lunch", Category: "none"}, {Text: "lunch at one", Category: "none"}}
	for i := range two {
		two[i].Group = -1
	}
	if r := Evaluate(mustTrain(t, two, Options{}), two); r.Messages != 4 || r.OutOfScope != nil {
		t.Errorf("%+v", r)
	}
}
