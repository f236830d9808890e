package helpdesk

import (
	"errors"
	"io"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
	"seedbed/localdb/exchange/plaintext"
)

// Zendesk is a list of tickets with their comments.
var Zendesk = &exchange.Format{ID: "zendesk", Name: i18n.T("Zendesk export"), Extension: ".json"}

var zendeskReader = exchange.Reader{
	Format: Zendesk, Recognise: recogniseZendesk, Read: readZendesk,
	About: "Tickets with their comments. Private comments are skipped. Who asked is \"end-user\", by the list of users where there is one, or by being the ticket's requester.",
}

func recogniseZendesk(f *exchange.File) exchange.Evidence {
	tickets := jsonitems.List(jsonitems.Root(f), "tickets") != nil
	return jsonitems.Evidence(jsonitems.Sample(f, "tickets"), func(v any) bool {
		return tickets || jsonitems.Has(v, "requester_id") || jsonitems.Has(v, "requester", "comments")
	}, i18n.T("it holds tickets with requesters, as Zendesk has them"))
}

func readZendesk(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	items := jsonitems.Open(f, "tickets")
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
		user, err := users.Next()
		if errors.Is(err, io.EOF) {
			return roles, nil
		}
		if err != nil {
			return nil, err
		}
		roles[jsonitems.Text(user.Value, "id")] = jsonitems.Text(user.Value, "role")
	}
}

func addZendesk(r *exchange.Reading, ticket any, roles map[string]string) {
	id := jsonitems.Text(ticket, "id")
	comments, ok := jsonitems.At(ticket, "comments").([]any)
	if !ok {
		if jsonitems.Text(ticket, "description") == "" {
			r.Reject(0, i18n.Error("the ticket has no comments"), id)
			return
		}
		r.Add(exchange.Row{
			Message: jsonitems.Text(ticket, "description"), Role: "end-user",
			Conversation: id, Time: exchange.ParseTime(jsonitems.Text(ticket, "created_at")),
		})
		return
	}
	for _, comment := range comments {
		if public, ok := jsonitems.At(comment, "public").(bool); ok && !public {
			r.Skip(0, privateNote, "")
			continue
		}
		body := jsonitems.Text(comment, "plain_body")
		if body == "" {
			body = jsonitems.Text(comment, "body")
		}
		if body == "" {
			body = plaintext.FromHTML(jsonitems.Text(comment, "html_body"))
		}
		r.Add(exchange.Row{
			Message: body, Role: zendeskRole(ticket, comment, roles),
			Conversation: id, Time: exchange.ParseTime(jsonitems.Text(comment, "created_at")),
		})
	}
}

func zendeskRole(ticket, comment any, roles map[string]string) string {
	author := jsonitems.Text(comment, "author_id")
	if author == "" {
		author = jsonitems.Text(comment, "author", "id")
	}
	requester := jsonitems.Text(ticket, "requester_id")
	if requester == "" {
		requester = jsonitems.Text(ticket, "requester", "id")
	}
	switch role := jsonitems.Text(comment, "author", "role"); {
	case role != "":
		return role
	case roles[author] != "":
		return roles[author]
	case author == requester:
		return "end-user"
	}
	return "agent"
}
