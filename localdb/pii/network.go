package pii

import (
	"net/netip"
	"strconv"
	"strings"
)

var (
	ip4Pattern = pattern(`\d{1,3}(?:\.\d{1,3}){3}`)
	ip6Pattern = pattern(`(?i)[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:.]*[0-9a-f:](?:%[0-9a-z][0-9a-z._-]*[0-9a-z])?`)
	// numberedBefore names what is numbered like an address.
	numberedBefore = pattern(`(?i)(?:versi[oó]n\p{L}*|versão|versione|wersja|sürüm|версия|версії|版本|バージョン|release|build|firmware|driver|ver\.?|\bv\.?|` +
		`section|chapter|clause|paragraph|§|abschnitt|kapitel|ziffer|punkt|chapitre|article|sección|capítulo|apartado|seção|sezione|capitolo|hoofdstuk|rozdział|avsnitt|bölüm|раздел|глава|пункт|章|节|節)[\s:#]*$`)
	macPattern = pattern(`(?i)[0-9a-f]{2}(?:(?::[0-9a-f]{2}){5}|(?:-[0-9a-f]{2}){5})|[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}`)

	latLong = pattern(`([+-]?\d{1,2}\.\d{4,})°?\s*[,;/ ]\s*([+-]?\d{1,3}\.\d{4,})°?`)
	degrees = pattern(`\d{1,2}\s?°\s?\d{1,2}\s?['′’]\s?(?:\d{1,2}(?:\.\d+)?\s?["″”]|'')?\s?[NS][ ,]{1,3}\d{1,3}\s?°\s?\d{1,2}\s?['′’]\s?(?:\d{1,2}(?:\.\d+)?\s?["″”]|'')?\s?[EWO]`)
)

// findIPs finds internet addresses, but not those that mean this computer, and not
// the numbers of versions and sections, which can look the same.
func findIPs(t *folded) (spans []span) {
	if t.counts['.'] >= 3 && t.digits >= 4 {
		for _, s := range matches(ip4Pattern(), t.text) {
			after := t.text[s.end:]
			dotted := len(after) > 1 && after[0] == '.' && joins(rune(after[1])) ||
				strings.HasSuffix(t.text[:s.start], ".") || strings.HasSuffix(t.text[:s.start], "-")
			if !dotted && isAddress(t.text[s.start:s.end]) && !numberedBefore().MatchString(context(t.text, s.start)) {
				spans = append(spans, s)
			}
		}
	}
	if t.counts[':'] >= 2 && t.digits > 0 {
		for _, s := range matches(ip6Pattern(), t.text) {
			if len(digits(t.text[s.start:s.end])) > 0 && isAddress(t.text[s.start:s.end]) {
				spans = append(spans, s)
			}
		}
	}
	return spans
}

func isAddress(text string) bool {
	a, err := netip.ParseAddr(text)
	return err == nil && !a.IsLoopback() && !a.IsUnspecified()
}

// findMACs finds the addresses of network devices.
func findMACs(t *folded) (spans []span) {
	if t.counts[':'] < 5 && t.counts['-'] < 5 && (t.counts['.'] < 2 || t.token < 4) {
		return nil
	}
	for _, s := range matches(macPattern(), t.text) {
		before := t.text[:s.start]
		longer := strings.HasSuffix(before, ":") && len(before) > 1 && joins(rune(before[len(before)-2])) || strings.HasSuffix(before, "-") || strings.HasSuffix(before, ".") ||
			s.end < len(t.text) && strings.IndexByte(":-", t.text[s.end]) >= 0
		if !longer && !allDigitsDotted(t.text[s.start:s.end]) {
			spans = append(spans, s)
		}
	}
	return spans
}

// allDigitsDotted tells numbers with dots from addresses in Cisco's form.
func allDigitsDotted(text string) bool { return strings.Trim(text, "0123456789.") == "" }

// findLocations finds coordinates that are precise to some metres.
func findLocations(t *folded) (spans []span) {
	if t.counts['.'] >= 2 && t.number >= 10 {
		for _, m := range latLong().FindAllStringSubmatchIndex(t.text, -1) {
			latitude, _ := strconv.ParseFloat(t.text[m[2]:m[3]], 64)
			longitude, _ := strconv.ParseFloat(t.text[m[4]:m[5]], 64)
			if s := (span{m[0], m[1]}); apart(t.text, s) && max(latitude, -latitude) <= 90 && max(longitude, -longitude) <= 180 {
				spans = append(spans, s)
			}
		}
	}
	if strings.Contains(t.text, "°") {
		spans = append(spans, matches(degrees(), t.text)...)
	}
	return spans
}
