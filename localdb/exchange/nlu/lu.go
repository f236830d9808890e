package nlu

import (
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

var (
	luIntent    = exchange.Pattern(`^#{1,2}[ \t]*([^#\s].*)$`)
	luUtterance = exchange.Pattern(`^[-*+][ \t]*(\S.*)$`)
	luEntity    = exchange.Pattern(`^(?:@|\$)[ \t]*\S`)
	// luMark is an entity in an utterance: {name=value}, or {name} and {@name} without a value.
	// What has none inside it is taken out first.
	luMark = exchange.Pattern(`\{@?([^{}=]+?)(?:\s*=\s*([^{}]*))?\}`)
)

// recogniseLU takes headings with lists of utterances, and what only such files have: a mark of
// an entity, its definition, or the name of the file.
func recogniseLU(f *exchange.File) exchange.Evidence {
	intents, utterances, others, own := 0, 0, 0, strings.HasSuffix(strings.ToLower(f.Name), ".lu")
	for line := range strings.Lines(f.Sample()) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '>':
		case luIntent().MatchString(line):
			intents++
		case luUtterance().MatchString(line):
			utterances++
			own = own || luMark().MatchString(line) && strings.Contains(line, "=")
		case luEntity().MatchString(line):
			own = true
		default:
			others++
		}
	}
	if !own || intents == 0 || utterances < intents || others*10 > utterances {
		return exchange.Evidence{}
	}
	return exchange.Evidence{Sureness: exchange.Sure, Why: i18n.T("it has headings of intents with lists of utterances")}
}

func readLU(f *exchange.File, r *exchange.Reading) error {
	intent := ""
	return r.EachLine(f.Text(), func(line exchange.Line) bool {
		text := strings.TrimSpace(line.Text)
		if text[0] == '>' {
			return true // a comment
		}
		if m := luIntent().FindStringSubmatch(text); m != nil {
			intent = strings.TrimSpace(m[1])
			return true
		}
		m := luUtterance().FindStringSubmatch(text)
		if m == nil || intent == "" {
			reason := notExample
			if luEntity().MatchString(text) {
				reason = isEntity
			}
			r.Skip(line.Number, reason, text)
			return true
		}
		return r.Add(exchange.Row{Line: line.Number, Message: luText(m[1]), Category: intent})
	})
}

// luText writes an utterance without the marks of its entities, which may be nested.
func luText(utterance string) string {
	for {
		plain := luMark().ReplaceAllStringFunc(utterance, func(mark string) string {
			m := luMark().FindStringSubmatch(mark)
			if strings.Contains(mark, "=") {
				return strings.TrimSpace(m[2])
			}
			return slotWords(strings.TrimSpace(m[1]))
		})
		if plain == utterance {
			return plain
		}
		utterance = plain
	}
}
