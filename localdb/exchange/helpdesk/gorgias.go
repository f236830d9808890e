package helpdesk

import (
	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
)

// Gorgias is a list of messages as Gorgias answers, or of tickets with their messages.
var Gorgias = &exchange.Format{ID: "gorgias", Name: i18n.T("Gorgias export"), Extension: ".json"}

var gorgiasReader = reader(Gorgias,
	"Messages, or tickets with their messages. Customers are \"user\", others \"agent\". Internal notes are skipped.",
	fieldsOf("Gorgias"), []string{"data", "tickets"},
	func(v any) bool {
		message := v
		if messages := jsonitems.List(v, "messages"); len(messages) > 0 {
			message = messages[0]
		}
		return jsonitems.Has(message, "from_agent", "channel") && (jsonitems.Has(message, "body_text") || jsonitems.Has(message, "body_html"))
	}, func(r *exchange.Reading, item jsonitems.Item) {
		if !jsonitems.Has(item.Value, "messages") {
			addGorgias(r, item.Value, jsonitems.Text(item.Value, "ticket_id"))
			return
		}
		for _, message := range jsonitems.List(item.Value, "messages") {
			addGorgias(r, message, jsonitems.Text(item.Value, "id"))
		}
	})

func addGorgias(r *exchange.Reading, message any, ticket string) {
	text, html := jsonitems.Text(message, "body_text"), jsonitems.Text(message, "body_html")
	if jsonitems.Text(message, "channel") == "internal-note" || jsonitems.Has(message, "public") && !jsonitems.True(message, "public") {
		r.Skip(0, privateNote, first(text, html))
		return
	}
	role := user
	if jsonitems.True(message, "from_agent") {
		role = agent
	}
	add(r, turn{text: text, html: html, role: role, conversation: ticket, time: first(jsonitems.Text(message, "sent_datetime"), jsonitems.Text(message, "created_datetime"))})
}
