package chat

import (
	"strconv"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
)

// Mattermost is a bulk export of Mattermost.
var Mattermost = &exchange.Format{ID: "mattermost", Name: i18n.T("Mattermost export"), Extension: ".jsonl"}

var mattermostReader = exchange.Reader{
	Format: Mattermost, Recognise: recogniseMattermost, Read: readMattermost,
	About: "Bulk exports, with posts in channels and direct messages. The role is the sender's name; a post with its replies is a conversation. Notices and posts without text are skipped.",
}

func recogniseMattermost(f *exchange.File) exchange.Evidence {
	return jsonitems.Evidence(jsonitems.Sample(f), func(v any) bool {
		kind := jsonitems.Text(v, "type")
		return (kind == "post" || kind == "direct_post") && jsonitems.Has(jsonitems.At(v, kind), "user", "message", "create_at") ||
			kind == "team" && jsonitems.Has(jsonitems.At(v, kind), "name", "display_name") || kind == "channel" && jsonitems.Has(jsonitems.At(v, kind), "team", "name")
	}, fieldsOf("Mattermost"))
}

func readMattermost(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	items := jsonitems.Open(f)
	return exchange.NewReading(o, exchange.Facts{Format: Mattermost, Encoding: f.Guess()}, func(r *exchange.Reading) error {
		return items.Each(r, func(item jsonitems.Item) {
			kind := jsonitems.Text(item.Value, "type")
			if kind != "post" && kind != "direct_post" {
				return // a team, a channel, a user: nothing that was said
			}
			post, thread := jsonitems.At(item.Value, kind), "line "+strconv.Itoa(item.Number)
			addMattermost(r, item.Number, post, thread)
			for _, reply := range jsonitems.List(post, "replies") {
				addMattermost(r, item.Number, reply, thread)
			}
		})
	}), nil
}

func addMattermost(r *exchange.Reading, line int, post any, thread string) {
	text := strings.TrimSpace(jsonitems.Text(post, "message"))
	switch {
	case strings.HasPrefix(jsonitems.Text(post, "type"), "system_"):
		r.Skip(line, noticeOf("Mattermost"), text)
		return
	case text == "":
		r.Skip(line, mediaOnly, "")
		return
	}
	r.Add(exchange.Row{Line: line, Message: text, Role: jsonitems.Text(post, "user"), Conversation: thread, Time: exchange.ParseTime(jsonitems.Text(post, "create_at"))})
}
