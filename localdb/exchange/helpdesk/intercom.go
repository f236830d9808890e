package helpdesk

import (
	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
	"seedbed/localdb/exchange/plaintext"
)

// Intercom is a list of conversations as Intercom's programming interface gives them.
var Intercom = &exchange.Format{ID: "intercom", Name: i18n.T("Intercom export"), Extension: ".json"}

var intercomReader = exchange.Reader{
	Format: Intercom, Recognise: recogniseIntercom, Read: readIntercom,
	About: "Conversations with their parts. Notes among the team are skipped. Users, leads and contacts are \"user\"; others are as Intercom says (\"admin\", \"bot\").",
}

var intercomLists = []string{"conversations", "data"}

func recogniseIntercom(f *exchange.File) exchange.Evidence {
	return jsonitems.Evidence(jsonitems.Sample(f, intercomLists...), func(v any) bool {
		kind := jsonitems.Text(v, "type")
		return jsonitems.Has(v, "conversation_parts") || jsonitems.Has(v, "conversation_message") || kind == "conversation" || kind == "conversation.list"
	}, i18n.T("it holds conversations with parts, as Intercom has them"))
}

func readIntercom(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	items := jsonitems.Open(f, intercomLists...)
	facts := exchange.Facts{Format: Intercom, Encoding: f.Guess()}
	return exchange.NewReading(o, facts, func(r *exchange.Reading) error {
		return items.Each(r, func(item jsonitems.Item) { addIntercom(r, item.Value) })
	}), nil
}

func addIntercom(r *exchange.Reading, conversation any) {
	id := jsonitems.Text(conversation, "id")
	opening, _ := jsonitems.At(conversation, "source").(map[string]any)
	if opening == nil {
		opening, _ = jsonitems.At(conversation, "conversation_message").(map[string]any)
	}
	later, hasParts := jsonitems.At(conversation, "conversation_parts", "conversation_parts").([]any)
	if !hasParts {
		later, hasParts = jsonitems.At(conversation, "conversation_parts").([]any)
	}
	if opening == nil && !hasParts {
		r.Reject(0, i18n.Error("the conversation has no messages"), id)
		return
	}
	if opening != nil {
		row := intercomTurn(opening, id)
		row.Time = exchange.ParseTime(jsonitems.Text(conversation, "created_at"))
		r.Add(row)
	}
	for _, part := range later {
		switch jsonitems.Text(part, "part_type") {
		case "note", "note_and_reopen":
			r.Skip(0, privateNote, "")
		default:
			r.Add(intercomTurn(part, id))
		}
	}
}

func intercomTurn(part any, conversation string) exchange.Row {
	role := jsonitems.Text(part, "author", "type")
	switch role {
	case "lead", "contact", "visitor":
		role = "user"
	}
	return exchange.Row{
		Message: plaintext.FromHTML(jsonitems.Text(part, "body")), Role: role,
		Conversation: conversation, Time: exchange.ParseTime(jsonitems.Text(part, "created_at")),
	}
}
