package chat

import (
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
	"seedbed/localdb/exchange/plaintext"
)

// Teams is messages.json of an export of Microsoft Teams or Skype, or a list of messages
// as Microsoft Graph gives it.
var Teams = &exchange.Format{ID: "teams", Name: i18n.T("Microsoft Teams or Skype export"), Extension: ".json"}

var teamsReader = exchange.Reader{
	Format: Teams, Recognise: recogniseTeams, Read: readTeams,
	About: "messages.json of Teams or Skype, and messages of Microsoft Graph. The role is the sender's name, or \"bot\", and what was said in a chat on one day is a conversation. " +
		"Calls, notices and media are skipped.",
}

var teamsLists = []string{"conversations.MessageList", "value"}

func recogniseTeams(f *exchange.File) exchange.Evidence {
	return jsonitems.Evidence(jsonitems.Sample(f, teamsLists...), func(v any) bool {
		return jsonitems.Has(v, "messagetype", "content", "from") || jsonitems.Has(v, "messageType", "body", "createdDateTime")
	}, fieldsOf("Microsoft Teams"))
}

func readTeams(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	items := jsonitems.Open(f, teamsLists...)
	facts := exchange.Facts{Format: Teams, Encoding: f.Guess()}
	return exchange.NewReading(o, facts, func(r *exchange.Reading) error {
		return items.Each(r, func(item jsonitems.Item) { addTeams(r, item) })
	}), nil
}

func addTeams(r *exchange.Reading, item jsonitems.Item) {
	message := item.Value
	row := exchange.Row{}
	var said bool
	chat := jsonitems.Text(any(item.Around), "id")
	if jsonitems.Has(message, "messageType") { // of Microsoft Graph
		said = jsonitems.Text(message, "messageType") == "message"
		row.Message = jsonitems.Text(message, "body", "content")
		if jsonitems.Text(message, "body", "contentType") != "text" {
			row.Message = plaintext.FromHTML(row.Message)
		}
		row.Role = jsonitems.Text(message, "from", "user", "displayName")
		if jsonitems.At(message, "from", "application") != nil {
			row.Role = bot
		}
		chat = first(jsonitems.Text(message, "chatId"), jsonitems.Text(message, "channelIdentity", "channelId"))
		row.Time = exchange.ParseTime(jsonitems.Text(message, "createdDateTime"))
	} else {
		kind := jsonitems.Text(message, "messagetype")
		said = kind == "Text" || kind == "RichText" || kind == "RichText/Html"
		row.Message = plaintext.FromHTML(jsonitems.Text(message, "content"))
		row.Role = first(jsonitems.Text(message, "displayName"), strings.TrimLeft(jsonitems.Text(message, "from"), "0123456789:"))
		if strings.HasPrefix(jsonitems.Text(message, "from"), "28:") { // the kind of account that bots have
			row.Role = bot
		}
		row.Time = exchange.ParseTime(jsonitems.Text(message, "originalarrivaltime"))
	}
	switch {
	case !said:
		r.Skip(0, noticeOf("Microsoft Teams"), row.Message)
	case jsonitems.Text(message, "deletedDateTime") != "":
		r.Skip(0, deleted, row.Message)
	case strings.TrimSpace(row.Message) == "":
		r.Skip(0, mediaOnly, "")
	default:
		row.Conversation = onDay(chat, row.Time)
		r.Add(row)
	}
}
