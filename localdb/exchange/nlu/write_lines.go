package nlu

import (
	"bufio"
	"encoding/json"
	"io"
	"iter"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonfile"
)

// writeFastText writes a line for each message, its label first.
func writeFastText(w io.Writer, rows iter.Seq2[exchange.Row, error], o exchange.WriteOptions) error {
	out := bufio.NewWriter(w)
	broken := 0
	renamed := intentNames{}
	for row, err := range rows {
		if err != nil {
			return err
		}
		text := strings.Join(strings.FieldsFunc(row.Message, isLineBreak), " ")
		if text != row.Message {
			broken++
		}
		text = strings.ReplaceAll(text, labelPrefix, escapedPrefix)
		if row.Category != "" {
			label := encodeLabel(row.Category)
			renamed[row.Category] = label
			text = labelPrefix + label + " " + text
		}
		if _, err := out.WriteString(text + "\n"); err != nil {
			return err
		}
	}
	renamed.tell(o, FastText.Name)
	if broken > 0 {
		o.Tell(i18n.T("messages in which line breaks became spaces, because fastText has one message a line: {{.N}}", i18n.Values{"N": broken}))
	}
	return out.Flush()
}

func isLineBreak(r rune) bool {
	return r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029' || r == 0
}

// chat is a line of OpenAI's fine-tuning files.
type chat struct {
	Messages []chatMessage `json:"messages"`
}

type chatMessage struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// openAIPrompt is what the model is told before each message. It has to be told the
// same when it is used.
const openAIPrompt = "Answer with the category of the user's message and nothing else."

// writeOpenAI writes a chat for each message, with its category as the answer.
func writeOpenAI(w io.Writer, rows iter.Seq2[exchange.Row, error], o exchange.WriteOptions) error {
	out := bufio.NewWriter(w)
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	unlabelled := 0
	for row, err := range rows {
		switch {
		case err != nil:
			return err
		case row.Category == "":
			unlabelled++
			continue
		}
		if err := lines.Encode(chat{[]chatMessage{{"system", openAIPrompt}, {"user", row.Message}, {"assistant", row.Category}}}); err != nil {
			return err
		}
	}
	tellUnlabelled(o, jsonfile.OpenAI, unlabelled)
	return out.Flush()
}

func tellUnlabelled(o exchange.WriteOptions, format *exchange.Format, n int) {
	if n > 0 {
		o.Tell(i18n.T("messages left out because they have no category, which {{.Format}} requires: {{.N}}", i18n.Values{"N": n, "Format": format.Name}))
	}
}
