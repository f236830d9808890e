package pii

import (
	"strconv"
	"strings"
)

// cardPattern is a run of 12 to 19 digits with at most three separators in between.
var cardPattern = pattern(`\d(?:[ ._|/-]{0,3}\d){11,18}`)

// cardIssuers are the first digits of the payment networks, as ranges of equally many
// digits, and the lengths of their numbers (ISO/IEC 7812; the networks' own tables).
var cardIssuers = []struct {
	from, to string
	lengths  []int
}{
	{"34", "34", []int{15}}, {"37", "37", []int{15}}, // American Express
	{"4", "4", []int{19, 16, 13}},                        // Visa
	{"51", "55", []int{16}}, {"2221", "2720", []int{16}}, // Mastercard
	{"2200", "2204", []int{19, 18, 17, 16}},                                                                                    // Mir
	{"300", "305", []int{16, 14}}, {"309", "309", []int{16, 14}}, {"36", "36", []int{19, 14}}, {"38", "39", []int{19, 16, 14}}, // Diners Club
	{"6011", "6011", []int{19, 16}}, {"644", "659", []int{19, 16}}, // Discover
	{"3528", "3589", []int{19, 16}},                                  // JCB
	{"62", "62", []int{19, 18, 17, 16}}, {"81", "81", []int{19, 16}}, // UnionPay
	{"60", "60", []int{16}}, {"508", "508", []int{16}}, {"82", "82", []int{16}}, // RuPay
	{"50", "50", []int{19, 18, 16, 13, 12}}, {"56", "59", []int{19, 18, 16, 13, 12}}, {"63", "63", []int{19, 16}}, {"67", "67", []int{19, 18, 16, 13, 12}}, // Maestro
	{"9792", "9792", []int{16}}, // Troy
}

// findCards finds payment cards by the network's first digits and length and the
// check digit. After a word such as "card" a number with a typing error is one too.
func findCards(t *folded) (spans []span) {
	if t.number < 12 {
		return nil
	}
	for at := 0; at < len(t.text); {
		m := cardPattern().FindStringIndex(t.text[at:])
		if m == nil {
			break
		}
		s := span{at + m[0], at + m[1]}
		if found, ok := cardAt(t.text, s); ok && topicOf(t.text, found) != referenceTopic {
			spans = append(spans, found)
			at = found.end
			continue
		}
		for at = s.start + 1; at < s.end && isDigit(t.text[at]); {
			at++
		}
	}
	return spans
}

func cardAt(text string, s span) (span, bool) {
	number := digits(text[s.start:s.end])
	for _, issuer := range cardIssuers {
		if first := number[:len(issuer.from)]; first < issuer.from || first > issuer.to {
			continue
		}
		for _, n := range issuer.lengths {
			if n > len(number) || !luhn(number[:n]) || n < 14 && topicBefore(text, s.start) != cardTopic { // too short to be sure
				continue
			}
			if found := (span{s.start, endOfDigits(text, s.start, n)}); apart(text, found) {
				return found, true
			}
		}
	}
	if len(number) >= 13 && apart(text, s) && topicBefore(text, s.start) == cardTopic {
		return s, true
	}
	return s, false
}

// endOfDigits is the place behind the nth digit from a place on.
func endOfDigits(text string, place, n int) int {
	for ; n > 0; place++ {
		if isDigit(text[place]) {
			n--
		}
	}
	return place
}

// luhn checks the last digit (ISO/IEC 7812-1, annex B).
func luhn(number string) bool {
	sum := 0
	for i := range len(number) {
		d := int(number[len(number)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

var ibanPattern = pattern(`(?i)[A-Z]{2}[ ._|-]?\d{2}(?:[ ._|/-]{0,2}[A-Z0-9]){11,30}`)

// ibanLengths are the lengths in each country (ISO 13616, the IBAN registry).
var ibanLengths = parseLengths(`AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28
	EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32
	LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24
	SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30`)

func parseLengths(list string) map[string]int {
	lengths := map[string]int{}
	for entry := range strings.FieldsSeq(list) {
		lengths[entry[:2]], _ = strconv.Atoi(entry[2:])
	}
	return lengths
}

// findIBANs finds bank account numbers by the country's length and the check digits.
// After the word "IBAN" one with a typing error is found too.
func findIBANs(t *folded) (spans []span) {
	if t.number < 6 || t.digits < 10 {
		return nil
	}
	for at := 0; at < len(t.text); {
		m := ibanPattern().FindStringIndex(t.text[at:])
		if m == nil {
			break
		}
		s := span{at + m[0], at + m[1]}
		if found, ok := ibanAt(t.text, s); ok {
			spans = append(spans, found)
			at = found.end
		} else {
			at = s.start + 1
		}
	}
	return spans
}

// ibanAt cuts what a pattern found to its country's length.
func ibanAt(text string, s span) (span, bool) {
	length := ibanLengths[strings.ToUpper(text[s.start:s.start+2])]
	if length == 0 {
		return s, false
	}
	n := 0
	for i := s.start; i < s.end; i++ {
		if strings.IndexByte(" ._|/-", text[i]) >= 0 {
			continue
		}
		if n++; n == length {
			s.end = i + 1
			named := topicBefore(text, s.start) == ibanTopic && len(digits(text[s.start:s.end])) >= 10
			return s, apart(text, s) && (isIBAN(text[s.start:s.end]) || named)
		}
	}
	return s, false
}

var noSeparators = strings.NewReplacer(" ", "", "-", "", ".", "", "/", "", "_", "", "|", "")

// isIBAN computes the number modulo 97 with the first four characters last and
// letters as 10 to 35; 1 is right.
func isIBAN(text string) bool {
	text = strings.ToUpper(noSeparators.Replace(text))
	rest := 0
	for _, c := range text[4:] + text[:4] {
		if c >= 'A' {
			rest = (rest*100 + int(c-'A') + 10) % 97
		} else {
			rest = (rest*10 + int(c-'0')) % 97
		}
	}
	return rest == 1
}
