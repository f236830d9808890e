package chat

import (
	"strings"
	"time"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
)

// Signal is the JSON that Signal and tools for it write.
var Signal = &exchange.Format{ID: "signal", Name: i18n.T("Signal export"), Extension: ".json"}

var signalReader = exchange.Reader{
	Format: Signal, Recognise: recogniseSignal, Read: readSignal,
	About: "The messages of Signal Desktop's database in JSON, data.json of signal-export, and main.jsonl of Signal's plaintext export. The role is the sender's name or number, " +
		"\"me\" for the owner of the phone, and what was said in a chat on one day is a conversation. Notices, stickers and media are skipped.",
}

func recogniseSignal(f *exchange.File) exchange.Evidence {
	return jsonitems.Evidence(jsonitems.Sample(f, "messages", "messsages"), func(v any) bool {
		return jsonitems.Has(v, "conversationId", "body") && jsonitems.Has(v, "type") && (jsonitems.Has(v, "sent_at") || jsonitems.Has(v, "timestamp") || jsonitems.Has(v, "received_at")) ||
			jsonitems.Has(v, "sender", "body", "date", "quote") ||
			jsonitems.Has(jsonitems.At(v, "chatItem"), "chatId", "dateSent") || jsonitems.Has(v, "version", "backupTimeMs") ||
			jsonitems.Has(jsonitems.At(v, "recipient"), "id", "contact")
	}, fieldsOf("Signal"))
}

func readSignal(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	items := jsonitems.Open(f, "messages", "messsages") // as one tool spells it
	facts := exchange.Facts{Format: Signal, Encoding: f.Guess()}
	return exchange.NewReading(o, facts, func(r *exchange.Reading) error {
		names := map[string]string{}
		return items.Each(r, func(item jsonitems.Item) {
			line := 0
			if items.Lines {
				line = item.Number
			}
			if jsonitems.Has(item.Value, "body") || jsonitems.Has(item.Value, "conversationId") {
				addSignal(r, line, item.Value, folder(f))
				return
			}
			addSignalFrame(r, line, item.Value, names)
		})
	}), nil
}

// addSignal adds a message of the database, or of signal-export.
func addSignal(r *exchange.Reading, line int, message any, chat string) {
	text := strings.TrimSpace(jsonitems.Text(message, "body"))
	kind := jsonitems.Text(message, "type")
	switch {
	case jsonitems.True(message, "deletedForEveryone") || jsonitems.True(message, "isErased"):
		r.Skip(line, deleted, text)
		return
	case kind != "" && kind != "incoming" && kind != "outgoing":
		r.Skip(line, noticeOf("Signal"), text)
		return
	case text == "":
		r.Skip(line, mediaOnly, "")
		return
	}
	role := first(jsonitems.Text(message, "sender"), jsonitems.Text(message, "sourceName"), jsonitems.Text(message, "source"),
		jsonitems.Text(message, "sourceServiceId"), jsonitems.Text(message, "sourceUuid"), kind)
	if kind == "outgoing" || strings.EqualFold(role, "me") {
		role = "me"
	}
	var when time.Time
	for _, key := range []string{"sent_at", "timestamp", "date", "received_at"} {
		if when = exchange.ParseTime(jsonitems.Text(message, key)); !when.IsZero() {
			break
		}
	}
	chat = first(jsonitems.Text(message, "conversationName"), jsonitems.Text(message, "conversationId"), chat)
	r.Add(exchange.Row{Line: line, Message: text, Role: role, Conversation: onDay(chat, when), Time: when})
}

// addSignalFrame adds a frame of Signal's own export, which has the people before the
// messages.
func addSignalFrame(r *exchange.Reading, line int, frame any, names map[string]string) {
	if recipient := jsonitems.At(frame, "recipient"); recipient != nil {
		contact := jsonitems.At(recipient, "contact")
		name := strings.TrimSpace(first(jsonitems.Text(contact, "systemGivenName"), jsonitems.Text(contact, "profileGivenName")) + " " +
			first(jsonitems.Text(contact, "systemFamilyName"), jsonitems.Text(contact, "profileFamilyName")))
		if jsonitems.Has(recipient, "self") {
			name = "me"
		}
		names[jsonitems.Text(recipient, "id")] = first(name, jsonitems.Text(contact, "e164"))
		return
	}
	item := jsonitems.At(frame, "chatItem")
	if item == nil { // a setting, a chat, a sticker pack
		return
	}
	text := strings.TrimSpace(jsonitems.Text(item, "standardMessage", "text", "body"))
	switch {
	case jsonitems.Has(item, "remoteDeletedMessage"):
		r.Skip(line, deleted, "")
		return
	case jsonitems.Has(item, "updateMessage"):
		r.Skip(line, noticeOf("Signal"), "")
		return
	case jsonitems.Has(item, "poll"):
		r.Skip(line, poll, jsonitems.Text(item, "poll", "question"))
		return
	case text == "":
		r.Skip(line, mediaOnly, "")
		return
	}
	author := jsonitems.Text(item, "authorId")
	when := exchange.ParseTime(jsonitems.Text(item, "dateSent"))
	role := first(names[author], author)
	if jsonitems.Has(item, "outgoing") {
		role = "me"
	}
	r.Add(exchange.Row{Line: line, Message: text, Role: role, Conversation: onDay(jsonitems.Text(item, "chatId"), when), Time: when})
}
