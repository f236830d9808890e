package table

import (
	"strings"
	"unicode"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// longestMessage is what lines of a list of messages hardly ever exceed, in characters.
const longestMessage = 1000

// recogniseLines finds a list of messages: lines of a few words each. What else lines may
// be is for the refusals of package formats, which are surer.
func recogniseLines(f *exchange.File) exchange.Evidence {
	lines, words, long := 0, 0, 0
	for line := range strings.Lines(f.Sample()) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		lines++
		if strings.ContainsFunc(line, unicode.IsLetter) || strings.ContainsFunc(line, func(r rune) bool { return r >= 0x2000 }) {
			words++
		}
		if len([]rune(line)) > longestMessage {
			long++
		}
	}
	if lines == 0 || words*2 < lines || long*2 > lines {
		return exchange.Evidence{}
	}
	return exchange.Evidence{Sureness: exchange.Possible, Why: i18n.T("it is a list of lines with words")}
}
