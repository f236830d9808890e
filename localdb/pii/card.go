package pii

import "regexp"

// cardPattern takes the first digits that the large issuers use.
var cardPattern = regexp.MustCompile(`(?:[3-6]|2[2-7])(?:[ -]?\d){11,18}`)

// findCards finds payment cards by their check digit.
func findCards(text string) (spans []span) {
	if !hasDigits(text, 13) {
		return nil
	}
	for _, s := range matches(cardPattern, text) {
		if n := digits(text[s.start:s.end]); len(n) >= 13 && luhn(n) {
			spans = append(spans, s)
		}
	}
	return spans
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
