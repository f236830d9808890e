package chat

import (
	"slices"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
)

// Claude is the conversations.json of an export of Claude.
var Claude = &exchange.Format{ID: "claude", Name: i18n.T("Claude export"), Extension: ".json"}

var claudeReader = exchange.Reader{
	Format: Claude, Recognise: recogniseClaude, Read: readClaude,
	About: "conversations.json, alone or in the zip file. The roles are \"human\" and \"assistant\". Of a conversation with branches, the one that is shown. " +
		"Thoughts, tools and files are skipped.",
}

func recogniseClaude(f *exchange.File) exchange.Evidence {
	return jsonitems.Evidence(jsonitems.Sample(f, "conversations"), func(v any) bool {
		_, ok := jsonitems.At(v, "chat_messages").([]any)
		return ok && jsonitems.Has(v, "uuid")
	}, fieldsOf("Claude"))
}

func readClaude(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	items := jsonitems.Open(f, "conversations")
	facts := exchange.Facts{Format: Claude, Encoding: f.Guess()}
	return exchange.NewReading(o, facts, func(r *exchange.Reading) error {
		return items.Each(r, func(item jsonitems.Item) { addClaude(r, item.Value) })
	}), nil
}

func addClaude(r *exchange.Reading, conversation any) {
	id := jsonitems.Text(conversation, "uuid")
	if !jsonitems.Has(conversation, "chat_messages") {
		r.Reject(0, i18n.Error(`the conversation has no messages (no "chat_messages")`), jsonitems.Text(conversation, "name"))
		return
	}
	shown := claudeShown(conversation)
	for _, message := range jsonitems.List(conversation, "chat_messages") {
		text := claudeText(message)
		switch {
		case shown != nil && !shown[jsonitems.Text(message, "uuid")]:
			r.Skip(0, otherBranch, text)
		case text == "":
			r.Skip(0, mediaOnly, "")
		default:
			r.Add(exchange.Row{
				Message: text, Role: jsonitems.Text(message, "sender"), Conversation: id,
				Time: exchange.ParseTime(jsonitems.Text(message, "created_at")),
			})
		}
	}
}

// claudeShown gives the messages of the branch that is shown, by their ids; nil for all.
func claudeShown(conversation any) map[string]bool {
	leaf := jsonitems.Text(conversation, "current_leaf_message_uuid")
	parents := map[string]string{}
	for _, message := range jsonitems.List(conversation, "chat_messages") {
		parents[jsonitems.Text(message, "uuid")] = jsonitems.Text(message, "parent_message_uuid")
	}
	if _, ok := parents[leaf]; !ok {
		return nil
	}
	shown := map[string]bool{}
	for leaf != "" && !shown[leaf] {
		shown[leaf] = true
		leaf = parents[leaf]
	}
	return shown
}

// claudeText joins the texts of a message; its thoughts, tools and files are none.
func claudeText(message any) string {
	parts := jsonitems.List(message, "content")
	var said []string
	for _, part := range parts {
		if kind := jsonitems.Text(part, "type"); kind == "text" {
			said = append(said, strings.TrimSpace(jsonitems.Text(part, "text")))
		}
	}
	said = slices.DeleteFunc(said, func(s string) bool { return s == "" })
	if len(parts) == 0 {
		return strings.TrimSpace(jsonitems.Text(message, "text"))
	}
	return strings.Join(said, "\n")
}
