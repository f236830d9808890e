package chat

import (
	_ "embed" // WhatsApp's own words
	"strings"
	"sync"

	"golang.org/x/text/unicode/norm"

	"seedbed/localdb/exchange"
)

//go:embed whatsapp_words.txt
var whatsAppWordList string

// ownWords are what WhatsApp itself writes, by kind: "whole", "start", "attached" and
// "edited".
var ownWords = sync.OnceValue(func() map[string]map[string]bool { return readWordList(whatsAppWordList) })

func readWordList(list string) map[string]map[string]bool {
	kinds := map[string]map[string]bool{}
	var kind map[string]bool
	for line := range strings.Lines(list) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			kind = map[string]bool{}
			kinds[strings.Trim(line, "[]")] = kind
		default:
			for phrase := range strings.SplitSeq(line, "|") {
				kind[plainWords(phrase)] = true
			}
		}
	}
	return kinds
}

var withoutMarks = strings.NewReplacer(pairsOf(marks)...)

func pairsOf(marks string) (pairs []string) {
	for _, r := range marks {
		pairs = append(pairs, string(r), "")
	}
	return append(pairs, "\u00A0", " ", "\u202F", " ", "’", "'", "‘", "'", "ʻ", "'")
}

// plainWords writes a phrase so that it can be compared: in lower case, without marks,
// brackets around and punctuation at the end.
func plainWords(phrase string) string {
	plain := strings.ToLower(norm.NFC.String(withoutMarks.Replace(phrase)))
	return strings.Join(strings.Fields(strings.Trim(plain, " <>.!…。।۔:_🚫")), " ")
}

// the forms of WhatsApp's own words that are the same in every language.
var (
	bracketed = exchange.Pattern(`^<[^<>\n]{2,80}>$`)
	tagLike   = exchange.Pattern(`^</?[a-zA-Z][\w-]*(?:\s+[\w-]+=.*)?\s*/?>$`)
	// IMG-20240105-WA0001.jpg (file attached)
	mediaName = exchange.Pattern(`^(?:IMG|VID|PTT|AUD|STK|DOC|GIF)-\d{8}-WA\d+\.?\w* \([^()\n]+\)$`)
	fileName  = exchange.Pattern(`^.{1,200}\.\w{1,5} \(([^()\n]{2,60})\)$`)
	// <attached: 00000001-PHOTO-2024-01-05-12-00-00.jpg>
	attachedName = exchange.Pattern(`^<([^<>:：\n]{2,40})[:：]\s?[^<>\n]+\.\w{1,5}>$`)
	pageCount    = exchange.Pattern(`^\d+ \p{L}[\p{L}\p{M}]*$`)
	location     = exchange.Pattern(`^(?:[^:\n]{1,60}[:：]\s?)?https?://(?:maps\.google\.com/\?q=|(?:www\.)?foursquare\.com/v/)\S*$`)
	place        = exchange.Pattern(`^.{1,200}(?:\n.{0,200})?\s?https?://(?:www\.)?foursquare\.com/v/\S*$`)
	pollOption   = exchange.Pattern(`(?m)^[^:\n]{2,30}: .* \([^()\n]*\d[^()\n]*\)\s*$`)
	pollTitle    = exchange.Pattern(`^[\p{L}\p{M} ]{3,30}[:：]\s*\n`)
	bareFile     = exchange.Pattern(`^\S.{0,200}\.\w{2,5}(?: •)?$`)
)

// ownMessage tells whether a message is WhatsApp's own words as a whole.
func (v *survey) ownMessage(message string) bool {
	plain := plainWords(exchange.Beginning(message, 300))
	if ownWords()["whole"][plain] {
		return true
	}
	if startsOwn(plain) {
		return true
	}
	shown := strings.TrimSpace(withoutMarks.Replace(message))
	switch {
	case strings.HasPrefix(shown, "<"):
		return bracketed().MatchString(shown) && (!tagLike().MatchString(shown) || v.recurs[plain] > 2)
	case strings.Contains(shown, "maps.google.com") || strings.Contains(shown, "foursquare.com"):
		return location().MatchString(shown) || place().MatchString(shown)
	}
	return pollTitle().MatchString(shown) && len(pollOption().FindAllString(shown, -1)) >= 2
}

// startsOwn tells whether a phrase in plain words starts as a notice of WhatsApp does.
func startsOwn(plain string) bool {
	for start := range ownWords()["start"] {
		if strings.HasPrefix(plain, start) {
			return true
		}
	}
	return false
}

// attachment tells whether a line names a file that was sent.
func (v *survey) attachment(line string) bool {
	shown := strings.TrimSpace(withoutMarks.Replace(line))
	if mediaName().MatchString(shown) || attachedName().MatchString(shown) {
		return true
	}
	m := fileName().FindStringSubmatch(shown)
	return m != nil && (ownWords()["attached"][plainWords(m[1])] || v.recurs["("+plainWords(m[1])+")"] > 2)
}

// maxOwn bounds what WhatsApp itself writes behind a text, in bytes.
const maxOwn = 500

// written gives what a person wrote in a message, without what WhatsApp added to it; ""
// where that is all.
func (v *survey) written(message string) string {
	message = v.withoutEdited(message)
	first, rest, _ := strings.Cut(message, "\n")
	if v.attachment(first) { // with what was written below it, on Android
		name := strings.TrimSpace(withoutMarks.Replace(first))
		name = strings.TrimSpace(name[:strings.LastIndexAny(name, "(<")])
		if rest = clean(rest); rest == name || rest+extension(name) == name {
			return ""
		}
		return rest
	}
	if v.ownMessage(message) {
		return ""
	}
	if media := plainWords(exchange.Beginning(first, 300)); rest != "" && strings.HasPrefix(first, "<") && ownWords()["whole"][media] {
		return v.captionOf(rest)
	}
	// On iPhones WhatsApp's own words have a mark before them.
	for at := lastMark(message); at > 0 && len(message)-at < maxOwn; at = lastMark(message[:at]) {
		if tail := message[at:]; v.attachment(tail) || v.ownMessage(tail) {
			return v.captionOf(message[:at])
		}
	}
	return clean(message)
}

// captionOf is what a person wrote before the name of a file; the name of a document with
// its pages was not written.
func (v *survey) captionOf(text string) string {
	if document, pages, ok := strings.Cut(text, "•"); ok && pageCount().MatchString(clean(pages)) {
		text = document
	}
	text = clean(text)
	if bareFile().MatchString(text) || strings.HasSuffix(text, "•") {
		return ""
	}
	return v.written(text)
}

// withoutEdited takes the remark off that a message was edited.
func (v *survey) withoutEdited(message string) string {
	trimmed := strings.TrimRight(message, marks+" \u00A0")
	at := strings.LastIndex(trimmed, "<")
	if !strings.HasSuffix(trimmed, ">") || at < 1 || strings.ContainsAny(trimmed[at:], "\n:") {
		return message
	}
	before := trimmed[:at]
	remark := plainWords(trimmed[at:])
	marked := strings.HasSuffix(before, "\u200E") || strings.HasSuffix(before, "\u200F")
	if clean(before) != "" && (marked || ownWords()["edited"][remark] || v.recurs[remark] > 2 && strings.Contains(remark, " ")) {
		return before
	}
	return message
}

// clean takes off the marks around what a person wrote.
func clean(message string) string {
	return strings.TrimSpace(strings.Trim(strings.TrimSpace(message), "\uFEFF\u200E\u200F"))
}

func extension(name string) string {
	if at := strings.LastIndexByte(name, '.'); at >= 0 {
		return name[at:]
	}
	return ""
}

// directed tells whether a text starts with a mark for its direction.
func directed(text string) bool {
	text = strings.TrimPrefix(text, "\uFEFF")
	return strings.HasPrefix(text, "\u200E") || strings.HasPrefix(text, "\u200F")
}

// lastMark and nextMark find such marks in a text.
func lastMark(text string) int { return strings.LastIndexAny(text, "\u200E\u200F") }

func nextMark(text string) int { return strings.IndexAny(text, "\u200E\u200F") }
