package phrases

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"seedbed/gen/phrases/acts"
	"seedbed/gen/questions"
)

// perExample is how many messages are made of one example at most, and variantsTried how
// many variants of it are put into frames. With twelve examples, ten of each still read as
// different messages; more only repeat themselves.
const (
	perExample    = 9
	variantsTried = 6
	mostExamples  = 300
)

// candidate is a message that could be composed.
type candidate struct {
	text  string
	core  string // what it says, whatever the frame
	kind  string
	frame int
	bare  bool    // it has room for an opening or an ending
	cost  float64 // how far it is from what people would write, in steps of about 1
}

// costs of what makes a message less natural. Their order was set by reading: a frame that
// doesn't suit the category's form of speech is worst, then a noun phrase that only stands
// in a similar place.
const (
	costOfForm   = 1.6  // a statement where all examples are questions, or the other way round
	costOfSwap   = 1.5  // times how unlike the two are
	costOfSwaps  = 0.15 // of any swap
	costOfFrame  = 0.04 // for each place in the list of frames, the most usual first
	costOfAct    = 0.2  // of the second way to take an example
	costOfText   = 0.9  // of a message that only gets an opening
	costOfRepeat = 0.35 // for each time that the frame was used
	costOfLength = 1.5  // of a length that nobody asked for
	costOfCore   = 0.2  // for each time that the same was said
	mostCost     = 4.5  // beyond it nothing is written
)

// compose gives messages made of a category's examples, the most natural first, until
// nothing is left that reads well. Those for a typist, which may be nil, are without
// openings and endings, and of lengths that it wants.
func (f *frames) compose(about Subject, by *typist, typed typing, rng *rand.Rand) source {
	var c *composer // reading the examples takes a while, which a bank may make unnecessary
	return func() (string, bool) {
		if c == nil {
			c = f.newComposer(about, rng)
			if by != nil {
				c.suit(by)
			}
		}
		text, ok := c.next()
		if !ok {
			return "", false
		}
		return typed(text), true
	}
}

func (f *frames) newComposer(about Subject, rng *rand.Rand) *composer {
	if language := questions.LanguageOf(strings.Join(about.Examples, " ")); language != "" && language != f.language {
		return &composer{} // frames of another language don't fit around the examples
	}
	examples := slices.Concat(about.Examples, about.Accepted[:min(len(about.Accepted), mostExamples)])
	swapper := f.reader.NewSwapper(examples, f.interchangeable, f.whenAsking)
	t := f.toneOf(about, examples)
	c := &composer{frames: f, used: map[string]int{}, rng: rng}
	seen := map[string]bool{}
	for _, example := range examples {
		if read := unseen(f.reader.Read(example), seen); len(read) > 0 {
			c.groups = append(c.groups, f.candidates(example, read, swapper, t, rng))
		}
	}
	for _, act := range unseen(f.reader.Described(about.Is), seen) {
		c.groups = append(c.groups, f.framed([]acts.Act{act}, costOfSwaps, t, rng))
	}
	c.given = make([]int, len(c.groups))
	return c
}

// suit prepares the candidates for a typist.
func (c *composer) suit(by *typist) {
	c.bare = true
	for _, group := range c.groups {
		for i := range group {
			group[i].cost += costOfLength * (1 - by.fit(group[i].text))
		}
	}
}

// unseen are acts of which no earlier example has said the same in other words. None are
// left where the first one has been said.
func unseen(read []acts.Act, seen map[string]bool) []acts.Act {
	for i, act := range read {
		core := strings.ToLower(act.Core())
		if seen[core] && i == 0 {
			return nil
		}
		seen[core] = true
	}
	return read
}

// tone is how the messages of a category are meant.
type tone struct {
	asking   float64 // the share of questions
	troubled bool    // what is told is told because something is wrong
}

// toneOf is the tone of a category's examples and of what it is. A third of the told things
// being wrong is enough: "my gears jump" has no word for it.
func (f *frames) toneOf(about Subject, examples []string) tone {
	questions, told, wrong := 0, 0, 0
	for _, example := range examples {
		if f.reader.IsQuestion(example) {
			questions++
		}
		for _, act := range f.reader.Read(example) {
			switch act.Kind {
			case acts.Statement, acts.Negative:
				told++
			case acts.Trouble:
				told, wrong = told+1, wrong+1
			}
		}
	}
	return tone{float64(questions) / float64(max(1, len(examples))), wrong*3 >= max(1, told) || f.reader.IsTrouble(about.Is+" "+about.Category)}
}

// candidates are the messages that can be made of an example and what is like it.
func (f *frames) candidates(example string, read []acts.Act, swapper *acts.Swapper, t tone, rng *rand.Rand) []candidate {
	found := f.framed(read, 0, t, rng)
	variants := swapper.Swaps(f.reader.Neat(example), rng)
	for _, v := range variants[:min(len(variants), variantsTried)] {
		found = append(found, f.framed(f.reader.Read(v.Text), costOfSwaps+costOfSwap*(1-v.Alike), t, rng)...)
	}
	return found
}

// framed puts acts into all frames that take them.
func (f *frames) framed(read []acts.Act, cost float64, t tone, rng *rand.Rand) []candidate {
	var found []candidate
	for i, act := range read {
		base := cost + costOfAct*float64(i)
		whole := act.Kind == acts.Text || act.Kind == acts.Question // nothing was understood of it
		fillers := slots{}
		for name, text := range act.Slots {
			fillers[name] = []string{text}
		}
		if whole {
			fillers["lower"] = []string{acts.LowerFirst(act.Slots["text"])}
			if i > 0 {
				base += costOfText
			}
		}
		for at, p := range f.formsOf(act.Kind, t) {
			text, ok := f.filled(p, fillers, rng)
			if !ok {
				continue
			}
			own := base + costOfFrame*float64(at) + 0.5*rng.Float64()
			if !t.takes(act.Kind, text) {
				own += costOfForm
			}
			alone := act.Before+act.After == ""
			if !alone && !whole && (act.Bound || rng.IntN(3) > 0) {
				text = tidy(act.Before + " " + text + " " + act.After)
			}
			found = append(found, candidate{text, act.Core(), act.Kind, at, alone && !whole, own})
		}
	}
	return found
}

// filled fills a frame; ok is false where it lacks a slot or repeats itself.
func (f *frames) filled(p pattern, fillers slots, rng *rand.Rand) (text string, ok bool) {
	if !p.filledBy(fillers) {
		return "", false
	}
	text = tidy(p.fill(fillers, rng))
	if doubled(text) || repeats(text) || f.reader.Courtesies(text) > 1 {
		return "", false
	}
	return sentenceCase(text), true
}

// takes reports whether a category's tone has messages of a text's form.
func (t tone) takes(kind, text string) bool {
	asks := strings.HasSuffix(text, "?")
	return !(t.asking > 0.85 && !asks && direct[kind]) && !(t.asking < 0.15 && asks)
}

// formsOf are the frames for a kind of act. What is wrong can also be complained about.
func (f *frames) formsOf(kind string, t tone) []pattern {
	switch {
	case kind == acts.Trouble:
		return slices.Concat(f.forms[acts.Trouble], f.forms["complaint"])
	case kind == acts.Negative && t.troubled, kind == acts.Statement && t.troubled:
		return f.forms[acts.Trouble]
	case kind == acts.Negative:
		return f.forms[acts.Statement]
	}
	return f.forms[kind]
}

// direct are the kinds of acts whose frames can be statements and questions alike.
var direct = map[string]bool{acts.Do: true, acts.How: true, acts.May: true, acts.Need: true, acts.Ask: true, acts.Topic: true}

// doubled reports whether a word stands twice in a row, as where a frame repeats the
// beginning of what it takes.
func doubled(text string) bool {
	words := strings.Fields(strings.ToLower(text))
	if strings.Count(text, "omeone")+strings.Count(text, "omebody") > 1 {
		return true
	}
	for i := 1; i < len(words); i++ {
		if words[i] == words[i-1] && words[i] != "that" && words[i] != "had" {
			return true
		}
	}
	return false
}

// repeats reports whether three words in a row come twice.
func repeats(text string) bool {
	words := strings.Fields(strings.ToLower(strings.NewReplacer(".", "", "?", "", ",", "", "!", "").Replace(text)))
	seen := map[string]bool{}
	for i := 2; i < len(words); i++ {
		three := strings.Join(words[i-2:i+1], " ")
		if seen[three] {
			return true
		}
		seen[three] = true
	}
	return false
}

// composer takes the best candidate of one example after the other.
type composer struct {
	frames *frames
	groups [][]candidate
	given  []int
	bare   bool
	used   map[string]int // how often each frame, opening and ending was used
	round  []int
	rng    *rand.Rand
}

func (c *composer) next() (string, bool) {
	for empty := false; ; {
		if len(c.round) == 0 {
			if empty {
				return "", false
			}
			empty = true
			for i := range c.groups {
				if len(c.groups[i]) > 0 && c.given[i] < perExample {
					c.round = append(c.round, i)
				}
			}
			c.round = shuffled(c.round, c.rng)
			continue
		}
		group := c.round[0]
		c.round = c.round[1:]
		if best, ok := c.best(group); ok {
			return c.around(best), true
		}
	}
}

// best takes the best candidate that a group has left.
func (c *composer) best(group int) (candidate, bool) {
	list := c.groups[group]
	cost := func(one candidate) float64 {
		return one.cost + costOfRepeat*float64(c.used[one.key()]) + costOfCore*float64(c.used[one.core])
	}
	at := 0
	for i := range list {
		if cost(list[i]) < cost(list[at]) {
			at = i
		}
	}
	if list[at].cost > mostCost {
		c.groups[group] = nil
		return candidate{}, false
	}
	best := list[at]
	c.groups[group] = slices.Delete(list, at, at+1)
	c.used[best.key()]++
	c.used[best.core]++
	c.given[group]++
	return best, true
}

// A question about what is one's own isn't asked for somebody else.
var (
	asksForOther = regexp.MustCompile(`(?i)\basking for\b`)
	ownThing     = regexp.MustCompile(`(?i)\bmy\b`)
)

func (c candidate) key() string { return c.kind + string(rune(c.frame)) }

// around gives some messages an opening, an ending or thanks.
func (c *composer) around(one candidate) string {
	text := one.text
	if c.bare || !one.bare || len(strings.Fields(text)) > 20 {
		return text
	}
	switch chance := c.rng.IntN(100); {
	case chance < 16:
		text = c.line("openings") + " " + acts.LowerFirst(text)
	case chance < 28 && one.kind != acts.Trouble && one.kind != acts.Negative && one.kind != acts.Statement:
		text += " " + c.line("thanks")
	case chance < 44 && !strings.ContainsAny(text[:len(text)-1], ".?!"):
		if after := c.line("after " + one.kind); !asksForOther.MatchString(after) || !ownThing.MatchString(one.core) {
			text = strings.TrimSpace(text + " " + after)
		}
	}
	if repeats(text) {
		return one.text
	}
	return text
}

// line is one of the lines of a section that were used least.
func (c *composer) line(section string) string {
	lines := c.frames.forms[section]
	if len(lines) == 0 {
		return ""
	}
	at := c.rng.IntN(len(lines))
	for i := range lines {
		if next := (at + i) % len(lines); c.used[section+string(rune(next))] < c.used[section+string(rune(at))] {
			at = next
		}
	}
	c.used[section+string(rune(at))]++
	return lines[at].fill(nil, c.rng)
}
