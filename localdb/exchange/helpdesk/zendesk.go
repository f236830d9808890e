package helpdesk

import (
	"errors"
	"io"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
)

// Zendesk is a list of tickets with their comments, or of chats.
var Zendesk = &exchange.Format{ID: "zendesk", Name: i18n.T("Zendesk export"), Extension: ".json"}

var zendeskReader = exchange.Reader{
	Format: Zendesk, Recognise: recogniseZendesk, Read: readZendesk,
	About: "Tickets with their comments or audits, and chats. Who asked is \"user\", by the list of users where there is one, or by being the ticket's requester; others are \"agent\". " +
		"Private comments and events are skipped.",
}

var zendeskLists = []string{"tickets", "chats", "audits", "comments"}

func recogniseZendesk(f *exchange.File) exchange.Evidence {
	why := fieldsOf("Zendesk")
	if e := jsonitems.Evidence(jsonitems.Sample(f, zendeskLists...), isZendesk, why); e.Sureness > exchange.No || jsonitems.List(jsonitems.Root(f), "tickets") == nil {
		return e
	}
	return exchange.Evidence{Sureness: 0.8, Why: why} // tickets without what Zendesk alone has
}

func isZendesk(v any) bool {
	switch {
	case jsonitems.Has(v, "helpdesk_ticket"), jsonitems.Has(v, "conversations"), jsonitems.Has(v, "description_text"):
		return false // Freshdesk's tickets
	case jsonitems.Has(v, "requester_id"), jsonitems.Has(v, "requester", "comments"), jsonitems.Has(v, "tickets"):
		return true
	case jsonitems.Has(v, "history", "visitor"), jsonitems.Has(v, "ticket_id", "events"), jsonitems.Has(v, "author_id", "public", "body"):
		return true
	}
	return jsonitems.Has(v, "comments", "description") || jsonitems.Has(v, "comments", "subject")
}

func readZendesk(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	items := jsonitems.Open(f, zendeskLists...)
	facts := exchange.Facts{Format: Zendesk, Encoding: f.Guess()}
	return exchange.NewReading(o, facts, func(r *exchange.Reading) error {
		roles, err := zendeskRoles(f)
		if err != nil {
			return err
		}
		return items.Each(r, func(item jsonitems.Item) { addZendesk(r, item.Value, roles) })
	}), nil
}

// zendeskRoles reads the list of users that may stand beside the tickets.
func zendeskRoles(f *exchange.File) (map[string]string, error) {
	roles := map[string]string{}
	users := jsonitems.Inside(f, "users")
	for {
		u, err := users.Next()
		if errors.Is(err, io.EOF) {
			return roles, nil
		}
		if err != nil {
			return nil, err
		}
		roles[jsonitems.Text(u.Value, "id")] = roleOf(jsonitems.Text(u.Value, "role"))
	}
}

func addZendesk(r *exchange.Reading, ticket any, roles map[string]string) {
	id := jsonitems.Text(ticket, "id")
	comments := jsonitems.List(ticket, "comments")
	switch {
	case len(comments) > 0:
		for _, comment := range comments {
			addZendeskComment(r, ticket, comment, id, roles)
		}
	case jsonitems.Has(ticket, "history"):
		addZendeskChat(r, ticket, id)
	case jsonitems.Has(ticket, "events"): // an audit
		for _, event := range jsonitems.List(ticket, "events") {
			if jsonitems.Text(event, "type") != "Comment" {
				r.Skip(0, systemEvent, jsonitems.Text(event, "type"))
				continue
			}
			addZendeskComment(r, ticket, event, jsonitems.Text(ticket, "ticket_id"), roles)
		}
	case jsonitems.Has(ticket, "author_id", "body"): // a comment alone
		addZendeskComment(r, ticket, ticket, jsonitems.Text(ticket, "ticket_id"), roles)
	case jsonitems.Text(ticket, "description") != "":
		add(r, turn{text: jsonitems.Text(ticket, "description"), role: user, conversation: id, time: jsonitems.Text(ticket, "created_at")})
	case jsonitems.Text(ticket, "subject") != "" && !jsonitems.Has(ticket, "comments"):
		r.Skip(0, withoutText, jsonitems.Text(ticket, "subject"))
	default:
		r.Reject(0, i18n.Error("the ticket has no comments"), id)
	}
}

func addZendeskComment(r *exchange.Reading, ticket, comment any, id string, roles map[string]string) {
	text := first(jsonitems.Text(comment, "plain_body"), jsonitems.Text(comment, "body"))
	if public, ok := jsonitems.At(comment, "public").(bool); ok && !public {
		r.Skip(0, privateNote, text)
		return
	}
	add(r, turn{
		text: text, html: jsonitems.Text(comment, "html_body"), role: zendeskRole(ticket, comment, roles), conversation: id,
		time: first(jsonitems.Text(comment, "created_at"), jsonitems.Text(ticket, "created_at")),
	})
}

func zendeskRole(ticket, comment any, roles map[string]string) string {
	author := first(jsonitems.Text(comment, "author_id"), jsonitems.Text(comment, "author", "id"))
	requester := first(jsonitems.Text(ticket, "requester_id"), jsonitems.Text(ticket, "requester", "id"))
	switch role := jsonitems.Text(comment, "author", "role"); {
	case role != "":
		return roleOf(role)
	case roles[author] != "":
		return roles[author]
	case author == requester && author != "":
		return user
	case requester == "" && jsonitems.Text(comment, "via", "channel") == "email":
		return user
	}
	return agent
}

// addZendeskChat adds a chat of Zendesk Chat.
func addZendeskChat(r *exchange.Reading, chat any, id string) {
	for _, event := range jsonitems.List(chat, "history") {
		text := jsonitems.Text(event, "msg")
		if kind := jsonitems.Text(event, "type"); kind != "chat.msg" || text == "" {
			r.Skip(0, systemEvent, first(text, kind))
			continue
		}
		role := roleOf(jsonitems.Text(event, "sender_type"))
		if role == "" {
			role = agent
			if name := jsonitems.Text(event, "name"); name == jsonitems.Text(chat, "visitor", "name") || jsonitems.Text(event, "nick") == "visitor" {
				role = user
			}
		}
		if role == "Trigger" || jsonitems.Text(event, "nick") == "trigger" {
			role = bot
		}
		add(r, turn{text: text, role: role, conversation: id, time: jsonitems.Text(event, "timestamp")})
	}
}
