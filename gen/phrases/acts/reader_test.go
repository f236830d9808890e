package acts

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"seedbed/assets"
)

func lists(tb testing.TB, language string) assets.Sections {
	tb.Helper()
	folder, err := assets.Phrases(language)
	if err != nil {
		tb.Fatal(err)
	}
	sections, err := assets.ReadSections(folder, "frames.txt")
	if err != nil {
		tb.Fatal(err)
	}
	return sections
}

func TestRead(t *testing.T) {
	for message, want := range map[string]string{
		"hi, can i return a book at another branch":                   "may: return a book at another branch",
		"I'd like to end my lease at the end of June.":                "do: end my lease at the end of June",
		"Could you please fix the dishwasher? Thanks!":                "ask: fix the dishwasher",
		"cancel my order 4471":                                        "ask: cancel my order 4471",
		"Do you have classes for beginners?":                          "have: classes for beginners",
		"is there a joining fee":                                      "there: a joining fee",
		"I need a copy of my contract.":                               "need: a copy of my contract",
		"When does the reading group meet?":                           "which: when the reading group meets",
		"how much does an extra bag cost":                             "which: how much an extra bag costs",
		"Why didn't my parcel arrive?":                                "which: why my parcel didn't arrive",
		"which class is best for back pain":                           "which: which class is best for back pain",
		"What time is it?":                                            "which: what time it is",
		"can you tell me when you open":                               "which: when you open",
		"Is the museum wheelchair accessible?":                        "whether: the museum is wheelchair accessible",
		"Do I have to book in advance?":                               "whether: I have to book in advance",
		"opening hours on sunday":                                     "topic: opening hours on sunday",
		"The heating is broken.":                                      "trouble: the heating is broken",
		"I won't come on Sunday.":                                     "negative: I won't come on Sunday",
		"Lucas will be back on Monday":                                "statement: lucas will be back on Monday",
		"My gears jump when I go uphill, can I bring it in on Friday": "may: bring it in on Friday",
		"Why is there a minibar charge on my bill?":                   "which: why there is a minibar charge on my bill",
		"How long does an implant last?":                              "which: how long an implant lasts",
		"Is the check-up free for children?":                          "whether: the check-up is free for children",
		"How do I plug in the car?":                                   "how: plug in the car",
		"i forgot my password":                                        "statement: I forgot my password",
		"I have to miss class because my son is ill.":                 "statement: I have to miss class because my son is ill",
		"what is the city tax for":                                    "which: what the city tax is for",
		"how much should a 4 month old beagle get":                    "which: how much a 4 month old beagle should get",
		"is the poetry slam free":                                     "whether: the poetry slam is free",
		"does the kennel cough vaccine really help?":                  "whether: does the kennel cough vaccine really help",
		"my dog barks at every cyclist":                               "text: My dog barks at every cyclist.",
		"what now":                                                    "question: What now?",
		"thank you!!":                                                 "text: Thank you!",
	} {
		read := NewReader("en", lists(t, "en")).Read(message)
		if len(read) == 0 || read[0].Kind+": "+read[0].Core() != want {
			t.Errorf("%q is read as %+v, want %s", message, read, want)
		}
	}
}

func TestReadOtherLanguages(t *testing.T) {
	for message, want := range map[string][2]string{
		"Hallo, kann ich mein Abo zwei Monate pausieren?": {"de", "may: mein Abo zwei Monate pausieren"},
		"ich möchte meine Bestellung stornieren":          {"de", "do: meine Bestellung stornieren"},
		"Je voudrais annuler ma commande.":                {"fr", "do: annuler ma commande"},
		"¿Puedo cambiar la dirección?":                    {"es", "may: cambiar la dirección"},
	} {
		read := NewReader(want[0], lists(t, want[0])).Read(message)
		if len(read) == 0 || read[0].Kind+": "+read[0].Core() != want[1] {
			t.Errorf("%q is read as %+v, want %s", message, read, want[1])
		}
	}
}

func TestContextStaysWhereItWas(t *testing.T) {
	r := NewReader("en", lists(t, "en"))
	if read := r.Read("Could you look at my wheel? It wobbles."); read[0].Before != "" || read[0].After != "It wobbles." {
		t.Errorf("%+v", read[0])
	}
	if read := r.Read("I lost my key, how much is a new one?"); read[0].Before != "I lost my key." || !read[0].Bound {
		t.Errorf("%+v", read[0])
	}
}

func TestSwaps(t *testing.T) {
	examples := []string{"What time is the yoga class on Thursday?", "can i book a spinning class for tomorrow", "Wake me at 6.30 tomorrow.", "My son says he is sick.", "How many times may I be absent?", "Are three days a week enough?", "The window in room 2 is open, our room is cold."}
	r := NewReader("en", lists(t, "en"))
	s := r.NewSwapper(examples, lists(t, "en").Named("interchangeable"), lists(t, "en").Named("interchangeable when asking"))
	swaps := func(example string) string {
		var texts []string
		for _, v := range s.Swaps(example, rand.New(rand.NewPCG(1, 2))) {
			texts = append(texts, v.Text)
		}
		return strings.Join(texts, "\n")
	}
	if got := swaps(examples[0]); !strings.Contains(got, "the spinning class on Thursday") || !strings.Contains(got, "the yoga class on ") {
		t.Errorf("%s", got)
	}
	if got := swaps(examples[1]); !strings.Contains(got, "a yoga class for tomorrow") {
		t.Errorf("%s", got)
	}
	for _, example := range examples[2:] {
		if got := swaps(example); got != "" && !strings.Contains(example, "days") || strings.Contains(got, "weeks a week") {
			t.Errorf("%q became %s", example, got)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"", "hi", "can you tell me if", "What's the price for 25 users?", "I need a, b, c", "???", "a. b? c!", "Where's \xff", "¿Puedo?"} {
		f.Add(seed)
	}
	r := NewReader("en", lists(f, "en"))
	f.Fuzz(func(t *testing.T, message string) {
		for _, act := range r.Read(message) {
			if act.Kind == "" || act.Core() == "" && act.Kind != Text && act.Kind != Question {
				t.Errorf("%q is read as %+v", message, act)
			}
			if utf8.ValidString(message) && !utf8.ValidString(act.Core()+act.Before+act.After) {
				t.Errorf("%q is read as %+v", message, act)
			}
		}
		r.Described(message)
	})
}
