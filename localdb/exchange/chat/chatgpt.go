package chat

import (
	"maps"
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
	}, fieldsOf("ChatGPT"))
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
	id := first(jsonitems.Text(conversation, "conversation_id"), jsonitems.Text(conversation, "id"))
	shown := branch(mapping, jsonitems.Text(conversation, "current_node"))
	for _, node := range slices.Sorted(maps.Keys(mapping)) {
		message, ok := jsonitems.At(mapping[node], "message").(map[string]any)
		if text := spoken(message["content"]); ok && text != "" && !slices.Contains(shown, node) && turnOf(message) != "" {
			r.Skip(0, otherBranch, text)
		}
	}
	for _, node := range shown {
		message, _ := jsonitems.At(mapping[node], "message").(map[string]any)
		if message == nil {
			continue
		}
		role := turnOf(message)
		if role == "" {
			r.Skip(0, notShown, spoken(message["content"]))
			continue
		}
		seconds, _ := strconv.ParseFloat(jsonitems.Text(message, "create_time"), 64)
		r.Add(exchange.Row{Message: spoken(message["content"]), Role: role, Conversation: id, Time: exchange.SinceEpoch(seconds)})
	}
}

// branch gives the nodes from the first to the node, or to the newest one
// where the node is not known.
func branch(mapping map[string]any, node string) (nodes []string) {
	if _, ok := mapping[node]; !ok {
		node = newest(mapping)
	}
	for seen := map[string]bool{}; node != "" && !seen[node]; node = jsonitems.Text(mapping[node], "parent") {
		seen[node] = true
		nodes = append(nodes, node)
	}
	slices.Reverse(nodes)
	return nodes
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

// turnOf is the role of a message of the two sides; "" for what the person who chatted did
// not see as a message.
func turnOf(message map[string]any) string {
	role := jsonitems.Text(message, "author", "role")
	to := jsonitems.Text(message, "recipient")
	if role != "user" && role != "assistant" || to != "" && to != "all" ||
		jsonitems.True(message, "metadata", "is_visually_hidden_from_conversation") || jsonitems.True(message, "metadata", "is_user_system_message") {
		return ""
	}
	return role
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
		if kind := jsonitems.Text(part, "content_type"); !ok && (kind == "audio_transcription" || kind == "text") {
			s = jsonitems.Text(part, "text")
		}
		if s != "" {
			said = append(said, s)
		}
	}
	return strings.TrimSpace(strings.Join(said, "\n"))
}
