package chat

import (
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
)

// RocketChat is the messages of a room of Rocket.Chat.
var RocketChat = &exchange.Format{ID: "rocketchat", Name: i18n.T("Rocket.Chat export"), Extension: ".json"}

var rocketChatReader = exchange.Reader{
	Format: RocketChat, Recognise: recogniseRocketChat, Read: readRocketChat,
	About: "Messages of a room as its export, its programming interface or its database has them. The role is the sender's name, or \"bot\"; a thread is a conversation, and so is what else was said in a room on one day. " +
		"Notices, such as of who joined and left, and files are skipped.",
}

func recogniseRocketChat(f *exchange.File) exchange.Evidence {
	return jsonitems.Evidence(jsonitems.Sample(f, "messages"), func(v any) bool {
		return jsonitems.Has(v, "rid", "msg", "u") || jsonitems.Has(v, "_id", "msg", "ts", "u")
	}, fieldsOf("Rocket.Chat"))
}

func readRocketChat(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	items := jsonitems.Open(f, "messages")
	return exchange.NewReading(o, exchange.Facts{Format: RocketChat, Encoding: f.Guess()}, func(r *exchange.Reading) error {
		return items.Each(r, func(item jsonitems.Item) { addRocketChat(r, item.Value) })
	}), nil
}

// addRocketChat adds a message. One with a kind (t) is a notice, whose text is the name of
// whom it is about.
func addRocketChat(r *exchange.Reading, message any) {
	text := strings.TrimSpace(jsonitems.Text(message, "msg"))
	switch kind := jsonitems.Text(message, "t"); {
	case kind == "rm":
		r.Skip(0, deleted, text)
		return
	case kind != "" && kind != "e2e":
		r.Skip(0, noticeOf("Rocket.Chat"), text)
		return
	case text == "":
		r.Skip(0, mediaOnly, "")
		return
	}
	sender := jsonitems.At(message, "u")
	role := first(jsonitems.Text(sender, "name"), jsonitems.Text(sender, "username"))
	if jsonitems.Has(message, "bot") {
		role = bot
	}
	when := exchange.ParseTime(first(jsonitems.Text(message, "ts"), jsonitems.Text(message, "ts", "$date")))
	conversation := first(jsonitems.Text(message, "tmid"), onDay(jsonitems.Text(message, "rid"), when))
	r.Add(exchange.Row{Message: text, Role: role, Conversation: conversation, Time: when})
}
