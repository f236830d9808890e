package exchange

import (
	"io"

	"seedbed/assets/i18n"
)

// ReadZendesk reads tickets of Zendesk with their comments: one an item, or in a
// list named "tickets". Private comments are skipped. Who asked is "end-user",
// by the list of users where there is one, or by being the ticket's requester.
func ReadZendesk(r io.Reader, o Options) (*Reading, error) {
	return readConversations(r, o, Zendesk, []string{"tickets"}, func(c *chat, ticket, around map[string]any) {
		id := text(ticket, "id")
		comments, ok := ticket["comments"].([]any)
		if !ok {
			if text(ticket, "description") == "" {
				c.reject(i18n.Error("the ticket has no comments"), id)
				return
			}
			c.turn(Row{
				Message: text(ticket, "description"), Role: "end-user",
				Conversation: id, Time: parseTime(text(ticket, "created_at")),
			})
			return
		}
		roles := zendeskRoles(around["users"])
		for _, comment := range comments {
			if public, ok := at(comment, "public").(bool); ok && !public {
				c.skip()
				continue
			}
			body := text(comment, "plain_body")
			if body == "" {
				body = text(comment, "body")
			}
			if body == "" {
				body = plainText(text(comment, "html_body"))
			}
			c.turn(Row{
				Message: body, Role: zendeskRole(ticket, comment, roles),
				Conversation: id, Time: parseTime(text(comment, "created_at")),
			})
		}
	})
}

func zendeskRoles(users any) map[string]string {
	roles := map[string]string{}
	list, _ := users.([]any)
	for _, user := range list {
		roles[text(user, "id")] = text(user, "role")
	}
	return roles
}

func zendeskRole(ticket, comment any, roles map[string]string) string {
	author := text(comment, "author_id")
	if author == "" {
		author = text(comment, "author", "id")
	}
	requester := text(ticket, "requester_id")
	if requester == "" {
		requester = text(ticket, "requester", "id")
	}
	switch role := text(comment, "author", "role"); {
	case role != "":
		return role
	case roles[author] != "":
		return roles[author]
	case author == requester:
		return "end-user"
	}
	return "agent"
}
