package kbsource

import (
	"encoding/json"
	"slices"
	"strings"

	"seedbed/kbsource/document"
)

// said is a message inside JSON, with the role of who said it where that is there.
type said struct{ role, text string }

// messagesIn finds the messages in a cell: itself, or in JSON the text of an object, of a
// list of parts, or of each message of a whole conversation.
func (c column) messagesIn(cell string) []said {
	cell = document.Clean(cell)
	isJSON := c.kind == jsonColumn || c.kind == arrayColumn || c.kind == objectColumn
	if !isJSON && !strings.HasPrefix(cell, "{") && !strings.HasPrefix(cell, "[") {
		return []said{{text: c.plain(cell)}}
	}
	var value any
	if json.Unmarshal([]byte(cell), &value) == nil {
		if messages := saidIn(value, 0); len(messages) > 0 || isJSON {
			return messages
		}
	}
	return []said{{text: cell}}
}

var (
	// saidFields hold what was said; the last ones hold objects around it.
	saidFields = []string{
		"content", "text", "message", "body", "parts", "value", "msg", "query", "question", "input", "prompt", "transcript", "utterance",
		"messages", "history", "turns", "conversation", "data", "kwargs", "payload",
	}
	// roleFields name who said it.
	roleFields = []string{"role", "from", "sender", "sender_type", "senderType", "author", "speaker", "type"}
)

// saidIn finds what was said in JSON.
func saidIn(value any, depth int) (messages []said) {
	if depth == deepest {
		return nil
	}
	switch value := value.(type) {
	case string:
		value = strings.TrimSpace(value)
		var inner any
		if (strings.HasPrefix(value, "{") || strings.HasPrefix(value, "[")) && json.Unmarshal([]byte(value), &inner) == nil {
			if messages := saidIn(inner, depth+1); len(messages) > 0 {
				return messages
			}
		}
		if value != "" {
			return []said{{text: value}}
		}
	case []any:
		return saidInList(value, depth)
	case map[string]any:
		role := roleIn(value)
		for _, name := range saidFields {
			inner := saidIn(value[name], depth+1)
			for i := range inner {
				if inner[i].role == "" {
					inner[i].role = role
				}
			}
			if len(inner) > 0 {
				return inner
			}
		}
	}
	return messages
}

// saidInList tells the messages of a conversation from the parts of one message.
func saidInList(list []any, depth int) (messages []said) {
	hasRoles := false
	for _, one := range list {
		for _, message := range saidIn(one, depth+1) {
			hasRoles = hasRoles || message.role != ""
			messages = append(messages, message)
		}
	}
	if hasRoles || len(messages) < 2 {
		return messages
	}
	texts := make([]string, len(messages))
	for i, message := range messages {
		texts[i] = message.text
	}
	return []said{{text: strings.Join(texts, "\n")}}
}

// partTypes are the types of parts of a message, which are no roles.
var partTypes = []string{"text", "input_text", "output_text", "message", "paragraph", "markdown", "json", "image", "image_url", "file"}

// roleIn is who said an object.
func roleIn(object map[string]any) string {
	for _, name := range roleFields {
		role, ok := object[name].(string)
		if inner, isObject := object[name].(map[string]any); isObject {
			role = roleIn(inner)
			ok = role != ""
		}
		if role = foldRole(role); ok && role != "" && (name != "type" || !slices.Contains(partTypes, role)) {
			return role
		}
	}
	for _, name := range []string{"is_user", "isUser", "from_user", "fromUser"} {
		if is, ok := object[name].(bool); ok {
			return map[bool]string{true: userRoles[0], false: "other"}[is]
		}
	}
	if names, ok := object["id"].([]any); ok && len(names) > 0 { // LangChain writes messages so
		if name, ok := names[len(names)-1].(string); ok && strings.HasSuffix(name, "Message") {
			return foldRole(name)
		}
	}
	return ""
}
