package chat

import (
	"errors"
	"path"
	"slices"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/charset"
	"seedbed/localdb/exchange/jsonitems"
)

// Slack is an export of a Slack workspace, a zip file, or one day of a channel in it.
var Slack = &exchange.Format{ID: "slack", Name: i18n.T("Slack export"), Extension: ".zip"}

var slackReader = exchange.Reader{
	Format: Slack, Recognise: recogniseSlack, Read: readSlack,
	About: "The zip file of a workspace, or the file of one day. The role is the name in users.json, or \"bot\". A thread is a conversation, " +
		"and so is what else was said in a channel on a day. Texts that are only in blocks, and those that programs attach, are read; notices are skipped.",
}

var (
	slackDay  = exchange.Pattern(`(?:^|/)[^/]+/\d{4}-\d\d-\d\d\.json$`)
	slackTime = exchange.Pattern(`^\d{9,10}\.\d{4,6}$`)
)

func recogniseSlack(f *exchange.File) exchange.Evidence {
	if f.IsZip() {
		entries, _ := f.Entries()
		if !slices.ContainsFunc(entries, func(e *exchange.Entry) bool { return slackDay().MatchString(e.Name) }) {
			return exchange.Evidence{}
		}
		return exchange.Evidence{Sureness: exchange.Sure, Why: i18n.T("it has a folder with a file a day for each channel")}
	}
	return jsonitems.Evidence(jsonitems.Sample(f, "messages"), func(v any) bool {
		return jsonitems.Text(v, "type") == "message" && slackTime().MatchString(jsonitems.Text(v, "ts"))
	}, fieldsOf("Slack"))
}

func readSlack(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	if f.IsZip() {
		return readSlackZip(f, o)
	}
	facts := exchange.Facts{Format: Slack, Encoding: f.Guess()}
	return exchange.NewReading(o, facts, func(r *exchange.Reading) error {
		day := strings.TrimSuffix(path.Base(f.Name), ".json")
		s := newSlack(r)
		s.channel, s.day = folder(f), day
		return jsonitems.Open(f, "messages").Each(r, func(item jsonitems.Item) { s.message(item.Value) })
	}), nil
}

func readSlackZip(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	entries, err := f.Entries()
	if err != nil {
		return nil, err
	}
	var days []*exchange.Entry
	for _, e := range entries {
		if slackDay().MatchString(e.Name) {
			days = append(days, e)
		}
	}
	if len(days) == 0 {
		return nil, i18n.Error("it is no Slack export: it has no folder with a file a day (general/2024-05-31.json)")
	}
	slices.SortFunc(days, func(a, b *exchange.Entry) int { return strings.Compare(a.Name, b.Name) })
	facts := exchange.Facts{Format: Slack, Encoding: charset.Guess{Encoding: charset.UTF8, Sureness: 1}}
	return exchange.NewReading(o, facts, func(r *exchange.Reading) error {
		s := newSlack(r)
		for _, e := range entries {
			if path.Base(e.Name) == "users.json" {
				if err := s.file(e, s.user); err != nil {
					r.Reject(0, i18n.Error("the list of users cannot be read, so bots are taken for people: {{.Cause}}", i18n.Values{"Cause": err}), e.Name)
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
				r.Reject(0, i18n.Error("a file of the export cannot be read to its end: {{.Cause}}", i18n.Values{"Cause": err}), e.Name)
			}
			if r.Stopped() {
				return nil
			}
		}
		return nil
	}), nil
}

// slack goes through the files of an export.
type slack struct {
	reading      *exchange.Reading
	names        map[string]string
	bots         map[string]bool
	channel, day string
}

func newSlack(r *exchange.Reading) *slack {
	return &slack{reading: r, names: map[string]string{}, bots: map[string]bool{}}
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
	s.names[id] = slackName(u, "name")
	s.bots[id] = jsonitems.True(u, "is_bot") || id == "USLACKBOT"
}

// slackName is the name that a user is shown by.
func slackName(user any, otherwise string) string {
	profile := jsonitems.At(user, "profile")
	if profile == nil {
		profile = user
	}
	return first(jsonitems.Text(profile, "display_name"), jsonitems.Text(user, otherwise), jsonitems.Text(profile, "real_name"))
}

func (s *slack) message(m any) {
	text := s.text(m)
	kind := jsonitems.Text(m, "subtype")
	switch kind {
	case "", "thread_broadcast", "me_message", "file_share", "bot_message":
	case "tombstone":
		s.reading.Skip(0, deleted, text)
		return
	default: // someone joined, a topic was set, …
		s.reading.Skip(0, i18n.T("is a notice of Slack ({{.Kind}})", i18n.Values{"Kind": kind}), text)
		return
	}
	if text == "" {
		s.reading.Skip(0, mediaOnly, jsonitems.Text(m, "ts"))
		return
	}
	user := jsonitems.Text(m, "user")
	if _, known := s.names[user]; !known && jsonitems.Has(m, "user_profile") {
		s.names[user] = slackName(jsonitems.At(m, "user_profile"), "name")
	}
	row := exchange.Row{
		Message: text, Role: first(s.names[user], user, "user"),
		Conversation: strings.TrimPrefix(s.channel+"/"+s.day, "/"), Time: exchange.ParseTime(jsonitems.Text(m, "ts")),
	}
	if jsonitems.Text(m, "bot_id") != "" || kind == "bot_message" || s.bots[user] || user == "USLACKBOT" {
		row.Role = bot
	}
	if thread := jsonitems.Text(m, "thread_ts"); thread != "" {
		row.Conversation = strings.TrimPrefix(s.channel+"/"+thread, "/")
	}
	s.reading.Add(row)
}
