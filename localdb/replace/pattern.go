// Package replace finds and replaces text in the messages of a dataset.
package replace

import (
	"bytes"
	"regexp"
	"regexp/syntax"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"seedbed/assets/i18n"
	"seedbed/localdb/rowindex"
)

// Search is what to look for and what takes its place.
type Search struct {
	Find, Replace string
	// Regexp has Find read as a regular expression of RE2
	// (https://github.com/google/re2/wiki/Syntax), and $1, ${1} and ${name} in Replace as its
	// groups; $$ is a dollar sign.
	Regexp bool
	// WholeWords finds only what has no letter, digit, mark or underscore beside it that would
	// continue its first or last word.
	WholeWords bool
	MatchCase  bool
}

// Pattern is a Search that is ready for use.
type Pattern struct {
	search   Search
	needle   []rune         // folded; of a text without regular expression
	exact    []byte         // the needle where upper and lower case differ; else nil
	begins   [256]bool      // the bytes that the needle can begin with
	pattern  *regexp.Regexp // nil for a text
	starts   *starts        // of the pattern, nil where none are known
	template []byte         // what regexp.Expand takes
	literal  string         // a part of every text with a match, folded; "" where none is known
}

// Compile prepares a search. Errors are for people.
func Compile(s Search) (*Pattern, error) {
	if s.Find == "" {
		return nil, i18n.Error("type what to look for")
	}
	if !utf8.ValidString(s.Find) || !utf8.ValidString(s.Replace) || strings.ContainsRune(s.Find+s.Replace, 0) {
		return nil, i18n.Error("what to look for and what to put there must be text")
	}
	if !s.Regexp {
		p := &Pattern{search: s, literal: rowindex.Fold(s.Find)}
		for _, r := range s.Find {
			p.needle = append(p.needle, p.fold(r))
		}
		p.findBegins()
		return p, nil
	}
	flags := ""
	if !s.MatchCase {
		flags = "(?i)"
	}
	re, err := regexp.Compile(flags + s.Find)
	if err != nil {
		return nil, explain(err)
	}
	p := &Pattern{search: s, pattern: re, starts: newStarts(re)}
	if p.template, err = template(s.Replace, re); err != nil {
		return nil, err
	}
	if parsed, err := syntax.Parse(re.String(), syntax.Perl); err == nil {
		p.literal = rowindex.Fold(required(parsed))
	}
	return p, nil
}

// explain puts what is wrong with a regular expression into words.
func explain(err error) error {
	fault, ok := err.(*syntax.Error) //nolint:errorlint // regexp returns it as it is
	if !ok {
		return i18n.Error("the pattern can't be read: {{.Cause}}", i18n.Values{"Cause": err})
	}
	reasons := map[syntax.ErrorCode]i18n.Text{
		syntax.ErrMissingBracket:        i18n.T("a [ has no ] that closes it"),
		syntax.ErrMissingParen:          i18n.T("a ( has no ) that closes it"),
		syntax.ErrUnexpectedParen:       i18n.T("a ) has no ( that opens it"),
		syntax.ErrMissingRepeatArgument: i18n.T("a *, + or ? has nothing before it to repeat"),
		syntax.ErrInvalidRepeatOp:       i18n.T("two repetitions stand one after the other"),
		syntax.ErrInvalidRepeatSize:     i18n.T("a repetition such as {2,5} is out of order or above 1000"),
		syntax.ErrTrailingBackslash:     i18n.T(`a \ at the end has nothing after it`),
		syntax.ErrInvalidEscape:         i18n.T(`a letter after \ has no meaning`),
		syntax.ErrInvalidCharRange:      i18n.T("a range between [ and ] is out of order"),
		syntax.ErrInvalidPerlOp:         i18n.T("what follows (? is not known; there is no looking ahead or behind"),
	}
	reason, known := reasons[fault.Code]
	if !known {
		reason = i18n.T("a part of it has no meaning")
	}
	return i18n.Error("the pattern can't be read: {{.Reason}} ({{.Part}}). To look for signs such as ( or * as they are, turn the regular expression off", i18n.Values{"Reason": reason, "Part": strings.TrimPrefix(fault.Expr, "(?i)")})
}

var reference = regexp.MustCompile(`\$(?:\$|(\d+)|\{(\w+)\}|)`)

// template is a replacement as regexp.Expand takes it, for which $1x would be the group "1x".
func template(replacement string, re *regexp.Regexp) ([]byte, error) {
	var problem error
	expanded := reference.ReplaceAllStringFunc(replacement, func(found string) string {
		m := reference.FindStringSubmatch(found)
		name := m[1] + m[2]
		if name == "" {
			return "$$"
		}
		number, err := strconv.Atoi(name)
		if err == nil && number > re.NumSubexp() || err != nil && re.SubexpIndex(name) < 0 {
			problem = i18n.Error("the replacement has {{.Group}}, but the pattern has no such group; it has {{.N}}", i18n.Values{"Group": found, "N": re.NumSubexp()})
		}
		return "${" + name + "}"
	})
	return []byte(expanded), problem
}

// required is the longest text that each match of an expression has; "" where none is known.
func required(re *syntax.Regexp) (longest string) {
	switch re.Op {
	case syntax.OpLiteral:
		return string(re.Rune)
	case syntax.OpRepeat:
		if re.Min == 0 {
			return ""
		}
		return required(re.Sub[0])
	case syntax.OpCapture, syntax.OpPlus, syntax.OpConcat:
		for _, sub := range re.Sub {
			if part := required(sub); len(part) > len(longest) {
				longest = part
			}
		}
	}
	return longest
}

// fold is a letter as it is compared: the smallest of those that differ in case alone.
func (p *Pattern) fold(r rune) rune {
	if p.search.MatchCase {
		return r
	}
	if r < utf8.RuneSelf && r != 'k' && r != 's' { // the Kelvin sign is a k, and the long s an s
		if 'a' <= r && r <= 'z' {
			r -= 'a' - 'A'
		}
		return r
	}
	smallest := r
	for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
		smallest = min(smallest, other)
	}
	return smallest
}

// each calls found with the place of each match and, for a regular expression, of its groups.
func (p *Pattern) each(text []byte, found func(match []int)) {
	if p.starts != nil {
		p.starts.each(text, func(match []int) {
			if p.whole(text, match[0], match[1]) {
				found(match)
			}
		})
		return
	}
	if p.pattern != nil {
		for _, match := range p.pattern.FindAllSubmatchIndex(text, -1) {
			if p.whole(text, match[0], match[1]) {
				found(match)
			}
		}
		return
	}
	var match [2]int
	for at := p.next(text, 0); at < len(text); at = p.next(text, at) {
		end := p.matchesAt(text, at)
		if end < 0 || !p.whole(text, at, end) {
			_, size := decode(text[at:])
			at += size
			continue
		}
		match = [2]int{at, end}
		found(match[:])
		at = end
	}
}

// findBegins prepares next.
func (p *Pattern) findBegins() {
	if p.search.MatchCase && !strings.ContainsRune(p.search.Find, utf8.RuneError) {
		p.exact = []byte(p.search.Find)
	}
	for b := range p.begins {
		p.begins[b] = b < utf8.RuneSelf && p.fold(rune(b)) == p.needle[0] ||
			b >= utf8.RuneSelf && (utf8.RuneStart(byte(b)) || p.needle[0] == utf8.RuneError)
	}
}

// next is the first place from at on where the needle may be; the end of the text where there is
// none.
func (p *Pattern) next(text []byte, at int) int {
	if p.exact != nil {
		if found := bytes.Index(text[at:], p.exact); found >= 0 {
			return at + found
		}
		return len(text)
	}
	for at < len(text) && !p.begins[text[at]] {
		at++
	}
	return at
}

func decode(text []byte) (rune, int) {
	if text[0] < utf8.RuneSelf {
		return rune(text[0]), 1
	}
	return utf8.DecodeRune(text)
}

// matchesAt returns where the needle ends that begins at a place; -1 where it doesn't.
func (p *Pattern) matchesAt(text []byte, at int) int {
	for _, want := range p.needle {
		if at == len(text) {
			return -1
		}
		r, size := decode(text[at:])
		if p.fold(r) != want {
			return -1
		}
		at += size
	}
	return at
}

// whole reports whether a match begins and ends where words do, if that is asked for.
func (p *Pattern) whole(text []byte, start, end int) bool {
	if !p.search.WholeWords {
		return true
	}
	if start == end {
		return false
	}
	before, _ := utf8.DecodeLastRune(text[:start])
	first, _ := utf8.DecodeRune(text[start:end])
	last, _ := utf8.DecodeLastRune(text[start:end])
	after, _ := utf8.DecodeRune(text[end:])
	goesOnBefore := start > 0 && isWord(before) && isWord(first)
	goesOnAfter := end < len(text) && isWord(last) && isWord(after)
	return !goesOnBefore && !goesOnAfter
}

func isWord(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// appendReplaced appends the text with its matches replaced, and returns how many there are.
func (p *Pattern) appendReplaced(dst, text []byte) (_ []byte, matches int) {
	from := 0
	p.each(text, func(match []int) {
		dst = append(dst, text[from:match[0]]...)
		dst = p.appendReplacement(dst, text, match)
		from = match[1]
		matches++
	})
	return append(dst, text[from:]...), matches
}

func (p *Pattern) appendReplacement(dst, text []byte, match []int) []byte {
	if p.pattern == nil {
		return append(dst, p.search.Replace...)
	}
	return p.pattern.Expand(dst, p.template, text, match)
}

// Replace returns a text with its matches replaced.
func (p *Pattern) Replace(text string) string {
	replaced, _ := p.appendReplaced(nil, []byte(text))
	return string(replaced)
}

// Piece is a part of a text.
type Piece struct {
	Text    string
	Changed bool // it is a match, or what took its place
}

// Pieces are a text before and after, cut where it changes.
func (p *Pattern) Pieces(text string) (before, after []Piece) {
	from := 0
	add := func(list *[]Piece, text string, changed bool) {
		if text != "" {
			*list = append(*list, Piece{text, changed})
		}
	}
	p.each([]byte(text), func(match []int) {
		same := text[from:match[0]]
		add(&before, same, false)
		add(&after, same, false)
		add(&before, text[match[0]:match[1]], true)
		add(&after, string(p.appendReplacement(nil, []byte(text), match)), true)
		from = match[1]
	})
	add(&before, text[from:], false)
	add(&after, text[from:], false)
	return before, after
}
