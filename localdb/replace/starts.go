package replace

import (
	"regexp"
	"regexp/syntax"
	"unicode/utf8"
)

// starts finds the matches of a regular expression from where they can begin, which a table
// of bytes tells. The package regexp tries every place of a text, which takes several times
// as long.
type starts struct {
	begins [256]bool
	re     *regexp.Regexp // anchored at the beginning
}

// newStarts returns nil for an expression that can match nothing at all, or looks at what
// is around a match.
func newStarts(re *regexp.Regexp) *starts {
	parsed, err := syntax.Parse(re.String(), syntax.Perl)
	if err != nil {
		return nil
	}
	prog, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return nil
	}
	for _, inst := range prog.Inst {
		if inst.Op == syntax.InstEmptyWidth {
			return nil
		}
	}
	s := &starts{}
	if !s.addFirst(prog, uint32(prog.Start), make([]bool, len(prog.Inst))) {
		return nil
	}
	for b := utf8.RuneSelf; b < len(s.begins); b++ {
		s.begins[b] = utf8.RuneStart(byte(b))
	}
	s.re, err = regexp.Compile(`\A(?:` + re.String() + `)`)
	if err != nil {
		return nil
	}
	return s
}

// addFirst adds what a match from an instruction on can begin with, and reports whether it
// has to begin with something.
func (s *starts) addFirst(prog *syntax.Prog, at uint32, seen []bool) bool {
	if seen[at] {
		return true
	}
	seen[at] = true
	switch inst := &prog.Inst[at]; inst.Op {
	case syntax.InstAlt, syntax.InstAltMatch:
		return s.addFirst(prog, inst.Out, seen) && s.addFirst(prog, inst.Arg, seen)
	case syntax.InstCapture, syntax.InstNop:
		return s.addFirst(prog, inst.Out, seen)
	case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
		for r := range rune(utf8.RuneSelf) {
			s.begins[r] = s.begins[r] || inst.MatchRune(r)
		}
		return true
	case syntax.InstFail:
		return true
	}
	return false
}

// each calls found with the place of each match and its groups.
func (s *starts) each(text []byte, found func(match []int)) {
	for at := 0; at < len(text); {
		if !s.begins[text[at]] {
			at++
			continue
		}
		match := s.re.FindSubmatchIndex(text[at:])
		if match == nil {
			at++
			continue
		}
		for i := range match {
			if match[i] >= 0 {
				match[i] += at
			}
		}
		found(match)
		at = match[1]
	}
}
