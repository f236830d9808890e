// Package visible shows text that others wrote: what a terminal or a text layout would act
// on, or not show at all, becomes a sign that can be read.
package visible

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// kind is what a character does instead of being seen.
type kind int

const (
	ordinary  kind = iota
	lineBreak      // \n and \r
	tab
	control   // moves the cursor, colours, deletes, rings
	direction // turns the order of what follows around, or ends a line
	invisible // has no width
)

// names are the usual ones of characters without a picture of their own.
var names = map[rune]string{
	0x00ad: "SHY", 0x061c: "ALM", 0x180e: "MVS", 0x200b: "ZWSP", 0x200c: "ZWNJ", 0x200d: "ZWJ", 0x200e: "LRM", 0x200f: "RLM", 0x2028: "LS", 0x2029: "PS",
	0x202a: "LRE", 0x202b: "RLE", 0x202c: "PDF", 0x202d: "LRO", 0x202e: "RLO", 0x2060: "WJ", 0x2066: "LRI", 0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI", 0xfeff: "BOM",
}

const (
	zeroWidthNonJoiner = 0x200c
	zeroWidthJoiner    = 0x200d
	blackFlag          = 0x1f3f4
)

// kindOf is what a character does, whatever stands around it.
func kindOf(r rune) kind {
	switch {
	case r == '\n' || r == '\r':
		return lineBreak
	case r == '\t':
		return tab
	case r < ' ' || r >= 0x7f && r < 0xa0:
		return control
	case r < 0xad:
		return ordinary
	case r == 0x061c, r == 0x200e, r == 0x200f, r >= 0x2028 && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return direction
	case r == 0xad, r == 0x034f, r == 0x115f, r == 0x1160, r == 0x17b4, r == 0x17b5, r == 0x180e, r >= 0x200b && r <= 0x200d, r >= 0x2060 && r <= 0x2064,
		r >= 0x206a && r <= 0x206f, r == 0x3164, r == 0xfeff, r == 0xffa0, r >= 0xfff9 && r <= 0xfffb, r >= 0x1d173 && r <= 0x1d17a, r >= 0xe0000 && r < 0xe0100:
		return invisible
	}
	return ordinary
}

func isSelector(r rune) bool { return r >= 0xfe00 && r <= 0xfe0f || r >= 0xe0100 && r <= 0xe01ef }

// scan gives the characters of a text with what each does. Joiners between letters that
// they join, the selector after an emoji and the flags of parts of a country are ordinary.
func scan(text string, visit func(r rune, k kind)) {
	before := rune(0)
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == blackFlag {
			if flag := flagOf(text[i:]); flag != "" {
				for _, part := range flag {
					visit(part, ordinary)
				}
				i, before = i+len(flag), r
				continue
			}
		}
		k := kindOf(r)
		switch {
		case r == zeroWidthJoiner || r == zeroWidthNonJoiner:
			if next, _ := utf8.DecodeRuneInString(text[i+size:]); joins(before) && joins(next) {
				k = ordinary
			}
		case isSelector(r) && (before < 0x80 && !strings.ContainsRune("#*0123456789", before) || isSelector(before)):
			k = invisible // a second one has nothing to select
		}
		visit(r, k)
		before, i = r, i+size
	}
}

// joins reports whether joiners mean something beside a character: in the scripts from
// Arabic on, and between emoji.
func joins(r rune) bool {
	return r >= 0x0600 && r != utf8.RuneError && kindOf(r) == ordinary && (r < 0x2000 || r > 0x206f)
}

// flagOf is the flag that a text begins with: England, Scotland or Wales, the only ones
// that are made of tag characters.
func flagOf(text string) string {
	for _, region := range []string{"gbeng", "gbsct", "gbwls"} {
		flag := string(rune(blackFlag))
		for _, r := range region {
			flag += string(0xe0000 + r)
		}
		if flag += string(rune(0xe007f)); strings.HasPrefix(text, flag) {
			return flag
		}
	}
	return ""
}

// sign is what stands for a character.
func sign(r rune) string {
	switch name := names[r]; {
	case r < ' ':
		return string(0x2400 + r)
	case r == 0x7f:
		return "␡"
	case name != "":
		return "⟦" + name + "⟧"
	case r > 0xe0020 && r < 0xe007f:
		return "⟦TAG " + string(r-0xe0000) + "⟧"
	}
	return fmt.Sprintf("⟦U+%04X⟧", r)
}

// show replaces the characters of the kinds for which sign gives something.
func show(text string, replace func(r rune, k kind) (string, bool)) string {
	if plain(text) {
		return text
	}
	var b strings.Builder
	scan(text, func(r rune, k kind) {
		if k != ordinary {
			if instead, ok := replace(r, k); ok {
				b.WriteString(instead)
				return
			}
		}
		b.WriteRune(r) // bytes that are no UTF-8 become U+FFFD
	})
	return b.String()
}

// plain reports whether a text is nothing but printable ASCII.
func plain(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] >= 0x7f {
			return false
		}
	}
	return true
}

// Line shows a text in one line, with a sign for everything that can't be seen. Line breaks
// become ↵.
func Line(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return show(text, func(r rune, k kind) (string, bool) {
		switch k {
		case lineBreak:
			return "↵", true
		case tab:
			return " ", true
		}
		return sign(r), true
	})
}

// Lines shows a text with its line breaks and tabs.
func Lines(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return show(text, func(r rune, k kind) (string, bool) {
		if k == tab || r == '\n' {
			return "", false
		}
		return sign(r), true
	})
}

// Message shows a message in one line; characters without a width stay as they are, since
// most are left over from copying. See [Hidden].
func Message(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return show(text, func(r rune, k kind) (string, bool) {
		switch k {
		case lineBreak:
			return "↵", true
		case tab:
			return " ", true
		case invisible:
			return "", false
		}
		return sign(r), true
	})
}

// Hidden returns the signs of all characters in a text that can't be seen, in their order,
// line breaks and tabs aside.
func Hidden(text string) (signs []string) {
	if plain(text) {
		return nil
	}
	scan(text, func(r rune, k kind) {
		if k == control || k == direction || k == invisible {
			signs = append(signs, sign(r))
		}
	})
	return signs
}

// Clean is a text without the characters that [Hidden] finds. The separators of lines and
// paragraphs become line breaks.
func Clean(text string) string {
	return show(text, func(r rune, k kind) (string, bool) {
		switch {
		case r == 0x2028 || r == 0x2029:
			return "\n", true
		case k == lineBreak || k == tab:
			return "", false
		}
		return "", true
	})
}

// JSON is JSON with everything in it escaped that can't be seen, which changes nothing of
// what it says: a terminal shows it as it is.
func JSON(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r >= 0x7f && kindOf(r) != ordinary }) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case r < 0x7f || kindOf(r) == ordinary:
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}
