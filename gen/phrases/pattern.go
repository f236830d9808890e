package phrases

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path"
	"slices"
	"strings"

	"seedbed/assets"
	"seedbed/gen/phrases/acts"
)

// pattern is a message with places for chance: a sequence of parts.
type pattern []part

// part writes itself into a message under way.
type part interface {
	write(to *strings.Builder, d *draw)
}

// draw is the chance that one message is written with.
type draw struct {
	rng   *rand.Rand
	slots slots
	used  map[string]bool // fillers that this message has
}

// slots are the fillers by the slot's name.
type slots map[string][]string

type (
	literal string
	// choice is one of several patterns.
	choice []pattern
	// slot is a filler, with its article before it if so asked.
	slot struct {
		name    string
		article bool
	}
)

func (l literal) write(to *strings.Builder, _ *draw) { to.WriteString(string(l)) }

func (c choice) write(to *strings.Builder, d *draw) {
	for _, p := range c[d.rng.IntN(len(c))] {
		p.write(to, d)
	}
}

func (s slot) write(to *strings.Builder, d *draw) {
	fillers := d.slots[s.name]
	if len(fillers) == 0 {
		return
	}
	// Another filler than those that the message has, as long as there is one.
	at := d.rng.IntN(len(fillers))
	for i := range fillers {
		if filler := fillers[(at+i)%len(fillers)]; !d.used[filler] {
			at = (at + i) % len(fillers)
			break
		}
	}
	filler := fillers[at]
	d.used[filler] = true
	if s.article {
		filler = acts.Article(filler) + " " + filler
	}
	to.WriteString(filler)
}

// fill writes a message.
func (p pattern) fill(fillers slots, rng *rand.Rand) string {
	var text strings.Builder
	d := &draw{rng, fillers, map[string]bool{}}
	for _, part := range p {
		part.write(&text, d)
	}
	return text.String()
}

// filledBy reports whether there are fillers for all slots that stand outside of groups.
func (p pattern) filledBy(fillers slots) bool {
	return !slices.ContainsFunc(p, func(one part) bool {
		s, isSlot := one.(slot)
		return isSlot && len(fillers[s.name]) == 0
	})
}

// parsePattern reads a pattern: {slot}, {a slot}, (one|of|these), [or not]. Slots must
// be among those known.
func parsePattern(text string, known func(slot string) bool) (pattern, error) {
	p := &patternReader{text: text, known: known}
	choices, err := p.choices(0)
	if err == nil && p.at < len(text) {
		err = fmt.Errorf("%q closes nothing", text[p.at])
	}
	if err != nil {
		return nil, fmt.Errorf("pattern %q, character %d: %w", text, p.at+1, err)
	}
	if len(choices) > 1 {
		return nil, fmt.Errorf("pattern %q: | belongs between ( and )", text)
	}
	return choices[0], nil
}

type patternReader struct {
	text  string
	at    int
	known func(slot string) bool
}

// deepest is how many groups may stand inside each other.
const deepest = 16

// choices reads patterns between | signs, up to what closes them.
func (p *patternReader) choices(depth int) ([]pattern, error) {
	if depth > deepest {
		return nil, fmt.Errorf("more than %d groups inside each other", deepest)
	}
	choices := []pattern{nil}
	add := func(one part) { choices[len(choices)-1] = append(choices[len(choices)-1], one) }
	for p.at < len(p.text) {
		switch p.text[p.at] {
		case ')', ']', '}':
			return choices, nil
		case '|':
			p.at++
			choices = append(choices, nil)
		case '(', '[':
			group, err := p.group(depth)
			if err != nil {
				return nil, err
			}
			add(group)
		case '{':
			s, err := p.slot()
			if err != nil {
				return nil, err
			}
			add(s)
		default:
			end := strings.IndexAny(p.text[p.at:], "()[]{}|")
			if end < 0 {
				end = len(p.text) - p.at
			}
			add(literal(p.text[p.at : p.at+end]))
			p.at += end
		}
	}
	return choices, nil
}

// group reads (a|b) or [a|b]; the second kind may also be nothing.
func (p *patternReader) group(depth int) (choice, error) {
	closing := byte(')')
	if p.text[p.at] == '[' {
		closing = ']'
	}
	p.at++
	choices, err := p.choices(depth + 1)
	if err != nil {
		return nil, err
	}
	if p.at >= len(p.text) || p.text[p.at] != closing {
		return nil, fmt.Errorf("a %q is missing", closing)
	}
	p.at++
	if closing == ']' {
		choices = append(choices, nil)
	}
	return choices, nil
}

func (p *patternReader) slot() (slot, error) {
	end := strings.IndexByte(p.text[p.at:], '}')
	if end < 0 {
		return slot{}, fmt.Errorf("a %q is missing", '}')
	}
	name, article := strings.CutPrefix(p.text[p.at+1:p.at+end], "a ")
	if !p.known(name) {
		return slot{}, fmt.Errorf("there is no slot %q", name)
	}
	p.at += end + 1
	return slot{name, article}, nil
}

// readSlots reads the fillers of every slot.
func readSlots(folder fs.FS) (slots, error) {
	all := slots{}
	files, err := fs.Glob(folder, "slots/*.txt")
	if err != nil {
		return nil, fmt.Errorf("read the shipped slots: %w", err)
	}
	for _, file := range files {
		sections, err := assets.ReadSections(folder, file)
		if err != nil {
			return nil, err
		}
		name := strings.TrimSuffix(path.Base(file), ".txt")
		for _, s := range sections {
			all[name] = append(all[name], s.Lines...)
		}
	}
	return all, nil
}

// readPatterns reads a category's patterns.
func readPatterns(folder fs.FS, category string, fillers slots) ([]pattern, error) {
	sections, err := assets.ReadSections(folder, "patterns/"+category+".txt")
	if err != nil {
		return nil, err
	}
	var patterns []pattern
	for _, s := range sections {
		for _, line := range s.Lines {
			p, err := parsePattern(line, func(slot string) bool { return len(fillers[slot]) > 0 })
			if err != nil {
				return nil, fmt.Errorf("the shipped phrases for %s: %w", category, err)
			}
			patterns = append(patterns, p)
		}
	}
	return patterns, nil
}

// fillings is how often a pattern is filled before it counts as used up.
const fillings = 400

// fromPatterns fills one pattern after the other, in shuffled rounds.
func fromPatterns(patterns []pattern, fillers slots, typed typing, rng *rand.Rand) source {
	var round []pattern
	rounds := fillings
	return func() (string, bool) {
		if len(round) == 0 {
			if rounds == 0 || len(patterns) == 0 {
				return "", false
			}
			rounds--
			round = shuffled(patterns, rng)
		}
		text := sentenceCase(round[0].fill(fillers, rng))
		round = round[1:]
		return typed(text), true
	}
}
