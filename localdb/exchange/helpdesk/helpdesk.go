// Package helpdesk reads conversations that programs for customer service export.
package helpdesk

import (
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/columns"
	"seedbed/localdb/exchange/jsonitems"
	"seedbed/localdb/exchange/plaintext"
)

// Readers lists the formats of this family.
var Readers = []exchange.Reader{
	zendeskReader, intercomReader, freshdeskReader, crispReader, liveChatReader, chatwootReader, frontReader, gorgiasReader, helpScoutReader, tawkReader, trelloReader, tableReader,
}

// The roles of the two sides, and of programs that answer.
const (
	user  = "user"
	agent = "agent"
	bot   = "bot"
)

// Why something in an export is no message.
var (
	privateNote = i18n.T("is a note among the team")
	systemEvent = i18n.T("is an event of the help desk")
	withoutText = i18n.T("has no text of its own")
	draft       = i18n.T("is a draft that was not sent")
)

// turn is one message of a conversation.
type turn struct {
	line         int // 0 for the next place in the file
	text, html   string
	role         string
	conversation string
	time         string
	category     string
}

// add adds a message without what it quotes and its signature.
func add(r *exchange.Reading, t turn) {
	text := plaintext.Reply(t.text)
	if strings.TrimSpace(t.text) == "" {
		text = plaintext.FromHTMLReply(t.html)
	}
	if text == "" {
		r.Skip(t.line, withoutText, exchange.Beginning(first(t.text, t.html), 200))
		return
	}
	r.Add(exchange.Row{
		Line: t.line, Message: text, Category: t.category, Role: t.role, Conversation: t.conversation, Time: exchange.ParseTime(t.time),
	})
}

// roleOf gives the side that a program's word for an author stands for; the word itself
// where that isn't known.
func roleOf(word string) string {
	switch strings.ToLower(strings.NewReplacer("-", "", "_", "", " ", "").Replace(word)) {
	case "user", "enduser", "customer", "contact", "lead", "visitor", "client", "requester", "incoming", "inbound", "received", "guest", "endcustomer", "consumer", "participant", "person":
		return user
	case "agent", "admin", "operator", "supporter", "staff", "teammate", "team", "outgoing", "outbound", "sent", "support", "owner", "representative", "employee":
		return agent
	case "bot", "chatbot", "agentbot", "workflow", "automation", "aiagent", "assistant", "fin":
		return bot
	}
	if side := columns.DirectionOf(word); side != "" {
		return side
	}
	return word
}

// first is the first text that isn't empty.
func first(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

// fieldsOf says by what a reader recognises the exports of a program.
func fieldsOf(program string) i18n.Text {
	return i18n.T("its fields are those of a {{.Program}} export", i18n.Values{"Program": program})
}

// reader makes a reader of a format in JSON, whose conversations are its items or in one
// of the lists.
func reader(format *exchange.Format, about string, why i18n.Text, lists []string, is func(any) bool, conversation func(*exchange.Reading, jsonitems.Item)) exchange.Reader {
	return exchange.Reader{
		Format: format, About: about,
		Recognise: func(f *exchange.File) exchange.Evidence {
			return jsonitems.Evidence(jsonitems.Sample(f, lists...), is, why)
		},
		Read: func(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
			items := jsonitems.Open(f, lists...)
			return exchange.NewReading(o, exchange.Facts{Format: format, Encoding: f.Guess()}, func(r *exchange.Reading) error {
				return items.Each(r, func(item jsonitems.Item) { conversation(r, item) })
			}), nil
		},
	}
}
