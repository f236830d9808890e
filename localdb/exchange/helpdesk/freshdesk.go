package helpdesk

import (
	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
)

// Freshdesk is a list of tickets with their notes or conversations.
var Freshdesk = &exchange.Format{ID: "freshdesk", Name: i18n.T("Freshdesk export"), Extension: ".json"}

var freshdeskReader = reader(Freshdesk,
	"Tickets with their notes or conversations. The requester's messages are \"user\", others \"agent\". Private notes are skipped.",
	fieldsOf("Freshdesk"),
	[]string{"tickets", "results"},
	func(v any) bool {
		if inner := jsonitems.At(v, "helpdesk_ticket"); inner != nil {
			return true
		}
		return jsonitems.Has(v, "requester_id") && (jsonitems.Has(v, "conversations") || jsonitems.Has(v, "description_text")) ||
			jsonitems.Has(v, "body_text", "incoming", "private")
	}, addFreshdesk)

func addFreshdesk(r *exchange.Reading, item jsonitems.Item) {
	ticket := item.Value
	if inner := jsonitems.At(ticket, "helpdesk_ticket"); inner != nil {
		ticket = inner
	}
	id := first(jsonitems.Text(ticket, "display_id"), jsonitems.Text(ticket, "id"))
	if jsonitems.Has(ticket, "body_text") { // a conversation alone
		addFreshdeskNote(r, ticket, first(jsonitems.Text(ticket, "ticket_id"), id), "")
		return
	}
	html := first(jsonitems.Text(ticket, "description_html"), jsonitems.Text(ticket, "description"))
	add(r, turn{text: jsonitems.Text(ticket, "description_text"), html: html, role: user, conversation: id, time: jsonitems.Text(ticket, "created_at")})
	requester := jsonitems.Text(ticket, "requester_id")
	for _, list := range []string{"notes", "conversations"} {
		for _, note := range jsonitems.List(ticket, list) {
			for _, around := range []string{"helpdesk_note", "note"} {
				if inner := jsonitems.At(note, around); inner != nil {
					note = inner
				}
			}
			addFreshdeskNote(r, note, id, requester)
		}
	}
}

func addFreshdeskNote(r *exchange.Reading, note any, ticket, requester string) {
	text := jsonitems.Text(note, "body_text")
	if jsonitems.True(note, "private") {
		r.Skip(0, privateNote, text)
		return
	}
	role := agent
	if author := jsonitems.Text(note, "user_id"); jsonitems.True(note, "incoming") || author == requester && author != "" {
		role = user
	}
	add(r, turn{
		text: text, html: first(jsonitems.Text(note, "body_html"), jsonitems.Text(note, "body")), role: role,
		conversation: ticket, time: jsonitems.Text(note, "created_at"),
	})
}
