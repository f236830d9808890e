package exchange

import (
	"archive/zip"
	"errors"
	"html"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"

	"seedbed/assets/i18n"
)

// ErrUnpacksTooLarge is returned for a zip file that unpacks to more than 2 GB.
var ErrUnpacksTooLarge = i18n.Error("the zip file unpacks to more than 2 GB")

// ReadSlack reads a Slack export: users.json to know names and bots, and the
// messages of each channel, a file a day. A thread is a conversation, and so is
// what else was said in a channel on a day. People are "user", programs "bot".
func ReadSlack(r io.ReaderAt, size int64, o Options) (*Reading, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, i18n.Error("could not read it as a zip file: {{.Cause}}", i18n.Values{"Cause": err})
	}
	days := slices.DeleteFunc(slices.Clone(archive.File), func(f *zip.File) bool { return !slackDay.MatchString(f.Name) })
	if len(days) == 0 {
		return nil, i18n.Error("it is no Slack export: it has no folder with a file a day (general/2024-05-31.json)")
	}
	slices.SortFunc(days, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	return newReading(o, Facts{Format: Slack, Encoding: UTF8}, func(r *Reading, yield func(Row) bool) error {
		s := &slack{chat: chat{reading: r, yield: yield}, left: maxUnpacked, names: map[string]string{}, bots: map[string]bool{}}
		for _, f := range archive.File {
			if path.Base(f.Name) == "users.json" {
				if err := s.file(f, s.user); err != nil {
					s.reject(i18n.Error("the list of users cannot be read, so bots are taken for people: {{.Cause}}", i18n.Values{"Cause": err}), f.Name)
				}
			}
		}
		for _, f := range days {
			s.channel, s.day = path.Base(path.Dir(f.Name)), strings.TrimSuffix(path.Base(f.Name), ".json")
			err := s.file(f, s.message)
			if errors.Is(err, ErrUnpacksTooLarge) {
				return i18n.Error("{{.What}}; the {{.N}} messages before were read", i18n.Values{"What": err, "N": r.Tally.Rows})
			}
			if err != nil {
				s.reject(i18n.Error("a file of the export cannot be read to its end: {{.Cause}}", i18n.Values{"Cause": err}), f.Name)
			}
			if s.stopped {
				return nil
			}
		}
		return nil
	}), nil
}

var slackDay = regexp.MustCompile(`(?:^|/)[^/]+/\d{4}-\d\d-\d\d\.json$`)

type slack struct {
	chat
	left         int64 // how much may still be unpacked
	names        map[string]string
	bots         map[string]bool
	channel, day string
}

// file gives each element of a JSON array in the archive to take.
func (s *slack) file(f *zip.File, take func(any)) (err error) {
	packed, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, packed.Close()) }()
	counted := &leash{r: packed, left: s.left, tooLong: ErrUnpacksTooLarge}
	defer func() { s.left = counted.left }()
	d := newDocument(counted, true)
	for !s.stopped {
		it, err := d.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		take(it.value)
	}
	return nil
}

func (s *slack) user(u any) {
	id := text(u, "id")
	s.names[id] = text(u, "name")
	s.bots[id], _ = at(u, "is_bot").(bool)
}

func (s *slack) message(m any) {
	switch text(m, "subtype") {
	case "", "thread_broadcast", "me_message", "file_share", "bot_message":
	default: // someone joined, a topic was set, …
		s.skip()
		return
	}
	user := text(m, "user")
	row := Row{
		Message: s.plain(text(m, "text")), Role: "user",
		Conversation: s.channel + "/" + s.day, Time: parseTime(text(m, "ts")),
	}
	if text(m, "bot_id") != "" || text(m, "subtype") == "bot_message" || s.bots[user] || user == "USLACKBOT" {
		row.Role = "bot"
	}
	if thread := text(m, "thread_ts"); thread != "" {
		row.Conversation = s.channel + "/" + thread
	}
	s.turn(row)
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
