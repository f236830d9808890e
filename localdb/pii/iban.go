package pii

import (
	"regexp"
	"strings"
)

var ibanPattern = regexp.MustCompile(`(?i)[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{1,4}){3,9}`)

// findIBANs finds bank account numbers by their check digits (ISO 13616). What
// follows one in capitals can look like a part of it, so shorter readings are
// tried too.
func findIBANs(text string) (spans []span) {
	if !hasDigits(text, 8) {
		return nil
	}
	for _, m := range ibanPattern.FindAllStringIndex(text, -1) {
		for end := m[1]; end-m[0] >= 15; end-- {
			s := span{m[0], end}
			if apart(text, s) && isIBAN(text[m[0]:end]) {
				spans = append(spans, s)
				break
			}
		}
	}
	return spans
}

// isIBAN computes the number modulo 97 with the first four characters last and
// letters as 10 to 35; 1 is right.
func isIBAN(text string) bool {
	text = strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(text))
	if len(text) < 15 || len(text) > 34 || len(digits(text)) < 8 {
		return false
	}
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
