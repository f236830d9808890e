package helpdesk

import (
	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
)

// Tawk is chats as tawk.to answers, and sends to webhooks.
var Tawk = &exchange.Format{ID: "tawk", Name: i18n.T("tawk.to export"), Extension: ".json"}

var tawkReader = reader(Tawk,
	"Chats with their messages. Visitors are \"user\", agents \"agent\". Events are skipped.",
	fieldsOf("tawk.to"), []string{"data", "chats", "messages"},
	func(v any) bool {
		message := v
		if messages := jsonitems.List(v, "messages"); len(messages) > 0 {
			message = messages[0]
		}
		return jsonitems.Has(message, "msg", "sender") && jsonitems.Has(jsonitems.At(message, "sender"), "t")
	}, func(r *exchange.Reading, item jsonitems.Item) {
		if !jsonitems.Has(item.Value, "messages") {
			addTawk(r, item.Value, "")
			return
		}
		for _, message := range jsonitems.List(item.Value, "messages") {
			addTawk(r, message, first(jsonitems.Text(item.Value, "id"), jsonitems.Text(item.Value, "_id")))
		}
	})

// addTawk adds a message of a visitor (v) or an agent (a); others are of the system.
func addTawk(r *exchange.Reading, message any, chat string) {
	text := jsonitems.Text(message, "msg")
	role, known := map[string]string{"v": user, "a": agent}[jsonitems.Text(message, "sender", "t")]
	if kind := jsonitems.Text(message, "type"); !known || kind != "" && kind != "msg" && kind != "m" {
		r.Skip(0, systemEvent, text)
		return
	}
	add(r, turn{text: text, role: role, conversation: chat, time: jsonitems.Text(message, "time")})
}
