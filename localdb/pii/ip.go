package pii

import (
	"net/netip"
	"regexp"
	"strings"
)

var (
	ip4Pattern    = regexp.MustCompile(`\d{1,3}(?:\.\d{1,3}){3}`)
	ip6Pattern    = regexp.MustCompile(`(?i)[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:.]*[0-9a-f:]`)
	versionBefore = regexp.MustCompile(`(?i)(?:version|release|build|firmware|driver|ver\.?|\bv\.?)\s*$`)
)

// findIPs finds internet addresses, but not those that mean this computer and
// not version numbers, which four numbers with dots can be as well.
func findIPs(text string) (spans []span) {
	if !hasDigits(text, 1) {
		return nil
	}
	for _, s := range matches(ip4Pattern, text) {
		dotted := strings.HasPrefix(text[s.end:], ".") && len(text) > s.end+1 && joins(rune(text[s.end+1])) ||
			strings.HasSuffix(text[:s.start], ".") || strings.HasSuffix(text[:s.start], "-")
		if !dotted && isAddress(text[s.start:s.end]) && !versionBefore.MatchString(context(text, s.start)) {
			spans = append(spans, s)
		}
	}
	if strings.Count(text, ":") < 2 {
		return spans
	}
	for _, s := range matches(ip6Pattern, text) {
		if len(digits(text[s.start:s.end])) > 0 && isAddress(text[s.start:s.end]) {
			spans = append(spans, s)
		}
	}
	return spans
}

func isAddress(text string) bool {
	a, err := netip.ParseAddr(text)
	return err == nil && !a.IsLoopback() && !a.IsUnspecified()
}
