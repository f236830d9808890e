package nlu

import (
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

var (
	qnaQuestion = exchange.Pattern(`^#{1,6}[ \t]*\?[ \t]*(\S.*)$`)
	qnaID       = exchange.Pattern(`^(?:>[ \t]*!#[ \t]*@qna\.pair\.id[ \t]*=[ \t]*(\S+)|<a id[ \t]*=[ \t]*"([^"]+)"></a>)$`)
)

// recogniseQnA takes headings that begin with a question mark and blocks of answers.
func recogniseQnA(f *exchange.File) exchange.Evidence {
	questions, fences := 0, 0
	for line := range strings.Lines(f.Sample()) {
		line = strings.TrimSpace(line)
		switch {
		case qnaQuestion().MatchString(line):
			questions++
		case strings.HasPrefix(line, "```"):
			fences++
		}
	}
	if questions == 0 || fences < questions {
		return exchange.Evidence{}
	}
	return exchange.Evidence{Sureness: exchange.Sure, Why: i18n.T("it has headings of questions with blocks of answers")}
}

// readQnA reads a pair as its question, which is a heading, further wordings of it in a list,
// and an answer between rows of backquotes.
func readQnA(f *exchange.File, r *exchange.Reading) error {
	id, asked, answer := "", false, false
	return r.EachLine(f.Text(), func(line exchange.Line) bool {
		text := strings.TrimSpace(line.Text)
		switch question, variant, named := qnaQuestion().FindStringSubmatch(text), luUtterance().FindStringSubmatch(text), qnaID().FindStringSubmatch(text); {
		case strings.HasPrefix(text, "```"):
			if answer {
				id, asked = "", false // the pair ends
			}
			answer = !answer
		case answer:
			r.Skip(line.Number, isResponse, text)
		case named != nil:
			id = named[1] + named[2]
		case text[0] == '>':
		case question != nil:
			asked = true
			return r.Add(exchange.Row{Line: line.Number, Message: question[1], Category: id})
		case asked && variant != nil && !strings.Contains(text, "]("): // no prompt, which is a link
			return r.Add(exchange.Row{Line: line.Number, Message: variant[1], Category: id})
		default:
			r.Skip(line.Number, notExample, text)
		}
		return true
	})
}
