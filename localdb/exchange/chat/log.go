package chat

import (
	"errors"
	"io"
	"regexp"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// Log is a chat that a program saves as text, such as LINE, KakaoTalk, WeChat, Zoom or IRC.
var Log = &exchange.Format{ID: "chat-log", Name: i18n.T("saved chat (text)"), Extension: ".txt"}

var logReader = exchange.Reader{
	Format: Log, Recognise: recogniseLog, Read: readLog,
	About: "Chats that LINE, KakaoTalk, WeChat, QQ, DiscordChatExporter (TXT), Zoom, tawk.to and IRC programs such as WeeChat save as text. The role is the sender's name, and what was said on one day is a conversation. " +
		"Lines that go on are joined. Notices, and what stands for media, calls and deleted messages, are skipped.",
}

// logStyle is how a program writes where a message starts: a pattern with the groups day,
// name and text, the last missing where the text is on the lines below.
type logStyle struct {
	start func() *regexp.Regexp
	below bool
}

var logStyles = []logStyle{
	{start: exchange.Pattern(`^(?P<day>)(?:\d{1,2}:\d\d(?: ?[AP]M)?|(?:午前|午後|上午|下午|오전|오후) ?\d{1,2}:\d\d)\t(?P<name>[^\t]{1,60})\t(?P<text>.*)$`)},                                                   // LINE
	{start: exchange.Pattern(`^(?P<day>)\[(?P<name>[^\[\]]{1,60})\] \[(?:(?:오전|오후|午前|午後) )?\d{1,2}:\d\d(?: [AP]M)?\] (?P<text>.*)$`)},                                                               // KakaoTalk on a computer
	{start: exchange.Pattern(`^(?P<day>\d{4}(?:년 |\. ?)\d{1,2}(?:월 |\. ?)\d{1,2}[일.]|[A-Z][a-z]+ \d{1,2}, \d{4},?) (?:(?:오전|오후) )?\d{1,2}:\d\d(?: [AP]M)?, (?P<name>[^:]{1,60}?) : (?P<text>.*)$`)}, // KakaoTalk on phones
	{start: exchange.Pattern(`^(?P<day>(?:\d{4}-\d\d-\d\d[ T])?)\[?\d\d:\d\d(?::\d\d)?\]? +<[ @+%~&]?(?P<name>[^<> ]{1,40})> (?P<text>.*)$`)},                                                       // IRC
	{start: exchange.Pattern(`^(?:\pL{2,12}\.?, )?(?P<day>\pL{3,9}\.? \d{1,2}, \d{4}|\d{1,2}\.? \pL{3,9}\.? \d{4}),? \d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)? - (?P<name>[^:]{1,60}): (?P<text>.*)$`)},    // Element
	{start: exchange.Pattern(`^(?P<day>\d{4}-\d\d-\d\d) \d\d:\d\d:\d\d\t[ @+%~&]?(?P<name>[^\s<>*=-][^\t]{0,40})\t(?P<text>.*)$`)},                                                                  // WeeChat
	{start: exchange.Pattern(`^(?P<day>)\(\d\d:\d\d(?::\d\d)?\) (?P<name>[^:*]{1,60}): (?P<text>.*)$`)},                                                                                             // tawk.to
	{start: exchange.Pattern(`^(?P<day>)\d\d:\d\d:\d\d\t ?From +(?P<name>\S.{0,60}?)(?:(?: :)? +to +[^:]{1,80})? ?:(?P<text>.*)$`)},                                                                 // Zoom until 2022
	{start: exchange.Pattern(`^(?P<day>\d{4}-\d\d-\d\d) \d\d:\d\d:\d\d From (?P<name>\S.{0,60}?) to [^:]{1,80}:$`), below: true},                                                                    // Zoom
	{start: exchange.Pattern(`^\[(?P<day>\d{1,4}[-./]\d{1,2}[-./]\d{1,4}),? \d{1,2}:\d\d(?::\d\d)?(?: [AP]M)?\] (?P<name>\S[^:]{0,50}?)(?: \(pinned\))?$`), below: true},                            // Discord
	{start: exchange.Pattern(`^(?P<day>\d{4}[-/]\d{1,2}[-/]\d{1,2}) \d{1,2}:\d\d:\d\d(?: [AP]M)? (?P<name>[^\s:\[(=][^:=]{0,40})$`), below: true},                                                   // WeChat, QQ
	{start: exchange.Pattern(`^(?P<name>[^\s:\[(=][^:=]{0,40}?) (?P<day>\d{4}[-/]\d{1,2}[-/]\d{1,2}) \d{1,2}:\d\d:\d\d$`), below: true},                                                             // WeChat, copied
}

var (
	// logDay is a line with the day of the messages below it.
	logDay = exchange.Pattern(`^(?:(\d{4}[/.年]\s?\d{1,2}[/.月]\s?\d{1,2}日?[ .]?\s?(?:\([^()]{1,12}\)|[^\s\d]{1,10}曜日)?)|[A-Za-z]{2,9}\.?, (\d{1,2}/\d{1,2}/\d{4})|-{3,} (.*\d.*?) -{3,}|(\d{4}년 \d{1,2}월 \d{1,2}일)(?: \S요일)?(?: (?:오전|오후) \d{1,2}:\d\d)?|--- Day changed (.+))$`)
	// logNotice is what the programs write of themselves.
	logNotice = exchange.Pattern(`^(?:={5,}|-{5,})$|^(?:Guild|Channel|Topic|After|Before): |^Exported \d+ message|^--- Log |^[\[(]?\d\d:\d\d(?::\d\d)?[\])]?\s+(?:-!-|\*|\*\*\*|-->|<--)\s|^\d{1,2}:\d\d(?: ?[AP]M)?\t[^\t]*$|님이 .*(?:나갔습니다|들어왔습니다|초대했습니다|내보냈습니다|가렸습니다)\.?$|^消息(?:分组|对象|记录)|^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\t ?(?:-->|<--|--|\*|=!=)\t`)
	// logMedia is what stands for something that isn't text.
	logMedia = exchange.Pattern(`^(?:\[[^\[\]\n]{1,20}\]|\{Attachments\}(?s:.*)|☎ .*|사진(?: \d+장)?|동영상|이모티콘|음성메시지|삭제된 메시지입니다\.?|보이스톡 .*|페이스톡 .*|파일: \S+|Photo|Video|Sticker|Joined the server\.|Pinned a message\.|Started a call.*)$`)
	// logExtras begin what Discord's exporter adds to a message.
	logExtras = exchange.Pattern(`(?m)^\{(?:Attachments|Embed|Stickers|Reactions)\}$`)
)

// match parts the first line of a message.
func (s logStyle) match(line string) (day, name, text string, ok bool) {
	m := s.start().FindStringSubmatch(strings.TrimLeft(line, marks))
	if m == nil {
		return "", "", "", false
	}
	for i, group := range s.start().SubexpNames() {
		switch group {
		case "day":
			day = m[i]
		case "name":
			name = strings.TrimSpace(m[i])
		case "text":
			text = m[i]
		}
	}
	return strings.Trim(day, " T,"), name, text, name != ""
}

type logKey struct{}

const surveyedLogLines = 120

// logStyleOf finds the style that starts the most messages, and how many of the lines do or
// are known otherwise.
func logStyleOf(f *exchange.File) (best *logStyle) {
	return exchange.Once(f, logKey{}, func() (best *logStyle) {
		var lines []string
		for line := range strings.Lines(f.Sample()) {
			if line = strings.TrimRight(line, "\r\n"); strings.TrimSpace(line) != "" {
				lines = append(lines, line[:min(len(line), 400)])
			}
			if len(lines) == surveyedLogLines {
				break
			}
		}
		most := 1
		for i := range logStyles {
			starts, alone, known, before := 0, 0, 0, false
			for _, line := range lines {
				_, _, _, ok := logStyles[i].match(line)
				switch {
				case ok:
					starts++
					if before {
						alone++ // a message without a text, as a line of another kind of log
					}
				case logDay().MatchString(line) || logNotice().MatchString(line):
					known++
				}
				before = ok
			}
			enough := (starts+known)*3 >= len(lines)
			if logStyles[i].below {
				enough = (starts*2+known)*4 >= len(lines) && alone*5 <= starts
			}
			if enough && starts > most {
				most, best = starts, &logStyles[i]
			}
		}
		return best
	})
}

func recogniseLog(f *exchange.File) exchange.Evidence {
	if logStyleOf(f) == nil {
		return exchange.Evidence{}
	}
	return exchange.Evidence{Sureness: exchange.Sure, Why: i18n.T("its messages start with a time and a name, as chat programs save them")}
}

func readLog(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	style := logStyleOf(f)
	if style == nil {
		return nil, i18n.Error("the file doesn't look like a {{.Format}}; choose another format", i18n.Values{"Format": Log.Name})
	}
	facts := exchange.Facts{Format: Log, Encoding: f.Guess()}
	return exchange.NewReading(o, facts, func(r *exchange.Reading) error {
		c := &chatLog{reading: r, style: style}
		lines := exchange.NewLines(f.Text())
		for !r.Stopped() {
			line, err := lines.Next()
			if errors.Is(err, io.EOF) {
				c.flush()
				return nil
			}
			if err != nil {
				return r.BrokenOff(err)
			}
			c.line(line)
		}
		return nil
	}), nil
}

// chatLog goes through the lines of a saved chat.
type chatLog struct {
	reading *exchange.Reading
	style   *logStyle
	day     string
	row     exchange.Row // the message that is read; without a line there is none
	text    strings.Builder
}

func (c *chatLog) line(line exchange.Line) {
	if line.Problem != nil {
		c.reading.Reject(line.Number, line.Problem, line.Text)
		return
	}
	text := strings.TrimLeft(line.Text, marks)
	if day, name, said, ok := c.style.match(text); ok {
		c.flush()
		if day != "" {
			c.day = day
		}
		c.row = exchange.Row{Line: line.Number, Role: name, Conversation: c.day}
		c.text.WriteString(said)
		return
	}
	if m := logDay().FindStringSubmatch(strings.TrimSpace(text)); m != nil {
		c.flush()
		c.day = strings.TrimSpace(strings.Join(m[1:], ""))
		c.reading.Skip(line.Number, chatNotice, text)
		return
	}
	switch {
	case logNotice().MatchString(text):
		c.flush()
		c.reading.Skip(line.Number, chatNotice, text)
	case c.row.Line == 0 && strings.TrimSpace(text) == "":
		c.reading.Blank()
	case c.row.Line == 0:
		c.reading.Skip(line.Number, chatNotice, text)
	case c.text.Len()+len(text) > exchange.MaxRecord:
		c.reading.Reject(c.row.Line, exchange.ErrTooLong, exchange.Beginning(c.text.String(), 200))
		c.row = exchange.Row{}
		c.text.Reset()
	default:
		c.text.WriteString("\n" + strings.TrimLeft(text, "\t"))
	}
}

var chatNotice = i18n.T("is a notice of the chat program")

// flush gives the message that is complete.
func (c *chatLog) flush() {
	if c.row.Line == 0 {
		return
	}
	row, said := c.row, strings.TrimSpace(c.text.String())
	c.row = exchange.Row{}
	c.text.Reset()
	if extras := logExtras().FindStringIndex(said); extras != nil && c.style.below {
		said = strings.TrimSpace(said[:extras[0]])
	}
	if len(said) > 2 && said[0] == '"' && said[len(said)-1] == '"' && strings.Contains(said, "\n") { // LINE quotes lines that go on
		said = strings.ReplaceAll(said[1:len(said)-1], `""`, `"`)
	}
	if said == "" || logMedia().MatchString(said) {
		c.reading.Skip(row.Line, mediaOnly, said)
		return
	}
	row.Message = said
	c.reading.Add(row)
}
