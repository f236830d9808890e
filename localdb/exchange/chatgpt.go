package exchange

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"seedbed/assets/i18n"
)

// ReadChatGPT reads the conversations.json of a ChatGPT export: of each
// conversation the branch that ends in its current node. Hidden and system
// messages, tools and parts that are no text are skipped.
func ReadChatGPT(r io.Reader, o Options) (*Reading, error) {
	return readConversations(r, o, ChatGPT, []string{"conversations"}, func(c *chat, conversation, _ map[string]any) {
		mapping, ok := conversation["mapping"].(map[string]any)
		if !ok {
			c.reject(i18n.Error(`the conversation has no messages (no "mapping")`), text(conversation, "title"))
			return
		}
		id := text(conversation, "conversation_id")
		if id == "" {
			id = text(conversation, "id")
		}
		for _, message := range branch(mapping, text(conversation, "current_node")) {
			role := text(message, "author", "role")
			if role != "user" && role != "assistant" || hiddenTurn(message) {
				c.skip()
				continue
			}
			seconds, _ := strconv.ParseFloat(text(message, "create_time"), 64)
			c.turn(Row{Message: spoken(message["content"]), Role: role, Conversation: id, Time: sinceEpoch(seconds)})
		}
	})
}

// branch gives the messages from the first to the node, or to the newest one
// where the node is not known.
func branch(mapping map[string]any, node string) (messages []map[string]any) {
	if _, ok := mapping[node]; !ok {
		node = newest(mapping)
	}
	for seen := map[string]bool{}; node != "" && !seen[node]; node = text(mapping[node], "parent") {
		seen[node] = true
		if message, ok := at(mapping[node], "message").(map[string]any); ok {
			messages = append(messages, message)
		}
	}
	slices.Reverse(messages)
	return messages
}

func newest(mapping map[string]any) (node string) {
	last := -1.0
	for id, n := range mapping {
		seconds, err := strconv.ParseFloat(text(n, "message", "create_time"), 64)
		if err == nil && (seconds > last || seconds == last && id > node) {
			node, last = id, seconds
		}
	}
	return node
}

// hiddenTurn is true of what the person who chatted did not see as a message.
func hiddenTurn(message map[string]any) bool {
	hidden, _ := at(message, "metadata", "is_visually_hidden_from_conversation").(bool)
	system, _ := at(message, "metadata", "is_user_system_message").(bool)
	to := text(message, "recipient")
	return hidden || system || to != "" && to != "all"
}

// spoken joins the texts of a content; pictures, files, code and the like have none.
func spoken(content any) string {
	switch text(content, "content_type") {
	case "text", "multimodal_text":
	default:
		return ""
	}
	list, _ := at(content, "parts").([]any)
	var said []string
	for _, part := range list {
		s, ok := part.(string)
		if !ok && text(part, "content_type") == "audio_transcription" {
			s = text(part, "text")
		}
		if s != "" {
			said = append(said, s)
		}
	}
	return strings.TrimSpace(strings.Join(said, "\n"))
}
