package chat

import (
	"slices"
	"strconv"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
)

// ChatGPT is the conversations.json of an export of ChatGPT, whole or in several files.
var ChatGPT = &exchange.Format{ID: "chatgpt", Name: i18n.T("ChatGPT export"), Extension: ".json"}

var chatGPTReader = exchange.Reader{
	Format: ChatGPT, Recognise: recogniseChatGPT, Read: readChatGPT,
	About: "Of each conversation the branch that ends in its current node. Hidden and system messages, tools and parts that are no text are skipped.",
}

func recogniseChatGPT(f *exchange.File) exchange.Evidence {
	return jsonitems.Evidence(jsonitems.Sample(f, "conversations"), func(v any) bool {
		mapping, ok := jsonitems.At(v, "mapping").(map[string]any)
		return ok && (len(mapping) == 0 || jsonitems.Has(v, "title") || jsonitems.Has(v, "current_node"))
	}, i18n.T("its conversations hold a mapping of messages"))
}

func readChatGPT(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	items := jsonitems.Open(f, "conversations")
	facts := exchange.Facts{Format: ChatGPT, Encoding: f.Guess()}
	return exchange.NewReading(o, facts, func(r *exchange.Reading) error {
		return items.Each(r, func(item jsonitems.Item) { addChatGPT(r, item.Value) })
	}), nil
}

func addChatGPT(r *exchange.Reading, conversation any) {
	mapping, ok := jsonitems.At(conversation, "mapping").(map[string]any)
	if !ok {
		r.Reject(0, i18n.Error(`the conversation has no messages (no "mapping")`), jsonitems.Text(conversation, "title"))
		return
	}
	id := jsonitems.Text(conversation, "conversation_id")
	if id == "" {
		id = jsonitems.Text(conversation, "id")
	}
	for _, message := range branch(mapping, jsonitems.Text(conversation, "current_node")) {
		role := jsonitems.Text(message, "author", "role")
		if role != "user" && role != "assistant" || hiddenTurn(message) {
			r.Skip(0, i18n.T("is a message that the person did not see"), "")
			continue
		}
		seconds, _ := strconv.ParseFloat(jsonitems.Text(message, "create_time"), 64)
		r.Add(exchange.Row{Message: spoken(message["content"]), Role: role, Conversation: id, Time: exchange.SinceEpoch(seconds)})
	}
}

// branch gives the messages from the first to the node, or to the newest one
// where the node is not known.
func branch(mapping map[string]any, node string) (messages []map[string]any) {
	if _, ok := mapping[node]; !ok {
		node = newest(mapping)
	}
	for seen := map[string]bool{}; node != "" && !seen[node]; node = jsonitems.Text(mapping[node], "parent") {
		seen[node] = true
		if message, ok := jsonitems.At(mapping[node], "message").(map[string]any); ok {
			messages = append(messages, message)
		}
	}
	slices.Reverse(messages)
	return messages
}

func newest(mapping map[string]any) (node string) {
	last := -1.0
	for id, n := range mapping {
		seconds, err := strconv.ParseFloat(jsonitems.Text(n, "message", "create_time"), 64)
		if err == nil && (seconds > last || seconds == last && id > node) {
			node, last = id, seconds
		}
	}
	return node
}

// hiddenTurn is true of what the person who chatted did not see as a message.
func hiddenTurn(message map[string]any) bool {
	hidden, _ := jsonitems.At(message, "metadata", "is_visually_hidden_from_conversation").(bool)
	system, _ := jsonitems.At(message, "metadata", "is_user_system_message").(bool)
	to := jsonitems.Text(message, "recipient")
	return hidden || system || to != "" && to != "all"
}

// spoken joins the texts of a content; pictures, files, code and the like have none.
func spoken(content any) string {
	switch jsonitems.Text(content, "content_type") {
	case "text", "multimodal_text":
	default:
		return ""
	}
	list, _ := jsonitems.At(content, "parts").([]any)
	var said []string
	for _, part := range list {
		s, ok := part.(string)
		if !ok && jsonitems.Text(part, "content_type") == "audio_transcription" {
			s = jsonitems.Text(part, "text")
		}
		if s != "" {
			said = append(said, s)
		}
	}
	return strings.TrimSpace(strings.Join(said, "\n"))
}
