package pii

import (
	"regexp"
	"strings"
)

var (
	phonePattern = regexp.MustCompile(`(?:\+ ?|\()?\d(?:[ \x{a0}().\x{2010}\x{2011}\x{2013}/-]{0,3}\d){6,24}`)

	// Forms that a number has for nothing but a phone.
	international = regexp.MustCompile(`^(?:\+ ?|\(\+|00 ?)[1-9]`)
	trunk         = regexp.MustCompile(`^\(?0[1-9]`)
	northAmerica  = regexp.MustCompile(`^(?:1[ .-])?(?:\([2-9]\d\d\)[ .-]?|[2-9]\d\d[ .-])\d{3}[ .-]\d{4}$`)
	areaCode      = regexp.MustCompile(`^\(\d{2,5}\) ?\d{3,5}[ -]?\d{3,5}$`)
	mobile        = regexp.MustCompile(`^(?:[6-9]\d{4} \d{5}|[6-9]\d\d(?: \d\d){3}|1[3-9]\d ?\d{4} ?\d{4})$`) // India, Spain, China

	// What looks like one and is none.
	dateOrTime = regexp.MustCompile(`(?:^|\D)(?:(?:19|20)\d\d[-/.][01]?\d[-/.][0-3]?\d|[0-3]?\d[-/.][0-3]?\d[-/.](?:19|20)?\d\d)(?:\D|$)`)
	yearRange  = regexp.MustCompile(`^(?:19|20)\d\d ?[-–/] ?(?:19|20)\d\d$`)
	decimal    = regexp.MustCompile(`^\d+\.\d+$`)

	// digitsBefore shows that a number goes on from one before it.
	digitsBefore = regexp.MustCompile(`\d[ -]?$`)

	phoneWord = regexp.MustCompile(`(?i)\b(?:call|phone|telephone|tel|mobile|cell|cellphone|text|sms|whats ?app|ring|fax|reach|number|handy|telefon|móvil|teléfono|portable)\b[^\d\x00]{0,25}$`)
	otherWord = regexp.MustCompile(`(?i)(?:order|invoice|ticket|ref|reference|account|tracking|\bid|case|serial|isbn|policy|job|version|model|item|part|student|employee|passport)\b[^\d\x00]{0,12}$`)
	money     = regexp.MustCompile(`(?i)(?:[$€£¥₹]|\b(?:usd|eur|gbp|inr|rs\.?)) ?$`)
)

// findPhones finds phone numbers: international ones by their plus or 00, and
// national ones by forms that little else has or by a word before them. It does
// without the numbering plans of all countries (10 MB of data), so an unusual
// national form without such a word is missed.
func findPhones(text string) (spans []span) {
	if !hasDigits(text, 7) {
		return nil
	}
	last := 0 // where the last number ended
	for at := 0; at < len(text); {
		m := phonePattern.FindStringIndex(text[at:])
		if m == nil {
			return spans
		}
		s := span{at + m[0], at + m[1]}
		within := digitsBefore.MatchString(context(text[last:], s.start-last)) && text[s.start] != '+'
		if found, ok := longestPhone(text, s); ok && !within {
			spans = append(spans, found)
			at, last = found.end, found.end
			continue
		}
		// On behind the digits that it started with.
		for at = s.start + 1; at < s.end && text[at] >= '0' && text[at] <= '9'; {
			at++
		}
	}
	return spans
}

// longestPhone tries a run of digits and separators, and then less and less of
// it, since other numbers may follow the phone's.
func longestPhone(text string, s span) (span, bool) {
	before := context(text, s.start)
	if before != "" && strings.ContainsAny(before[len(before)-1:], ".-#=+") || money.MatchString(before) {
		return s, false
	}
	called, other := phoneWord.MatchString(before), otherWord.MatchString(before)
	for s.end > s.start+6 {
		number := text[s.start:s.end]
		if apart(text, s) && phoneShaped(number) && (international.MatchString(number) || !other && national(number, called)) && !moneyAfter(text[s.end:]) {
			return s, true
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

// phoneShaped is true of 7 to 15 digits (ITU-T E.164), not all the same.
func phoneShaped(number string) bool {
	n := digits(number)
	return len(n) >= 7 && len(n) <= 15 && strings.Trim(n, n[:1]) != "" && strings.Count(number, "(") == strings.Count(number, ")")
}

// national says whether a number without a country can be a phone's; after a
// word such as "call" nearly all can.
func national(number string, called bool) bool {
	known := trunk.MatchString(number) && len(digits(number)) >= 9 && len(digits(number)) <= 12 ||
		northAmerica.MatchString(number) || areaCode.MatchString(number) || mobile.MatchString(number)
	return (known || called) && !dateOrTime.MatchString(number) && !yearRange.MatchString(number) && !decimal.MatchString(number)
}

func moneyAfter(after string) bool {
	after = strings.TrimLeft(after, " ")
	for _, sign := range []string{"%", "€", "$", "£", "₹", "USD", "EUR", "GBP", "dollars", "euros"} {
		if strings.HasPrefix(after, sign) {
			return true
		}
	}
	return false
}
