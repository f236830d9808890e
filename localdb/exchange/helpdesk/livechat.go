package helpdesk

import (
	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
)

// LiveChat is a list of chats as LiveChat's archive has them.
var LiveChat = &exchange.Format{ID: "livechat", Name: i18n.T("LiveChat export"), Extension: ".json"}

var liveChatReader = reader(LiveChat,
	"Chats with their threads and events, of the present and the old programming interface. Customers and visitors are \"user\", others \"agent\" or \"bot\". "+
		"What only agents saw, and events, are skipped.",
	fieldsOf("LiveChat"),
	[]string{"chats", "chats_summary"},
	func(v any) bool {
		return jsonitems.Has(v, "users") && (jsonitems.Has(v, "thread") || jsonitems.Has(v, "threads") || jsonitems.Has(v, "last_thread_summary")) ||
			jsonitems.Has(v, "messages", "visitor") || jsonitems.Has(v, "messages", "agents")
	}, addLiveChat)

func addLiveChat(r *exchange.Reading, item jsonitems.Item) {
	chat := item.Value
	id := jsonitems.Text(chat, "id")
	roles := map[string]string{}
	for _, u := range jsonitems.List(chat, "users") {
		roles[jsonitems.Text(u, "id")] = roleOf(jsonitems.Text(u, "type"))
	}
	threads := jsonitems.List(chat, "threads")
	if thread := jsonitems.At(chat, "thread"); thread != nil {
		threads = append(threads, thread)
	}
	for _, thread := range threads {
		for _, event := range jsonitems.List(thread, "events") {
			addLiveChatEvent(r, event, id, roles)
		}
	}
	for _, message := range jsonitems.List(chat, "messages") { // of the old interface
		kind := jsonitems.Text(message, "type")
		text := jsonitems.Text(message, "text")
		if kind != "" && kind != "message" {
			r.Skip(0, systemEvent, text)
			continue
		}
		role := roleOf(jsonitems.Text(message, "user_type"))
		add(r, turn{text: text, role: role, conversation: id, time: first(jsonitems.Text(message, "timestamp"), jsonitems.Text(message, "date"))})
	}
	if len(threads) == 0 && !jsonitems.Has(chat, "messages") {
		r.Reject(0, i18n.Error("the conversation has no messages"), id)
	}
}

func addLiveChatEvent(r *exchange.Reading, event any, chat string, roles map[string]string) {
	text := jsonitems.Text(event, "text")
	switch {
	case jsonitems.Text(event, "visibility") == "agents" || jsonitems.Text(event, "recipients") == "agents":
		r.Skip(0, privateNote, text)
	case jsonitems.Text(event, "type") != "message":
		r.Skip(0, systemEvent, text)
	default:
		role := first(roles[jsonitems.Text(event, "author_id")], agent)
		add(r, turn{text: text, role: role, conversation: chat, time: jsonitems.Text(event, "created_at")})
	}
}
