package chat

import (
	"errors"
	"io"
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
	}, fieldsOf("Google Chat"))
}

func readGoogleChat(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	items := jsonitems.Open(f, googleChatLists...)
	facts := exchange.Facts{Format: GoogleChat, Encoding: f.Guess()}
	return exchange.NewReading(o, facts, func(r *exchange.Reading) error {
		names, err := hangoutsNames(f)
		if err != nil {
			return err
		}
		return items.Each(r, func(item jsonitems.Item) {
			if jsonitems.Has(item.Value, "sender_id") {
				addHangouts(r, item.Value, names)
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

// hangoutsNames reads who takes part in the conversations of Hangouts.
func hangoutsNames(f *exchange.File) (map[string]string, error) {
	names := map[string]string{}
	people := jsonitems.Inside(f, "conversations.conversation.conversation.participant_data")
	for {
		person, err := people.Next()
		if errors.Is(err, io.EOF) {
			return names, nil
		}
		if err != nil {
			return nil, err
		}
		if name := jsonitems.Text(person.Value, "fallback_name"); name != "" {
			names[jsonitems.Text(person.Value, "id", "gaia_id")] = name
		}
	}
}

func addHangouts(r *exchange.Reading, event any, names map[string]string) {
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
	when := exchange.ParseTime(jsonitems.Text(event, "timestamp"))
	r.Add(exchange.Row{
		Message: text, Role: first(names[sender], sender), Time: when,
		Conversation: onDay(jsonitems.Text(event, "conversation_id", "id"), when),
	})
}
