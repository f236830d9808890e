package replace

import (
	"regexp"
	"regexp/syntax"
	"unicode/utf8"
)

// starts finds the matches of a regular expression from where they can begin, which tables of
// their first two bytes tell. The package regexp tries every place of a text, which takes
// several times as long.
type starts struct {
	first  [256]bool
	second *[256]bool     // nil where anything can follow, or nothing
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
	takes, ends := taking(prog, uint32(prog.Start))
	if ends {
		return nil
	}
	s := &starts{second: &[256]bool{}}
	addBytes(&s.first, takes)
	for _, inst := range takes {
		after, ends := taking(prog, inst.Out)
		if ends {
			s.second = nil
			break
		}
		addBytes(s.second, after)
	}
	for b := utf8.RuneSelf; b < len(s.first); b++ {
		s.first[b] = utf8.RuneStart(byte(b))
		if s.second != nil {
			s.second[b] = true
		}
	}
	s.re, err = regexp.Compile(`\A(?:` + re.String() + `)`)
	if err != nil {
		return nil
	}
	return s
}

// taking returns the instructions that take the next character from a place of a program on,
// and whether it can end there without one.
func taking(prog *syntax.Prog, from uint32) (list []*syntax.Inst, ends bool) {
	seen := make([]bool, len(prog.Inst))
	var follow func(at uint32)
	follow = func(at uint32) {
		if seen[at] {
			return
		}
		seen[at] = true
		switch inst := &prog.Inst[at]; inst.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			follow(inst.Out)
			follow(inst.Arg)
		case syntax.InstCapture, syntax.InstNop:
			follow(inst.Out)
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
			list = append(list, inst)
		case syntax.InstMatch:
			ends = true
		}
	}
	follow(from)
	return list, ends
}

// addBytes adds the characters of ASCII that instructions take.
func addBytes(to *[256]bool, takes []*syntax.Inst) {
	for _, inst := range takes {
		for r := range rune(utf8.RuneSelf) {
			to[r] = to[r] || inst.MatchRune(r)
		}
	}
}

// canBegin reports whether a match may begin at a place.
func (s *starts) canBegin(text []byte, at int) bool {
	if !s.first[text[at]] {
		return false
	}
	return s.second == nil || at+1 < len(text) && s.second[text[at+1]]
}

// each calls found with the place of each match and its groups.
func (s *starts) each(text []byte, found func(match []int)) {
	for at := 0; at < len(text); {
		if !s.canBegin(text, at) {
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
