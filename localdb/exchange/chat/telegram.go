package chat

import (
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
)

// Telegram is the result.json of an export of Telegram Desktop, of one chat or all.
var Telegram = &exchange.Format{ID: "telegram", Name: i18n.T("Telegram export"), Extension: ".json"}

var telegramReader = exchange.Reader{
	Format: Telegram, Recognise: recogniseTelegram, Read: readTelegram,
	About: "result.json of one chat or of all. The role is the sender's name, or \"bot\", and what was said in a chat on one day is a conversation. " +
		"Notices, polls, stickers and media without a caption are skipped.",
}

var telegramLists = []string{"messages", "chats.list.messages", "left_chats.list.messages"}

func recogniseTelegram(f *exchange.File) exchange.Evidence {
	why := fieldsOf("Telegram")
	root := jsonitems.Root(f)
	if jsonitems.Has(root, "about", "chats") || jsonitems.Has(root, "about", "personal_information") {
		return exchange.Evidence{Sureness: exchange.Sure, Why: why}
	}
	return jsonitems.Evidence(jsonitems.Sample(f, telegramLists...), func(v any) bool {
		kind := jsonitems.Text(v, "type")
		return (kind == "message" || kind == "service") && jsonitems.Has(v, "id", "date", "text") &&
			(jsonitems.Has(v, "from_id") || jsonitems.Has(v, "actor_id") || jsonitems.Has(v, "date_unixtime"))
	}, why)
}

func readTelegram(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	items := jsonitems.Open(f, telegramLists...)
	facts := exchange.Facts{Format: Telegram, Encoding: f.Guess()}
	return exchange.NewReading(o, facts, func(r *exchange.Reading) error {
		return items.Each(r, func(item jsonitems.Item) { addTelegram(r, item) })
	}), nil
}

func addTelegram(r *exchange.Reading, item jsonitems.Item) {
	message := item.Value
	text := telegramText(jsonitems.At(message, "text"))
	if text == "" {
		text = telegramText(jsonitems.At(message, "text_entities"))
	}
	switch {
	case jsonitems.Text(message, "type") != "message":
		r.Skip(0, noticeOf("Telegram"), first(text, jsonitems.Text(message, "action")))
		return
	case jsonitems.Has(message, "poll"):
		r.Skip(0, poll, jsonitems.Text(message, "poll", "question"))
		return
	case strings.TrimSpace(text) == "":
		r.Skip(0, mediaOnly, first(jsonitems.Text(message, "sticker_emoji"), jsonitems.Text(message, "media_type")))
		return
	}
	when := exchange.ParseTime(first(jsonitems.Text(message, "date_unixtime"), jsonitems.Text(message, "date")))
	role := first(jsonitems.Text(message, "from"), jsonitems.Text(message, "from_id"))
	chat := item.Around
	if jsonitems.Text(any(chat), "type") == "bot_chat" && role == jsonitems.Text(any(chat), "name") {
		role = bot
	}
	r.Add(exchange.Row{
		Message: strings.TrimSpace(text), Role: role, Time: when,
		Conversation: onDay(first(jsonitems.Text(any(chat), "id"), jsonitems.Text(any(chat), "name")), when),
	})
}

// telegramText joins a text and its formatted pieces.
func telegramText(value any) string {
	if list, ok := value.([]any); ok {
		var b strings.Builder
		for _, piece := range list {
			if s, ok := piece.(string); ok {
				b.WriteString(s)
			} else {
				b.WriteString(jsonitems.Text(piece, "text"))
			}
		}
		return b.String()
	}
	s, _ := jsonitems.Scalar(value)
	return s
}
