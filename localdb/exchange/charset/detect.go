package charset

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
)

// Guess is what was found out about a file's encoding.
type Guess struct {
	Encoding     Encoding
	Sureness     float64    // 0 to 1
	Alternatives []Encoding // others that fit nearly as well and give another text, the best first
}

// Doubtful says that a person should have a look.
func (g Guess) Doubtful() bool { return g.Sureness < 0.5 }

// Others lists the alternatives for people.
func (g Guess) Others() string { return list(g.Alternatives) }

const (
	maxVoice    = 4 << 10  // bytes that the detector is asked about, which takes it about 3 ms
	maxEvidence = 32 << 10 // bytes of lines beyond ASCII that are looked at
	secondVoice = 0.25     // how much the detector's word counts beside the plausibility of the text, which is at most 1
	clearLead   = 0.25     // the lead over all other encodings from which on there is no doubt
)

// Detect finds the encoding of a text by its beginning, which may be cut off inside a
// character.
func Detect(head []byte) Guess {
	switch {
	case bytes.HasPrefix(head, []byte(ByteOrderMark)) && isTwiceEncoded(head[len(ByteOrderMark):]):
		return Guess{Encoding: UTF8Twice, Sureness: 0.95, Alternatives: []Encoding{UTF8}}
	case bytes.HasPrefix(head, []byte(ByteOrderMark)):
		return Guess{Encoding: UTF8, Sureness: 1}
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE, 0, 0}):
		return Guess{Encoding: UTF32LE, Sureness: 1}
	case bytes.HasPrefix(head, []byte{0, 0, 0xFE, 0xFF}):
		return Guess{Encoding: UTF32BE, Sureness: 1}
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		return Guess{Encoding: UTF16LE, Sureness: 1}
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		return Guess{Encoding: UTF16BE, Sureness: 1}
	}
	if bytes.Contains(head, []byte("\x1B$B")) || bytes.Contains(head, []byte("\x1B$@")) { // it switches to JIS X 0208
		return Guess{Encoding: ISO2022JP, Sureness: 0.95}
	}
	if e, ok := unmarkedUTF16(head); ok {
		return Guess{Encoding: e, Sureness: 0.95}
	}
	if guess, ok := detectEBCDIC(head); ok {
		return guess
	}
	whole := head
	for i := 1; i < utf8.UTFMax && !utf8.Valid(whole) && len(whole) > 0; i++ { // the cut may fall inside a character
		whole = whole[:len(whole)-1]
	}
	if utf8.Valid(whole) && isTwiceEncoded(whole) {
		return Guess{Encoding: UTF8Twice, Sureness: 0.95, Alternatives: []Encoding{UTF8}}
	}
	if utf8.Valid(whole) {
		return Guess{Encoding: UTF8, Sureness: 0.99}
	}
	if mostlyUTF8(head) { // some lines are from another file
		return Guess{Encoding: UTF8, Sureness: 0.8}
	}
	return byPlausibility(evidence(head))
}

// unmarkedUTF16 looks at where the zero bytes fall: of UTF-16 without a mark they are all
// at even or all at odd places, since line breaks, commas and digits are ASCII in every
// language.
func unmarkedUTF16(head []byte) (Encoding, bool) {
	head = head[:len(head)&^1]
	var zeros [2]int
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	e, some, others := UTF16LE, zeros[1], zeros[0]
	if others > some {
		e, some, others = UTF16BE, others, some
	}
	if some < 2 || some <= 8*others {
		return "", false
	}
	if some > len(head)/20 {
		return e, true
	}
	text, ok := e.decode(head) // Chinese, Cyrillic and the like: few zeros
	return e, ok && plausibility(text, anyScript) > 0.2
}

// mostlyUTF8 tells whether at least as many lines beyond ASCII are UTF-8 as are not.
func mostlyUTF8(text []byte) bool {
	valid, others := 0, 0
	for line := range bytes.Lines(text) {
		switch {
		case BeyondASCII(line) < 0:
		case utf8.Valid(line):
			valid++
		default:
			others++
		}
	}
	return valid >= others && valid > 0
}

// evidence picks the whole lines that have more than ASCII.
func evidence(head []byte) []byte {
	var picked []byte
	cut := bytes.LastIndexByte(head, '\n') + 1
	if cut == 0 {
		cut = len(head)
	}
	for line := range bytes.Lines(head[:cut]) {
		if !ASCII(line) && len(picked)+len(line) <= maxEvidence {
			picked = append(picked, line...)
		}
	}
	if picked == nil {
		picked = head[:min(len(head), maxEvidence)]
	}
	return picked
}

// reading is a text decoded by one of the candidates.
type reading struct {
	Encoding
	text  string
	score float64
}

// byPlausibility decodes a text by every encoding, and takes the one that makes words of
// it. Where that leaves a doubt, a detector that knows the frequencies of letters in
// languages has a say.
func byPlausibility(text []byte) Guess {
	var all []reading
	for _, c := range candidates {
		decoded, ok := c.decode(text)
		if !ok && len(text) > 1 { // the last character may be cut off
			decoded, ok = c.decode(text[:len(text)-1])
		}
		if ok {
			all = append(all, reading{c.Encoding, decoded, plausibility(decoded, c.letters)})
		}
	}
	if len(all) == 0 {
		return Guess{Encoding: Windows1252}
	}
	guess := best(all)
	if guess.Sureness > 0.8 {
		return guess
	}
	for _, r := range chardet.DetectAll(text[:min(len(text), maxVoice)]) {
		e, err := Parse(r.Encoding)
		for i := range all {
			if err == nil && all[i].Encoding == e {
				all[i].score += secondVoice * r.Confidence
			}
		}
	}
	return best(all)
}

// best takes the reading with the highest score. It is the less sure the nearer another
// one is that gives another text.
func best(all []reading) Guess {
	slices.SortStableFunc(all, func(a, b reading) int { return cmp.Compare(b.score, a.score) })
	first := all[0]
	guess := Guess{Encoding: first.Encoding, Sureness: min(max(0.35+first.score/2, 0), 0.95)}
	for _, other := range all[1:] {
		if strings.TrimSpace(other.text) == strings.TrimSpace(first.text) || len(guess.Alternatives) == 3 {
			continue
		}
		if lead := first.score - other.score; lead < clearLead {
			guess.Alternatives = append(guess.Alternatives, other.Encoding)
			guess.Sureness = min(guess.Sureness, 0.35+lead/clearLead*0.5)
		}
	}
	return guess
}
