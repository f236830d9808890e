package pii

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A mark is the beginning of a word without which some detail can't be in a text. One
// pass over a text finds all its marks, so that most texts are spared the patterns.
type mark uint8

const (
	atMark      mark = 1 << iota // a spelled-out @
	dotMark                      // a spelled-out dot
	tokenMark                    // the beginning of a service's key
	secretMark                   // "password"
	networkMark                  // a network on which people have accounts
	idMark                       // a national identity number
)

type markWord struct {
	mark mark
	text string
}

// markWords are by their first three bytes, with small and with capital letters.
var markWords = parseMarks(map[mark][]string{
	atMark: {
		"at ", "at)", "at]", "at}", "at>", "ät ", "ät)", "ät]", "ät}", "arroba", "arobas", "chiocciola", "małpa", "malpa", "собак", "snabel", "apenstaart",
		"et işareti", "alfa krølle", "zavináč", "кукац",
	},
	dotMark: {"dot", "punkt", "punto", "point", "ponto", "kropka", "точка", "nokta", "punt", "prick", "tečka", "крапка"},
	tokenMark: {
		"eyJ", "sk-", "pk-", "rk-", "sk_", "pk_", "rk_", "gho_", "ghp_", "ghs_", "ghu_", "ghr_", "github_pat", "glpat-", "AKIA", "ASIA", "AROA", "AIDA",
		"xox", "xapp-", "AIza", "ya29.", "npm_", "pypi-", "hf_", "SG.", "dop_v1_", "shpat", "shpss", "EAA", "bearer", "basic",
	},
	secretMark:  secretWords,
	networkMark: {"insta", "ig:", "ig ", "ig=", "snap", "tele", "теле", "discord", "twitter", "tiktok", "skype", "wechat", "微信", "line id", "kakao", "카카오톡", "카톡", "qq ", "qq:", "qq号", "qq是", "twitch", "steam", "mastodon", "вконтакте"},
	idMark:      wordsOf(idTopic),
})

// markStarts are the first two bytes of all mark words; looking there first is faster.
var markStarts = func() (starts [1 << 16]bool) {
	for key := range markWords {
		starts[int(key[0])<<8|int(key[1])] = true
	}
	return starts
}()

func parseMarks(lists map[mark][]string) map[[3]byte][]markWord {
	words := map[[3]byte][]markWord{}
	for m, list := range lists {
		for _, text := range list {
			for _, key := range markKeys(text) {
				words[key] = append(words[key], markWord{m, text})
			}
		}
	}
	return words
}

// markKeys are the three bytes that a word begins with: as they are, and with a first
// capital or all capitals where those are not ASCII.
func markKeys(text string) (keys [][3]byte) {
	first, size := utf8.DecodeRuneInString(text)
	for _, s := range []string{text, string(unicode.ToUpper(first)) + text[size:], strings.ToUpper(text)} {
		key := markKey(s)
		if len(keys) == 0 || key != keys[len(keys)-1] {
			keys = append(keys, key)
		}
	}
	return keys
}

func markKey(text string) [3]byte {
	return [3]byte{lowerByte(text[0]), lowerByte(text[1]), lowerByte(text[2])}
}

func lowerByte(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		c |= 0x20
	}
	return c
}

// marksIn returns the marks in a text.
func marksIn(text string) (found mark) {
	letter, wide := false, false // before
	for i := 0; i+3 <= len(text); i++ {
		c := text[i]
		// A word begins behind what is no letter, or anywhere where three bytes make
		// a character.
		if (!letter && c > ' ' || c >= 0xe0) && markStarts[int(lowerByte(c))<<8|int(lowerByte(text[i+1]))] {
			for _, w := range markWords[markKey(text[i:])] {
				if end := i + len(w.text); found&w.mark == 0 && (end <= len(text) && strings.EqualFold(text[i:end], w.text)) {
					found |= w.mark
				}
			}
		}
		wide = c >= 0xe0 || wide && c >= 0x80
		letter = c >= 0x80 && !wide || lowerByte(c) >= 'a' && lowerByte(c) <= 'z'
	}
	return found
}
