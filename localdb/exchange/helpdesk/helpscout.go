package helpdesk

import (
	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
)

// HelpScout is conversations with their threads as Help Scout answers.
var HelpScout = &exchange.Format{ID: "helpscout", Name: i18n.T("Help Scout export"), Extension: ".json"}

var helpScoutReader = reader(HelpScout,
	"Conversations with their threads, or threads alone. What customers wrote is \"user\", what the team wrote \"agent\". Notes and events are skipped.",
	fieldsOf("Help Scout"), []string{"_embedded.conversations", "_embedded.threads", "conversations", "threads"},
	func(v any) bool {
		thread := v
		if threads := helpScoutThreads(v); len(threads) > 0 {
			thread = threads[0]
		}
		return jsonitems.Has(thread, "type", "body", "createdBy")
	}, func(r *exchange.Reading, item jsonitems.Item) {
		threads, id := helpScoutThreads(item.Value), jsonitems.Text(item.Value, "id")
		if threads == nil {
			threads, id = []any{item.Value}, ""
		}
		for _, thread := range threads {
			addHelpScout(r, thread, id)
		}
	})

func helpScoutThreads(conversation any) []any {
	if threads := jsonitems.List(conversation, "_embedded", "threads"); threads != nil {
		return threads
	}
	return jsonitems.List(conversation, "threads")
}

// addHelpScout adds a thread, as Help Scout calls a message. Its author is a "customer", or a
// "user" of Help Scout, who is one of the team.
func addHelpScout(r *exchange.Reading, thread any, conversation string) {
	html, role := jsonitems.Text(thread, "body"), agent
	switch jsonitems.Text(thread, "type") {
	case "note":
		r.Skip(0, privateNote, html)
		return
	case "lineitem", "forwardparent", "forwardchild":
		r.Skip(0, systemEvent, html)
		return
	}
	if jsonitems.Text(thread, "state") == "draft" {
		r.Skip(0, draft, html)
		return
	}
	if jsonitems.Text(thread, "createdBy", "type") == "customer" {
		role = user
	}
	add(r, turn{html: html, role: role, conversation: conversation, time: jsonitems.Text(thread, "createdAt")})
}
