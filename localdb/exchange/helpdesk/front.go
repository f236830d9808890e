package helpdesk

import (
	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
)

// Front is a list of messages or conversations as Front's programming interface gives
// them.
var Front = &exchange.Format{ID: "front", Name: i18n.T("Front export"), Extension: ".json"}

var frontReader = reader(Front,
	"Messages, or conversations with their messages and comments. Inbound messages are \"user\", others \"agent\". Comments and drafts are skipped.",
	fieldsOf("Front"),
	[]string{"_results", "conversations", "messages"},
	func(v any) bool {
		for _, message := range append(jsonitems.List(v, "messages"), v) {
			if jsonitems.Has(message, "is_inbound") {
				return true
			}
		}
		return false
	}, addFront)

func addFront(r *exchange.Reading, item jsonitems.Item) {
	conversation := item.Value
	if jsonitems.Has(conversation, "is_inbound") {
		addFrontMessage(r, conversation, "")
		return
	}
	id := jsonitems.Text(conversation, "id")
	for _, message := range jsonitems.List(conversation, "messages") {
		addFrontMessage(r, message, id)
	}
	for _, comment := range jsonitems.List(conversation, "comments") {
		r.Skip(0, privateNote, jsonitems.Text(comment, "body"))
	}
}

func addFrontMessage(r *exchange.Reading, message any, conversation string) {
	text := jsonitems.Text(message, "text")
	if jsonitems.True(message, "is_draft") {
		r.Skip(0, draft, text)
		return
	}
	role := agent
	if jsonitems.True(message, "is_inbound") {
		role = user
	}
	conversation = first(conversation, jsonitems.Text(message, "conversation_id"), lastPart(jsonitems.Text(message, "_links", "related", "conversation")))
	add(r, turn{text: text, html: first(jsonitems.Text(message, "body"), jsonitems.Text(message, "blurb")), role: role, conversation: conversation, time: jsonitems.Text(message, "created_at")})
}

// lastPart is the end of an address behind its last slash.
func lastPart(address string) string {
	for i := len(address) - 1; i >= 0; i-- {
		if address[i] == '/' {
			return address[i+1:]
		}
	}
	return address
}
