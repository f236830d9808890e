package helpdesk

import (
	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
)

// Chatwoot is a list of conversations or messages as Chatwoot's programming interface
// gives them.
var Chatwoot = &exchange.Format{ID: "chatwoot", Name: i18n.T("Chatwoot export"), Extension: ".json"}

var chatwootReader = reader(Chatwoot,
	"Conversations with their messages, or messages alone. Incoming messages are \"user\", outgoing ones \"agent\" or \"bot\". Private notes and activities are skipped.",
	fieldsOf("Chatwoot"),
	[]string{"payload", "data.payload", "conversations", "messages"},
	func(v any) bool {
		for _, message := range append(jsonitems.List(v, "messages"), v) {
			if jsonitems.Has(message, "message_type", "content") && (jsonitems.Has(message, "private") || jsonitems.Has(message, "inbox_id") || jsonitems.Has(message, "conversation_id")) {
				return true
			}
		}
		return false
	}, addChatwoot)

func addChatwoot(r *exchange.Reading, item jsonitems.Item) {
	if !jsonitems.Has(item.Value, "messages") {
		addChatwootMessage(r, item.Value, "")
		return
	}
	id := first(jsonitems.Text(item.Value, "display_id"), jsonitems.Text(item.Value, "id"))
	for _, message := range jsonitems.List(item.Value, "messages") {
		addChatwootMessage(r, message, id)
	}
}

func addChatwootMessage(r *exchange.Reading, message any, conversation string) {
	text := jsonitems.Text(message, "content")
	if jsonitems.True(message, "private") {
		r.Skip(0, privateNote, text)
		return
	}
	var role string
	switch jsonitems.Text(message, "message_type") {
	case "0", "incoming":
		role = user
	case "1", "outgoing":
		role = agent
		if kind := jsonitems.Text(message, "sender", "type"); kind == "agent_bot" || jsonitems.Text(message, "sender_type") == "AgentBot" || jsonitems.Text(message, "sender_type") == "Captain::Assistant" {
			role = bot
		}
	default: // an activity, or a greeting that is sent by itself
		r.Skip(0, systemEvent, text)
		return
	}
	conversation = first(conversation, jsonitems.Text(message, "conversation_id"), jsonitems.Text(message, "conversation", "id"))
	t := turn{text: text, role: role, conversation: conversation, time: jsonitems.Text(message, "created_at")}
	if jsonitems.Text(message, "content_type") == "incoming_email" {
		reply := jsonitems.At(message, "content_attributes", "email", "text_content")
		t.text = first(jsonitems.Text(reply, "reply"), jsonitems.Text(reply, "full"), text)
	}
	add(r, t)
}
