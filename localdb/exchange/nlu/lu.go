package nlu

import (
	"errors"
	"io"
	"regexp"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

var (
	luIntent    = regexp.MustCompile(`^#{1,2}[ \t]*([^#\s].*)$`)
	luUtterance = regexp.MustCompile(`^[-*+][ \t]*(\S.*)$`)
	luEntity    = regexp.MustCompile(`^(?:@|\$)[ \t]*\S`)
	// luMark is an entity in an utterance: {name=value}, or {name} and {@name} without a value.
	// What has none inside it is taken out first.
	luMark = regexp.MustCompile(`\{@?([^{}=]+?)(?:\s*=\s*([^{}]*))?\}`)
)

// recogniseLU takes headings with lists of utterances, and what only such files have: a mark of
// an entity, its definition, or the name of the file.
func recogniseLU(f *exchange.File) exchange.Evidence {
	intents, utterances, others, own := 0, 0, 0, strings.HasSuffix(strings.ToLower(f.Name), ".lu")
	for line := range strings.Lines(f.Sample()) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '>':
		case luIntent.MatchString(line):
			intents++
		case luUtterance.MatchString(line):
			utterances++
			own = own || luMark.MatchString(line) && strings.Contains(line, "=")
		case luEntity.MatchString(line):
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
	lines := exchange.NewLines(f.Text())
	for {
		line, err := lines.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case line.Problem != nil:
			r.Reject(line.Number, line.Problem, line.Text)
			continue
		}
		text := strings.TrimSpace(line.Text)
		if text == "" || text[0] == '>' {
			continue
		}
		if m := luIntent.FindStringSubmatch(text); m != nil {
			intent = strings.TrimSpace(m[1])
			continue
		}
		m := luUtterance.FindStringSubmatch(text)
		if m == nil || intent == "" {
			continue
		}
		if !r.Add(exchange.Row{Line: line.Number, Message: luText(m[1]), Category: intent}) {
			return nil
		}
	}
}

// luText writes an utterance without the marks of its entities, which may be nested.
func luText(utterance string) string {
	for {
		plain := luMark.ReplaceAllStringFunc(utterance, func(mark string) string {
			m := luMark.FindStringSubmatch(mark)
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
