package chat

import (
	"strings"
	"time"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
)

// GoogleChat is a messages.json of Google Takeout, or its Hangouts.json.
var GoogleChat = &exchange.Format{ID: "google-chat", Name: i18n.T("Google Chat export"), Extension: ".json"}

var googleChatReader = exchange.Reader{
	Format: GoogleChat, Recognise: recogniseGoogleChat, Read: readGoogleChat,
	About: "messages.json of Google Takeout, alone or in the zip file, and Hangouts.json. The role is the sender's name, or \"bot\"; a topic is a conversation.",
}

var googleChatLists = []string{"messages", "conversations.events"}

func recogniseGoogleChat(f *exchange.File) exchange.Evidence {
	return jsonitems.Evidence(jsonitems.Sample(f, googleChatLists...), func(v any) bool {
		return jsonitems.Has(v, "creator", "created_date") || jsonitems.Has(v, "sender_id", "timestamp", "event_type")
	}, i18n.T("its messages have creators and dates as those of Google Chat have"))
}

func readGoogleChat(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	items := jsonitems.Open(f, googleChatLists...)
	facts := exchange.Facts{Format: GoogleChat, Encoding: f.Guess()}
	return exchange.NewReading(o, facts, func(r *exchange.Reading) error {
		return items.Each(r, func(item jsonitems.Item) {
			if jsonitems.Has(item.Value, "sender_id") {
				addHangouts(r, item)
				return
			}
			addGoogleChat(r, item.Value, folder(f))
		})
	}), nil
}

func addGoogleChat(r *exchange.Reading, message any, chat string) {
	text := strings.TrimSpace(jsonitems.Text(message, "text"))
	switch {
	case jsonitems.Text(message, "message_state") == "DELETED" || jsonitems.Has(message, "deletion_metadata"):
		r.Skip(0, deleted, text)
		return
	case text == "":
		r.Skip(0, mediaOnly, "")
		return
	}
	creator := jsonitems.At(message, "creator")
	role := first(jsonitems.Text(creator, "name"), jsonitems.Text(creator, "email"))
	if jsonitems.Text(creator, "user_type") == "Bot" {
		role = bot
	}
	when := takeoutTime(jsonitems.Text(message, "created_date"))
	conversation := onDay(chat, when)
	if topic := jsonitems.Text(message, "topic_id"); topic != "" && !strings.HasPrefix(chat, "DM") {
		conversation = strings.TrimPrefix(chat+"/"+topic, "/")
	}
	r.Add(exchange.Row{Message: text, Role: role, Conversation: conversation, Time: when})
}

// takeoutTime reads "Friday, January 5, 2024 at 3:07:00 PM UTC", as Takeout writes it in
// English; the zero time in other languages.
func takeoutTime(text string) time.Time {
	text = strings.NewReplacer("\u202F", " ", "\u00A0", " ").Replace(text)
	for _, layout := range []string{"Monday, January 2, 2006 at 3:04:05 PM MST", "Monday, 2 January 2006 at 15:04:05 MST", "Monday 2 January 2006 at 15:04:05 MST"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC()
		}
	}
	return exchange.ParseTime(text)
}

func addHangouts(r *exchange.Reading, item jsonitems.Item) {
	event := item.Value
	var b strings.Builder
	for _, segment := range jsonitems.List(event, "chat_message", "message_content", "segment") {
		if jsonitems.Text(segment, "type") == "LINE_BREAK" {
			b.WriteByte('\n')
		} else {
			b.WriteString(jsonitems.Text(segment, "text"))
		}
	}
	text := strings.TrimSpace(b.String())
	switch {
	case jsonitems.Text(event, "event_type") != "REGULAR_CHAT_MESSAGE":
		r.Skip(0, noticeOf("Google Hangouts"), text)
		return
	case text == "":
		r.Skip(0, mediaOnly, "")
		return
	}
	sender := jsonitems.Text(event, "sender_id", "gaia_id")
	conversation := jsonitems.At(any(item.Around), "conversation", "conversation")
	for _, participant := range jsonitems.List(conversation, "participant_data") {
		if jsonitems.Text(participant, "id", "gaia_id") == sender {
			sender = first(jsonitems.Text(participant, "fallback_name"), sender)
		}
	}
	when := exchange.ParseTime(jsonitems.Text(event, "timestamp"))
	r.Add(exchange.Row{Message: text, Role: sender, Conversation: onDay(jsonitems.Text(event, "conversation_id", "id"), when), Time: when})
}
