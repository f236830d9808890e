package pii

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	handlePattern  = pattern(`@[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_.-]*[\p{L}\p{M}\p{N}_])?`)
	redditPattern  = pattern(`/?\bu/[A-Za-z0-9_-]{3,20}`)
	discordPattern = pattern(`[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_.-]{0,30}[\p{L}\p{M}\p{N}_])?#\d{4}`)
	// accountPattern is a name behind the name of a network.
	accountPattern = pattern(`(?i)(?:instagram|insta|\big|snapchat|\bsnap|telegram|телеграм\p{L}*|телега|discord|twitter|tiktok|skype|wechat|微信号|微信|line id|kakao|카카오톡|카톡|twitch|steam|mastodon|вконтакте)` +
		`(?: ?(?:account|handle|user ?name|name|nick|id|tag|아이디|号|帐号|账号))?(?: ?[:=] ?| is | ist | es | est |は|是|는 | )["']?([\p{L}_][\p{L}\p{N}_.-]{2,30}[\p{L}\p{N}_])`)
)

var (
	saysIs    = pattern(` (?:is|ist|es|est) ["']?$`)
	qqPattern = pattern(`(?i)qq(?:号码?|是)? ?:? ?([1-9]\d{4,10})\b`)
)

// notHandles stand behind an @ in code, styles, chats and hasty English.
var notHandles = wordSet(`abstractmethod all app apply author autowired bean before after cached_property channel charset
	classmethod component container controller dataclass decorator deprecated entity everyone example
	font-face functools getmapping here home import include injectable input interface keyframes
	latest layer least media mixin mock module night nonnull nullable office output override
	page param patch postmapping property pytest repository requestmapping return returns rules school
	see service setter since staticmethod supports table test throws todo transactional type
	typedef use version work support admin staff mods moderators team online alle todos tous tutti iedereen wszyscy herkes все канал所有人 所有人 全体 全員 모두 الجميع`)

// notNicknames stand before a # and four digits.
var notNicknames = wordSet(`issue issues bug pr mr ticket order case item no number nr n part chapter episode ep room gate track season task story model error build section page figure table
	invoice ref lot unit apt suite bestellung auftrag rechnung fall commande pedido caso ordine factura заказ тикет`)

// findHandles finds names of users: behind an @, as on Reddit and Discord, and behind
// the name of a network.
func findHandles(t *folded) (spans []span) {
	if t.counts['@'] > 0 {
		spans = mentions(t.text)
	}
	if strings.Contains(t.text, "u/") {
		for _, s := range matches(redditPattern(), t.text) {
			if before, _ := utf8.DecodeLastRuneInString(t.text[:s.start]); s.start == 0 || !strings.ContainsRune("/.:@=-~", before) {
				spans = append(spans, s)
			}
		}
	}
	if t.counts['#'] > 0 && t.digits >= 4 {
		for _, s := range matches(discordPattern(), t.text) {
			name, _, _ := strings.Cut(strings.ToLower(t.text[s.start:s.end]), "#")
			if utf8.RuneCountInString(name) >= 2 && strings.ContainsFunc(name, unicode.IsLetter) && !notNicknames[name] && nearestTopic(name) != referenceTopic {
				spans = append(spans, s)
			}
		}
	}
	for _, s := range accounts(t) {
		if !strings.HasSuffix(t.text[:s.start], "@") {
			spans = append(spans, s)
		}
	}
	return spans
}

// mentions finds names behind an @, but not times ("@5pm"), package scopes
// ("@types/node") and decorators ("@app.route(…)").
func mentions(text string) (spans []span) {
	for _, m := range handlePattern().FindAllStringIndex(text, -1) {
		s := span{m[0], m[1]}
		s.end = s.start + 1 + mentionEnd(text[s.start+1:s.end])
		if !apart(text, s) {
			continue
		}
		name := strings.ToLower(text[s.start+1 : s.end])
		first, _, _ := strings.Cut(name, ".")
		switch after := text[s.end:]; {
		case utf8.RuneCountInString(name) < 2 || len(name) > 64 || !strings.ContainsFunc(name, unicode.IsLetter):
		case isDigit(name[0]) && strings.Trim(name, "0123456789.:apm") == "":
		case strings.HasPrefix(after, "(") || len(after) > 1 && after[0] == '/' && joins(rune(after[1])):
		case s.start > 0 && strings.IndexByte("/@.:=-", text[s.start-1]) >= 0:
		case notHandles[first]:
		default:
			spans = append(spans, s)
		}
	}
	return spans
}

// mentionEnd is where a name ends in a script without spaces: before a form of address,
// or where another script begins.
func mentionEnd(name string) int {
	first, size := utf8.DecodeRuneInString(name)
	if !unicode.In(first, unicode.Han, unicode.Hiragana, unicode.Katakana) {
		if unicode.Is(unicode.Latin, first) {
			return trimUnspaced(name)
		}
		return len(name)
	}
	for _, title := range []string{"さん", "くん", "ちゃん", "様", "先生", "氏", "님"} {
		if i := strings.Index(name, title); i >= size {
			return i
		}
	}
	if unicode.Is(unicode.Han, first) {
		for i, r := range name {
			if unicode.Is(unicode.Hiragana, r) {
				return i
			}
		}
	}
	return len(name)
}

// accounts finds what people call themselves on a network; a plain word isn't taken for
// a name unless a colon is before it.
func accounts(t *folded) (spans []span) {
	if t.digits == 0 && !strings.ContainsAny(t.text, "_.:=") || t.marks&networkMark == 0 {
		return nil
	}
	for _, s := range groups(accountPattern(), t.text) {
		name := t.text[s.start:s.end]
		signed := strings.ContainsAny(t.text[max(0, s.start-3):s.start], ":=")
		before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(t.text[:s.start], " "))
		likely := strings.Contains(name, "_") || (signed || isUnspaced(before) || saysIs().MatchString(t.text[:s.start])) && strings.ContainsAny(name, "0123456789.") ||
			signed && !strings.Contains(t.text[s.end:], " ")
		if likely && apart(t.text, s) && !strings.HasPrefix(t.text[s.end:], "/") {
			spans = append(spans, s)
		}
	}
	return append(spans, groups(qqPattern(), t.text)...)
}
