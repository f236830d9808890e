package questions

import "strings"

var irregularBases = map[string]string{
	"is": "be", "'s": "be", "'re": "be", "'m": "be", "are": "be", "am": "be", "was": "be", "were": "be", "been": "be", "being": "be", "has": "have", "had": "have", "having": "have",
	"does": "do", "did": "do", "done": "do", "made": "make", "paid": "pay", "held": "hold", "sent": "send", "given": "give", "taken": "take",
	"kept": "keep", "found": "find", "known": "know", "seen": "see", "written": "write", "chosen": "choose", "met": "meet", "led": "lead",
	"built": "build", "run": "run", "set": "set", "put": "put", "left": "leave", "lost": "lose", "brought": "bring", "bought": "buy", "told": "tell",
	"spent": "spend", "granted": "grant", "overseen": "oversee", "withheld": "withhold", "drawn": "draw", "driven": "drive", "begun": "begin", "lying": "lie", "dying": "die",
}

// baseOf is the infinitive of a verb's form.
func baseOf(e *english, low, tag string) string {
	if base, ok := irregularBases[low]; ok {
		return base
	}
	var endings [][2]string
	switch tag {
	case "VBZ":
		endings = [][2]string{{"ies", "y"}, {"sses", "ss"}, {"ches", "ch"}, {"shes", "sh"}, {"xes", "x"}, {"oes", "o"}, {"s", ""}}
	case "VBG":
		endings = [][2]string{{"ing", ""}, {"ing", "e"}}
	case "VBN", "VBD":
		endings = [][2]string{{"ied", "y"}, {"ed", ""}, {"ed", "e"}}
	default:
		return low
	}
	var guesses []string
	for _, ending := range endings {
		stem, ends := strings.CutSuffix(low, ending[0])
		if !ends || len(stem) < 2 {
			continue
		}
		guesses = append(guesses, stem+ending[1])
		if n := len(stem); tag != "VBZ" && ending[1] == "" && n > 2 && stem[n-1] == stem[n-2] {
			guesses = append(guesses, stem[:n-1])
		}
	}
	best := low
	for i, guess := range guesses {
		switch {
		case e.isVerb(guess):
			return guess
		case i == 0 || e.rank(guess) < e.rank(best):
			best = guess
		}
	}
	return best
}

// thirdOf is the form of a verb after "who" or "it".
func thirdOf(base string) string {
	if verb, particle, ok := strings.Cut(base, " "); ok {
		return thirdOf(verb) + " " + particle
	}
	switch {
	case base == "be":
		return "is"
	case base == "have":
		return "has"
	case strings.HasSuffix(base, "y") && len(base) > 1 && !strings.ContainsAny(base[len(base)-2:len(base)-1], "aeiou"):
		return base[:len(base)-1] + "ies"
	}
	for _, ending := range []string{"s", "x", "z", "ch", "sh", "o"} {
		if strings.HasSuffix(base, ending) {
			return base + "es"
		}
	}
	return base + "s"
}

var irregularPlurals = map[string]string{
	"person": "people", "child": "children", "man": "men", "woman": "women", "foot": "feet", "tooth": "teeth",
	"knife": "knives", "leaf": "leaves", "shelf": "shelves", "loaf": "loaves", "half": "halves", "life": "lives",
	"criterion": "criteria", "analysis": "analyses", "basis": "bases", "potato": "potatoes", "tomato": "tomatoes",
}

// pluralOf is the plural of a noun.
func pluralOf(noun string) string {
	if irregular, ok := irregularPlurals[noun]; ok {
		return irregular
	}
	if strings.HasSuffix(noun, "o") {
		return noun + "s"
	}
	return thirdOf(noun)
}

// mine turns what is said to somebody into that person's own words: "your form" is "my
// form". Where others is true, "their" and "they" mean the same person.
func mine(words []word, others bool) []word {
	var own []word
	for i, w := range words {
		next := word{}
		if i+1 < len(words) {
			next = words[i+1]
		}
		switch {
		case w.low == "your" || others && w.low == "their":
			w.text = "my"
		case w.low == "yours":
			w.text = "mine"
		case w.low == "yourself" || others && w.low == "themselves":
			w.text = "myself"
		case w.low == "you" || others && w.low == "they":
			if next.is("VBN") { // "get you sorted"
				w.text = "me"
				break
			}
			subject := next.finite() || next.is("RB", "VB") && i == 0 || strings.HasPrefix(next.text, "'") || i == 0 && !next.is("IN", "TO")
			w.text = "me"
			if subject {
				w.text = "I"
			}
		case (w.low == "are" || w.low == "'re" || w.low == "were") && i > 0 && own[len(own)-1].text == "I":
			w.text = map[string]string{"are": "am", "'re": "'m", "were": "was"}[w.low]
			if next.low == "n't" {
				w.text, words[i+1].text, words[i+1].low, words[i+1].glued = "am", "not", "not", false
			}
		}
		w.low = strings.ToLower(w.text)
		own = append(own, w)
	}
	return own
}

var singularIcs = setOf("mathematics physics economics politics statistics ethics logistics electronics analytics linguistics genetics athletics robotics acoustics mechanics dynamics optics ceramics forensics pediatrics obstetrics")

// plural reports whether a noun phrase is grammatically plural, by its head.
func plural(head word) bool {
	switch head.low {
	case "people", "staff", "criteria", "children", "men", "women":
		return true
	case "news", "series", "aws", "ios", "sms", "gps", "dns", "https", "sas", "is", "fehb", "headquarters", "basis", "status", "process", "business", "access", "progress", "address", "alias", "bias", "canvas", "lens", "gas", "atlas", "saas", "kubernetes":
		return false
	}
	if isAcronym(head.text) {
		return strings.HasSuffix(head.text, "s")
	}
	if singularIcs[head.low] || strings.HasSuffix(head.low, "is") || strings.HasSuffix(head.low, "ss") || strings.HasSuffix(head.low, "us") {
		return false
	}
	return head.is("NNS", "NNPS") || strings.HasSuffix(head.low, "s") && head.is("NN")
}
