package pii

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/language"

	"seedbed/assets/i18n"
)

var (
	phonePattern = pattern(`(?:\+ ?\(?|\((?:\+ ?)?)?\d(?:[ ().,/-]{0,3}\d){6,24}`)

	// Forms that a number has for nothing but a phone, whatever the region.
	international = pattern(`^(?:\+ ?|\(\+|\+\(|00 ?)[1-9]`)
	trunk         = pattern(`^\(?0[1-9]`)
	northAmerica  = pattern(`^(?:1[ .-])?(?:\([2-9]\d\d\)[ .-]?|[2-9]\d\d[ .-])\d{3}[ .-]\d{4}$`)
	areaCode      = pattern(`^\(\d{2,5}\) ?\d{3,5}[ -]?\d{3,5}$`)
	mobile        = pattern(`^(?:[6-9]\d{4} \d{5}|[6-9]\d\d(?: \d\d){3}|1[3-9]\d ?\d{4} ?\d{4})$`) // India, Spain, China

	// barriers look like numbers of phones and are none.
	barriers = pattern(`(?i)\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b` + // UUID
		`|\b(?:19|20)\d\d(?:-[01]?\d-[0-3]?\d|/[01]?\d/[0-3]?\d|\.[01]?\d\.[0-3]?\d)(?:[ T]\d\d?:\d\d(?::\d\d)?)?\b` +
		`|\b[0-3]?\d(?:-[01]?\d-|/[0-3]?\d/|\. ?[01]?\d\. ?)(?:19|20)\d\d\b` +
		`|\b(?:19|20)\d\d ?[/-] ?(?:19|20)\d\d\b` +
		`|\bcep:? \d{5}-\d{3}\b` + // Brazilian postcode
		`|\b97[89][ -]?(?:\d[ -]?){9}\d\b`) // ISBN
	shortDate = pattern(`^[0-3]?\d[-/.][0-3]?\d[-/.]\d\d$`)
	decimal   = pattern(`^\d+[.,]\d+$`)
	thousands = pattern(`^[1-9]\d{0,2}(?:([ .,])\d{3})(?:[ .,]\d{3})*(?:[.,]\d{1,2})?$`)

	// digitsBefore shows that a number goes on from one before it.
	digitsBefore = pattern(`\d[ -]?$`)

	extension = pattern(`(?i)^(?:[ ,;]{0,2}(?:ext(?:ension)?|x|доб|durchwahl|dw|poste|anexo|ramal|wew|int|内线|內線|内線|转|轉)\.? ?:? ?\d{1,6}|-\d{1,4})`)

	moneyBefore = pattern(`(?i)(?:[$€£¥₹₽₺₩₫₪฿]|\b(?:usd|eur|gbp|inr|rs\.?|chf|jpy|cny|rub|pln|brl|sek|nok|dkk|try|r\$)) ?$`)
	moneyAfter  = pattern(`(?i)^ ?(?:[%€$£₹¥₽₺₩₫₪฿円元원]|(?:usd|eur|gbp|inr|chf|jpy|cny|rub|pln|brl|sek|nok|dkk|try|kr|zł|tl|руб\p{L}*|грн|dollars?|euros?|pounds|pesos|reais|rubles|yen|yuan|lira|kronor|kroner|złot\p{L}*|kč|ft|lei|ریال|تومان|ريال|درهم|جنيه|دينار|रुपये|₨)(?:[^\p{L}]|$))`)
)

// findPhones finds phone numbers: international ones, those of the region by its
// numbering plan, other national ones by forms that little else has or by a word
// before them.
func findPhones(t *folded) (spans []span) {
	if t.number < 5 {
		return nil
	}
	text := withoutBarriers(t.text)
	defer func() {
		for _, s := range findLocalPhones(text) {
			if !slices.ContainsFunc(spans, func(o span) bool { return o.start < s.end && s.start < o.end }) {
				spans = append(spans, s)
			}
		}
	}()
	last := 0 // where the last number ended
	for at := 0; at < len(text); {
		m := phonePattern().FindStringIndex(text[at:])
		if m == nil {
			return spans
		}
		s := span{at + m[0], at + m[1]}
		within := text[s.start] != '+' && digitsBefore().MatchString(text[max(last, s.start-2):s.start])
		if found, ok := longestPhone(text, s, t.region); ok && !within {
			spans = append(spans, found)
			at, last = found.end, found.end
			continue
		}
		// On behind the digits that it started with.
		for at = s.start + 1; at < s.end && isDigit(text[at]); {
			at++
		}
	}
	return spans
}

// localPattern is a phone number without an area code, which is told from other numbers only
// by the word before it.
var localPattern = pattern(`\d{5,6}|\d{2,3}[ -]\d{2}[ -]?\d{2}|\d{3}[ -]\d{3}`)

// findLocalPhones finds the short numbers right behind a word for a phone.
func findLocalPhones(text string) (spans []span) {
	for _, m := range localPattern().FindAllStringIndex(text, -1) {
		s := span{m[0], m[1]}
		if apart(text, s) && !moneyAfter().MatchString(text[s.end:]) && topicBefore(text, s.start) == phoneTopic && phoneWordEnds(context(text, s.start)) {
			spans = append(spans, s)
		}
	}
	return spans
}

// phoneWordEnds tells whether a text ends with a word for a phone, apart from fillers.
func phoneWordEnds(before string) bool {
	if strings.ContainsAny(before, "\n?!") {
		before = before[strings.LastIndexAny(before, "\n?!")+1:]
	}
	words := strings.FieldsFunc(strings.ToLower(before), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	if slices.ContainsFunc(words, isReference) { // a code that came to the phone
		return false
	}
	for len(words) > 0 && fillers[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	if len(words) == 0 {
		return false
	}
	last := words[len(words)-1]
	first, _ := utf8.DecodeRuneInString(last)
	return slices.ContainsFunc(topicWords[first], func(w topicWord) bool { return w.topic == phoneTopic && w.begins(last) })
}

func isReference(word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	return slices.ContainsFunc(topicWords[first], func(w topicWord) bool { return w.topic == referenceTopic && w.begins(word) })
}

// withoutBarriers puts holes where dates and the like stand.
func withoutBarriers(text string) string {
	found := barriers().FindAllStringIndex(text, -1)
	if found == nil {
		return text
	}
	b := []byte(text)
	for _, m := range found {
		clear(b[m[0]:m[1]])
	}
	return string(b)
}

// longestPhone tries a run of digits and separators, and then less and less of it,
// since other numbers may follow the phone's.
func longestPhone(text string, s span, region string) (span, bool) {
	before := context(text, s.start)
	plus := strings.ContainsRune(text[s.start:min(s.end, s.start+2)], '+')
	if before != "" && (strings.ContainsAny(before[len(before)-1:], ".-#+") || !plus && before[len(before)-1] == '=') || moneyBefore().MatchString(before) {
		return s, false
	}
	before1 := topicBefore(text, s.start)
	for s.end > s.start+6 {
		number := text[s.start:s.end]
		if apart(text, s) && phoneShaped(number) && !moneyAfter().MatchString(text[s.end:]) && isPhone(text, s, before1, region) {
			return withExtension(text, s), true
		}
		for s.end > s.start && isDigit(text[s.end-1]) {
			s.end--
		}
		for s.end > s.start && !isDigit(text[s.end-1]) {
			s.end--
		}
	}
	return s, false
}

func withExtension(text string, s span) span {
	if m := extension().FindStringIndex(text[s.end:]); m != nil {
		if longer := (span{s.start, s.end + m[1]}); apart(text, longer) {
			return longer
		}
	}
	return s
}

// phoneShaped is true of 7 to 15 digits (ITU-T E.164), not all the same.
func phoneShaped(number string) bool {
	n := digits(number)
	return len(n) >= 7 && len(n) <= 16 && strings.Trim(n, n[:1]) != "" && strings.Count(number, "(") == strings.Count(number, ")") && !strings.Contains(number, ",")
}

func isPhone(text string, s span, before topic, region string) bool {
	number := text[s.start:s.end]
	if international().MatchString(number) {
		return before == phoneTopic || isInternational(number, before)
	}
	switch {
	case shortDate().MatchString(number), decimal().MatchString(number):
		return false
	case before == phoneTopic:
		return true
	case before != noTopic, thousands().MatchString(number) && !trunk().MatchString(number) && !isNational(number, region), topicOf(text, s) == referenceTopic:
		return false
	}
	n := len(digits(number))
	return trunk().MatchString(number) && n >= 9 && n <= 12 ||
		northAmerica().MatchString(number) || areaCode().MatchString(number) || mobile().MatchString(number) || isNational(number, region)
}

// isInternational checks the country and the length of a number behind a plus or 00.
// With the 00 it may be another kind of number.
func isInternational(number string, before topic) bool {
	number = strings.Replace(number, "(0)", "", 1)
	n := digits(number)
	if !strings.Contains(number, "+") {
		if before != noTopic {
			return false
		}
		n = strings.TrimPrefix(n, "00")
	}
	parsed, err := phonenumbers.Parse("+"+n, "")
	return err == nil && (phonenumbers.IsValidNumber(parsed) || strings.Contains(number, "+") && phonenumbers.IsPossibleNumber(parsed))
}

// isNational checks a number by the region's numbering plan. Nearly every number is
// valid in some countries, so it must also be written as a phone number is there: with
// the trunk prefix, in the usual groups, or as nine digits and more of a mobile phone.
func isNational(number, region string) bool {
	if region == "" {
		return false
	}
	n := digits(number)
	parsed, err := phonenumbers.Parse(n, region)
	if err != nil || !phonenumbers.IsValidNumberForRegion(parsed, region) {
		return false
	}
	if prefix := phonenumbers.GetNddPrefixForRegion(region, true); prefix == "0" && n[0] == '0' && len(n) >= 9 {
		return true
	}
	usual := phonenumbers.Format(parsed, phonenumbers.NATIONAL)
	if slices.Equal(strings.FieldsFunc(number, notDigit), strings.FieldsFunc(usual, notDigit)) && strings.ContainsFunc(number, notDigit) {
		return true
	}
	kind := phonenumbers.GetNumberType(parsed)
	return len(n) >= 9 && (kind == phonenumbers.MOBILE || kind == phonenumbers.FIXED_LINE_OR_MOBILE)
}

func notDigit(r rune) bool { return r < '0' || r > '9' }

// ParseRegion checks a country that a person gave, such as "de", and returns it as
// Options.Region has it. An empty one stays empty.
func ParseRegion(country string) (string, error) {
	region := strings.ToUpper(strings.TrimSpace(country))
	if region != "" && phonenumbers.GetCountryCodeForRegion(region) == 0 {
		return "", i18n.Error("{{.Country}} is no country with phone numbers of its own: give its two letters, such as DE or BR", i18n.Values{"Country": country})
	}
	return region, nil
}

// RegionOf is the country in which a language is mostly spoken, for Options.Region:
// "DE" for "de", "BR" for "pt", "PT" for "pt-PT"; "" for what is no language.
func RegionOf(code string) string {
	tag, err := language.Parse(code)
	if err != nil {
		return ""
	}
	if region, confidence := tag.Region(); confidence > language.No && region.IsCountry() {
		return region.String()
	}
	return ""
}
