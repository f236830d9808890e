package chat

import (
	"errors"
	"html"
	"path"
	"regexp"
	"slices"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/charset"
	"seedbed/localdb/exchange/jsonitems"
)

// Slack is an export of a Slack workspace, a zip file.
var Slack = &exchange.Format{ID: "slack", Name: i18n.T("Slack export"), Extension: ".zip"}

var slackReader = exchange.Reader{
	Format: Slack, Recognise: recogniseSlack, Read: readSlack,
	About: "users.json to know names and bots, and the messages of each channel, a file a day. A thread is a conversation, and so is what else was said in a channel on a day. People are \"user\", programs \"bot\".",
}

var slackDay = regexp.MustCompile(`(?:^|/)[^/]+/\d{4}-\d\d-\d\d\.json$`)

func recogniseSlack(f *exchange.File) exchange.Evidence {
	entries, _ := f.Entries()
	if !slices.ContainsFunc(entries, func(e *exchange.Entry) bool { return slackDay.MatchString(e.Name) }) {
		return exchange.Evidence{}
	}
	return exchange.Evidence{Sureness: exchange.Sure, Why: i18n.T("it has a folder with a file a day for each channel")}
}

func readSlack(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	entries, err := f.Entries()
	if err != nil {
		return nil, err
	}
	var days []*exchange.Entry
	for _, e := range entries {
		if slackDay.MatchString(e.Name) {
			days = append(days, e)
		}
	}
	if len(days) == 0 {
		return nil, i18n.Error("it is no Slack export: it has no folder with a file a day (general/2024-05-31.json)")
	}
	slices.SortFunc(days, func(a, b *exchange.Entry) int { return strings.Compare(a.Name, b.Name) })
	facts := exchange.Facts{Format: Slack, Encoding: charset.Guess{Encoding: charset.UTF8, Sureness: 1}}
	return exchange.NewReading(o, facts, func(r *exchange.Reading) error {
		s := &slack{reading: r, names: map[string]string{}, bots: map[string]bool{}}
		for _, e := range entries {
			if path.Base(e.Name) == "users.json" {
				if err := s.file(e, s.user); err != nil {
					r.RejectPlace(e.Name, i18n.Error("the list of users cannot be read, so bots are taken for people: {{.Cause}}", i18n.Values{"Cause": err}))
				}
			}
		}
		for _, e := range days {
			s.channel, s.day = path.Base(path.Dir(e.Name)), strings.TrimSuffix(path.Base(e.Name), ".json")
			err := s.file(e, s.message)
			if errors.Is(err, exchange.ErrUnpacksTooLarge) {
				return r.BrokenOff(err)
			}
			if err != nil {
				r.RejectPlace(e.Name, i18n.Error("a file of the export cannot be read to its end: {{.Cause}}", i18n.Values{"Cause": err}))
			}
			if r.Stopped() {
				return nil
			}
		}
		return nil
	}), nil
}

type slack struct {
	reading      *exchange.Reading
	names        map[string]string
	bots         map[string]bool
	channel, day string
}

// file gives each element of a JSON array in the zip file to take.
func (s *slack) file(e *exchange.Entry, take func(any)) (err error) {
	f, err := e.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return jsonitems.Open(f).Each(s.reading, func(item jsonitems.Item) { take(item.Value) })
}

func (s *slack) user(u any) {
	id := jsonitems.Text(u, "id")
	s.names[id] = jsonitems.Text(u, "name")
	s.bots[id], _ = jsonitems.At(u, "is_bot").(bool)
}

func (s *slack) message(m any) {
	switch kind := jsonitems.Text(m, "subtype"); kind {
	case "", "thread_broadcast", "me_message", "file_share", "bot_message":
	default: // someone joined, a topic was set, …
		s.reading.Skip(0, i18n.T("is a notice of Slack ({{.Kind}})", i18n.Values{"Kind": kind}), jsonitems.Text(m, "text"))
		return
	}
	user := jsonitems.Text(m, "user")
	row := exchange.Row{
		Message: s.plain(jsonitems.Text(m, "text")), Role: "user",
		Conversation: s.channel + "/" + s.day, Time: exchange.ParseTime(jsonitems.Text(m, "ts")),
	}
	if jsonitems.Text(m, "bot_id") != "" || jsonitems.Text(m, "subtype") == "bot_message" || s.bots[user] || user == "USLACKBOT" {
		row.Role = "bot"
	}
	if thread := jsonitems.Text(m, "thread_ts"); thread != "" {
		row.Conversation = s.channel + "/" + thread
	}
	s.reading.Add(row)
}

var slackMark = regexp.MustCompile(`<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>`)

// plain writes Slack's marks as a reader sees them: <@U1> as the name, a link as
// its label.
func (s *slack) plain(marked string) string {
	plain := slackMark.ReplaceAllStringFunc(marked, func(mark string) string {
		m := slackMark.FindStringSubmatch(mark)
		kind, id, label := m[1], m[2], m[3]
		switch {
		case kind == "@" && label == "":
			if label = s.names[id]; label == "" {
				label = id
			}
			return "@" + label
		case kind == "@" || kind == "#":
			return kind + strings.TrimPrefix(label, kind)
		case kind == "!" && label == "":
			return "@" + id
		case label != "":
			return label
		}
		return strings.TrimPrefix(id, "mailto:")
	})
	return strings.TrimSpace(html.UnescapeString(plain))
}
