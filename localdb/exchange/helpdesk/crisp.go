package helpdesk

import (
	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
)

// Crisp is a list of conversations with their messages, or of messages alone.
var Crisp = &exchange.Format{ID: "crisp", Name: i18n.T("Crisp export"), Extension: ".json"}

var crispReader = reader(Crisp,
	"Conversations with their messages. Visitors are \"user\", operators \"agent\", or \"bot\" where they are automated. Notes, files and events are skipped.",
	fieldsOf("Crisp"),
	[]string{"data", "conversations", "data.messages"},
	func(v any) bool {
		return jsonitems.Has(v, "session_id", "messages") || jsonitems.Has(v, "session_id", "from", "content") || jsonitems.Has(v, "fingerprint", "from", "content")
	}, addCrisp)

func addCrisp(r *exchange.Reading, item jsonitems.Item) {
	id := jsonitems.Text(item.Value, "session_id")
	if !jsonitems.Has(item.Value, "messages") {
		addCrispMessage(r, item.Value, id)
		return
	}
	for _, message := range jsonitems.List(item.Value, "messages") {
		addCrispMessage(r, message, id)
	}
}

func addCrispMessage(r *exchange.Reading, message any, session string) {
	text := first(jsonitems.Text(message, "content"), jsonitems.Text(message, "content", "text"))
	switch kind := jsonitems.Text(message, "type"); kind {
	case "note":
		r.Skip(0, privateNote, text)
		return
	case "text", "":
	default: // a file, a carousel, an event
		r.Skip(0, systemEvent, first(text, kind))
		return
	}
	role := roleOf(jsonitems.Text(message, "from"))
	if role == agent && jsonitems.True(message, "automated") {
		role = bot
	}
	add(r, turn{text: text, role: role, conversation: first(session, jsonitems.Text(message, "session_id")), time: jsonitems.Text(message, "timestamp")})
}
