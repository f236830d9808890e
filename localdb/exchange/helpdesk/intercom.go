package helpdesk

import (
	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
)

// Intercom is a list of conversations as Intercom's programming interface gives them.
var Intercom = &exchange.Format{ID: "intercom", Name: i18n.T("Intercom export"), Extension: ".json"}

var intercomReader = reader(Intercom,
	"Conversations with their parts. Users, leads and contacts are \"user\", the team \"agent\", programs \"bot\". Notes among the team and events are skipped.",
	fieldsOf("Intercom"),
	[]string{"conversations", "data"},
	func(v any) bool {
		kind := jsonitems.Text(v, "type")
		return jsonitems.Has(v, "conversation_parts") || jsonitems.Has(v, "conversation_message") || kind == "conversation" || kind == "conversation.list"
	}, addIntercom)

func addIntercom(r *exchange.Reading, item jsonitems.Item) {
	conversation := item.Value
	id := jsonitems.Text(conversation, "id")
	opening, _ := jsonitems.At(conversation, "source").(map[string]any)
	if opening == nil {
		opening, _ = jsonitems.At(conversation, "conversation_message").(map[string]any)
	}
	parts, hasParts := jsonitems.At(conversation, "conversation_parts", "conversation_parts").([]any)
	if !hasParts {
		parts, hasParts = jsonitems.At(conversation, "conversation_parts").([]any)
	}
	if opening == nil && !hasParts {
		r.Reject(0, i18n.Error("the conversation has no messages"), id)
		return
	}
	if opening != nil {
		addIntercomPart(r, opening, id, jsonitems.Text(conversation, "created_at"))
	}
	for _, part := range parts {
		addIntercomPart(r, part, id, jsonitems.Text(part, "created_at"))
	}
}

func addIntercomPart(r *exchange.Reading, part any, conversation, sent string) {
	body := jsonitems.Text(part, "body")
	switch kind := jsonitems.Text(part, "part_type"); {
	case kind == "note" || kind == "note_and_reopen" || kind == "note_and_close":
		r.Skip(0, privateNote, body)
	case body == "":
		r.Skip(0, systemEvent, kind)
	default:
		add(r, turn{html: body, role: roleOf(jsonitems.Text(part, "author", "type")), conversation: conversation, time: sent})
	}
}
