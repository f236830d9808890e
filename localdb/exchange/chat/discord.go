package chat

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
)

// Discord is a channel as DiscordChatExporter writes it in JSON, or one of the data
// package that Discord gives out.
var Discord = &exchange.Format{ID: "discord", Name: i18n.T("Discord export"), Extension: ".json"}

// DiscordTable is the same in CSV.
var DiscordTable = &exchange.Format{ID: "discord-csv", Name: i18n.T("Discord export (CSV)"), Extension: ".csv"}

var discordReader = exchange.Reader{
	Format: Discord, Recognise: recogniseDiscord, Read: readDiscord,
	About: "JSON of DiscordChatExporter, and messages.json of Discord's data package, whose messages are all by its owner, \"user\". The role is the author's name, or \"bot\", " +
		"and what was said in a channel on one day is a conversation. Notices, embeds and files are skipped.",
}

var discordTableReader = exchange.Reader{
	Format: DiscordTable, Recognise: recogniseDiscordTable, Read: readDiscordTable,
	About: "CSV of DiscordChatExporter, and messages.csv of Discord's data package; as the JSON.",
}

func recogniseDiscord(f *exchange.File) exchange.Evidence {
	return jsonitems.Evidence(jsonitems.Sample(f, "messages"), func(v any) bool {
		return jsonitems.Has(v, "author", "content", "timestamp", "type") && jsonitems.Has(jsonitems.At(v, "author"), "name") ||
			jsonitems.Has(v, "ID", "Timestamp", "Contents")
	}, fieldsOf("Discord"))
}

func readDiscord(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	items := jsonitems.Open(f, "messages")
	facts := exchange.Facts{Format: Discord, Encoding: f.Guess()}
	return exchange.NewReading(o, facts, func(r *exchange.Reading) error {
		return items.Each(r, func(item jsonitems.Item) {
			if jsonitems.Has(item.Value, "Contents") {
				addOwnDiscord(r, 0, folder(f), jsonitems.Text(item.Value, "Timestamp"), jsonitems.Text(item.Value, "Contents"))
				return
			}
			addDiscord(r, item)
		})
	}), nil
}

// saidOnDiscord are the kinds of messages that somebody wrote, by the exporter's names
// and Discord's numbers.
var saidOnDiscord = []string{"", "Default", "Reply", "ChatInputCommand", "ContextMenuCommand", "0", "19", "20", "23"}

func addDiscord(r *exchange.Reading, item jsonitems.Item) {
	message := item.Value
	text := jsonitems.Text(message, "content")
	if !slices.Contains(saidOnDiscord, jsonitems.Text(message, "type")) {
		r.Skip(0, noticeOf("Discord"), text)
		return
	}
	if strings.TrimSpace(text) == "" {
		text = jsonitems.Text(message, "forwardedMessage", "content")
	}
	if strings.TrimSpace(text) == "" {
		r.Skip(0, mediaOnly, "")
		return
	}
	author := jsonitems.At(message, "author")
	role := first(jsonitems.Text(author, "nickname"), jsonitems.Text(author, "global_name"), jsonitems.Text(author, "name"))
	if jsonitems.True(author, "isBot") || jsonitems.True(author, "bot") {
		role = bot
	}
	channel := jsonitems.At(any(item.Around), "channel")
	when := exchange.ParseTime(jsonitems.Text(message, "timestamp"))
	r.Add(exchange.Row{
		Message: discordPlain(text), Role: role, Time: when,
		Conversation: onDay(first(jsonitems.Text(channel, "name"), jsonitems.Text(channel, "id"), jsonitems.Text(message, "channel_id")), when),
	})
}

// addOwnDiscord adds a message of the data package.
func addOwnDiscord(r *exchange.Reading, line int, channel, sent, text string) {
	if strings.TrimSpace(text) == "" {
		r.Skip(line, mediaOnly, "")
		return
	}
	when := exchange.ParseTime(sent)
	r.Add(exchange.Row{Line: line, Message: discordPlain(text), Role: "user", Conversation: onDay(channel, when), Time: when})
}

var (
	discordEmoji   = exchange.Pattern(`<a?(:\w+:)\d+>`)
	discordMention = exchange.Pattern(`<(@[!&]?|#)\d+>`)
)

// discordNotice is what DiscordChatExporter writes for the notices of Discord, which its CSV
// has no column to tell from messages.
var discordNotice = exchange.Pattern(`^(?:Pinned a message\.|Joined the server\.|Started a thread\.|Left the group\.|Started a call that lasted .+ minutes\.|Changed the channel (?:icon\.|name: .+)|Added .+ to the group\.|Removed .+ from the group\.)$`)

// discordPlain writes emojis and mentions, which may be numbers, as a reader sees them.
func discordPlain(text string) string {
	text = discordEmoji().ReplaceAllString(text, "$1")
	text = discordMention().ReplaceAllStringFunc(text, func(mention string) string {
		switch {
		case mention[1] == '#':
			return "#channel"
		case mention[2] == '&':
			return "@role"
		}
		return "@user"
	})
	return strings.TrimSpace(text)
}

// The columns of the two tables, folded.
var discordColumns = [][]string{{"authorid", "author", "date", "content"}, {"id", "timestamp", "contents", "attachments"}}

func discordHeader(f *exchange.File) []string {
	line, _, _ := strings.Cut(f.Sample(), "\n")
	header, err := csv.NewReader(strings.NewReader(line)).Read()
	if err != nil || len(header) < 4 {
		return nil
	}
	for i, name := range header {
		header[i] = strings.ToLower(strings.TrimSpace(name))
	}
	return header
}

func recogniseDiscordTable(f *exchange.File) exchange.Evidence {
	header := discordHeader(f)
	for _, columns := range discordColumns {
		if len(header) >= 4 && slices.Equal(header[:4], columns) {
			return exchange.Evidence{Sureness: exchange.Sure, Why: fieldsOf("Discord")}
		}
	}
	return exchange.Evidence{}
}

func readDiscordTable(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	header := discordHeader(f)
	own := slices.Contains(header, "contents")
	if !own && !slices.Contains(header, "content") {
		return nil, i18n.Error("the file lacks the columns of a Discord export (AuthorID, Author, Date, Content)")
	}
	facts := exchange.Facts{Format: DiscordTable, Encoding: f.Guess(), Delimiter: ',', Header: true}
	return exchange.NewReading(o, facts, func(r *exchange.Reading) error {
		leash := &exchange.Leash{R: f.Text(), TooLong: exchange.ErrTooLong}
		in := csv.NewReader(leash)
		in.LazyQuotes, in.FieldsPerRecord, in.ReuseRecord = true, -1, true
		for header := true; !r.Stopped(); header = false {
			leash.Left = exchange.MaxRecord
			record, err := in.Read()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return r.BrokenOff(err)
			}
			line, _ := in.FieldPos(0)
			switch {
			case header:
			case len(record) < 4:
				r.Reject(line, i18n.Error("the line has fewer columns than the header"), strings.Join(record, ","))
			case own:
				addOwnDiscord(r, line, folder(f), record[1], record[2])
			case discordNotice().MatchString(record[3]):
				r.Skip(line, noticeOf("Discord"), record[3])
			case strings.TrimSpace(record[3]) == "":
				r.Skip(line, mediaOnly, "")
			default:
				when := exchange.ParseTime(record[2])
				r.Add(exchange.Row{Line: line, Message: discordPlain(record[3]), Role: record[1], Conversation: onDay("", when), Time: when})
			}
		}
		return nil
	}), nil
}
