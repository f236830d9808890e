package exchange

import (
	"io"

	"seedbed/assets/i18n"
)

// ReadIntercom reads conversations of Intercom: one an item, or in a list named
// "conversations" or "data". Notes among the team are skipped. Users, leads and
// contacts are "user"; others are as Intercom says ("admin", "bot").
func ReadIntercom(r io.Reader, o Options) (*Reading, error) {
	return readConversations(r, o, Intercom, []string{"conversations", "data"}, func(c *chat, conversation, _ map[string]any) {
		id := text(conversation, "id")
		opening, _ := at(conversation, "source").(map[string]any)
		if opening == nil {
			opening, _ = at(conversation, "conversation_message").(map[string]any)
		}
		later, hasParts := at(conversation, "conversation_parts", "conversation_parts").([]any)
		if !hasParts {
			later, hasParts = at(conversation, "conversation_parts").([]any)
		}
		if opening == nil && !hasParts {
			c.reject(i18n.Error("the conversation has no messages"), id)
			return
		}
		if opening != nil {
			row := intercomTurn(opening, id)
			row.Time = parseTime(text(conversation, "created_at"))
			c.turn(row)
		}
		for _, part := range later {
			switch text(part, "part_type") {
			case "note", "note_and_reopen":
				c.skip()
			default:
				c.turn(intercomTurn(part, id))
			}
		}
	})
}

func intercomTurn(part any, conversation string) Row {
	role := text(part, "author", "type")
	switch role {
	case "lead", "contact", "visitor":
		role = "user"
	}
	return Row{
		Message: plainText(text(part, "body")), Role: role,
		Conversation: conversation, Time: parseTime(text(part, "created_at")),
	}
}
