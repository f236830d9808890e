package pii

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	atWord  = `(?:at|ät|arroba|arobase|arobas|chiocciola|małpa|malpa|собака|собачка|snabel-?a|apenstaartje|et işareti|alfa krølle|zavináč|кукац)`
	dotWord = `(?:dot|punkt|punto|point|ponto|kropka|точка|nokta|punt|prick|tečka|крапка)`
	// A word for a sign stands in brackets or between spaces.
	bracketAt  = ` ?[\[({<] ?(?:@|` + atWord + `) ?[\])}>] ?`
	spokenAt   = ` ` + atWord + ` `
	writtenDot = `(?: ?[\[({<] ?(?:\.|` + dotWord + `) ?[\])}>] ?| ` + dotWord + ` | ?\. ?)`
	word       = `[\p{L}\p{N}](?:[\p{L}\p{N}_+-]*[\p{L}\p{N}])?`
	topLevel   = `(?:com|org|net|edu|gov|info|io|co|me|app|dev|eu|de|at|ch|fr|es|it|pt|br|nl|be|pl|se|no|dk|fi|cz|ru|рф|ua|tr|uk|us|ca|au|in|jp|cn|kr|mx|ar|cl|gr|hu|ro|ie|il|za|biz|xyz)`
)

var (
	emailPattern = pattern(`[\p{L}\p{N}][\p{L}\p{M}\p{N}._%+'-]*@(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{M}]{2,}`)
	// Addresses whose signs are spelled out, to hide them from programs or as they are said.
	bracketed = pattern(`(?i)` + word + `(?:(?:\.| ?[\[({] ?` + dotWord + ` ?[\])}] ?| ` + dotWord + ` )` + word + `)*` + bracketAt + word + `(?:` + writtenDot + word + `)+`)
	// jane@example[.]com
	bracketedDot = pattern(`(?i)` + word + `(?:\.` + word + `)*@` + word + `(?:\.` + word + `)*(?: ?[\[({<] ?(?:\.|` + dotWord + `) ?[\])}>] ?` + word + `)+`)
	spoken       = pattern(`(?i)` + word + `(?:(?:\.| ` + dotWord + ` )` + word + `)*` + spokenAt + word + `(?:(?:\.| ` + dotWord + ` )` + word + `)*(?:\.| ` + dotWord + ` )` + topLevel)
	spaced       = pattern(`(?i)` + word + `(?:\.` + word + `)* ?@ ?` + word + `(?: ?\. ?` + word + `)* ?[.,] ?` + topLevel)
	spokenDot    = pattern(`(?i) ` + dotWord + ` `)
	englishAt    = pattern(`(?i) at `)
	mailBefore   = pattern(`(?i)(?:mail|address|adresse|write to|contact|reach|schreib|correo|почт|пиш)[^.?!\x00]{0,20}$`)
	fileEnding   = pattern(`(?i)\.(?:png|jpe?g|gif|svg|webp|js|ts|css|py|go|md|txt|json)$`)
)

// notMailboxes stand before "at" in plain sentences: "look at example dot com".
var notMailboxes = wordSet(`work works working look looks looking me us is are was be it you him her them out login up in available found visit page site shop bought
	buy order ordered here there login signed arrive arrived meet start started stay live lives not still only now once anything something sale account read listed hosted posted seen`)

func findEmails(t *folded) (spans []span) {
	if t.counts['@'] > 0 {
		for _, m := range emailPattern().FindAllStringIndex(t.text, -1) {
			s := trimAddress(t.text, span{m[0], m[1]})
			if apart(t.text, s) && !fileEnding().MatchString(t.text[s.start:s.end]) { // icon@2x.png
				spans = append(spans, s)
			}
		}
		if strings.Contains(t.text, " @") || strings.Contains(t.text, "@ ") || t.counts[','] > 0 {
			spans = append(spans, matches(spaced(), t.text)...)
		}
	}
	if len(spans) > 0 {
		return spans // the next search looks for others
	}
	if t.marks&atMark == 0 && t.counts['@'] == 0 || t.marks&dotMark == 0 && !hasInnerDot(t.text) {
		return spans
	}
	if strings.ContainsAny(t.text, "([{<") {
		spans = append(spans, matches(bracketed(), t.text)...)
		if t.counts['@'] > 0 {
			spans = append(spans, matches(bracketedDot(), t.text)...)
		}
	}
	for _, s := range matches(spoken(), t.text) {
		if isSpoken(t.text, s) {
			spans = append(spans, s)
		}
	}
	return spans
}

// hasInnerDot is true of a text with a dot before a letter.
func hasInnerDot(text string) bool {
	for i := 1; i < len(text); i++ {
		if text[i-1] == '.' && text[i] != ' ' && text[i] != '.' {
			return true
		}
	}
	return false
}

// isSpoken tells an address from a sentence with "at" and the name of a site.
func isSpoken(text string, s span) bool {
	address := text[s.start:s.end]
	at := englishAt().FindStringIndex(address)
	if at == nil {
		return true // the other languages' words for the sign mean little else
	}
	local := strings.ToLower(address[:at[0]])
	if notMailboxes[local] {
		return false
	}
	return spokenDot().MatchString(address) || strings.Contains(address, " AT ") || strings.ContainsAny(local, "._0123456789") || mailBefore().MatchString(context(text, s.start))
}

// trimAddress cuts off the words of a script without spaces that touch an address in
// Latin letters.
func trimAddress(text string, s span) span {
	at := s.start + strings.LastIndexByte(text[s.start:s.end], '@')
	if r, _ := utf8.DecodeLastRuneInString(text[s.start:at]); r < utf8.RuneSelf {
		if i := strings.LastIndexFunc(text[s.start:at], isUnspaced); i >= 0 {
			_, size := utf8.DecodeRuneInString(text[s.start+i:])
			s.start += i + size
		}
	}
	dot := at + strings.LastIndexByte(text[at:s.end], '.')
	if first, _ := utf8.DecodeRuneInString(text[dot+1:]); first < utf8.RuneSelf && unicode.IsLetter(first) {
		if i := strings.IndexFunc(text[dot:s.end], isUnspaced); i > 2 {
			s.end = dot + i
		}
	}
	for s.start < at && strings.IndexByte("._%+'-", text[s.start]) >= 0 {
		s.start++
	}
	return s
}
