package chat

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// WhatsApp is the text that WhatsApp exports of a chat.
var WhatsApp = &exchange.Format{ID: "whatsapp", Name: i18n.T("WhatsApp export"), Extension: ".txt"}

var whatsAppReader = exchange.Reader{
	Format: WhatsApp, Recognise: recogniseWhatsApp, Read: readWhatsApp,
	About: "Chats from phones of any language. The role is the sender's name, and what was said on one day is a conversation. " +
		"Notices, and what stands for media, calls, polls, places and deleted messages, are skipped.",
}

func recogniseWhatsApp(f *exchange.File) exchange.Evidence {
	lines, starts, senders := 0, 0, 0
	v := newSurvey()
	for line := range strings.Lines(f.Sample()) {
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) == "" {
			continue
		}
		lines++
		if _, rest, ok := messageStart(line); ok {
			starts++
			if _, _, ok := v.sender(rest); ok {
				senders++
			}
		}
	}
	why := i18n.T("its lines start with a date, a time and a name, as in a WhatsApp export")
	switch {
	case senders == 0 || starts*50 < lines: // most messages are shorter than fifty lines
		return exchange.Evidence{}
	case starts*5 >= lines:
		return exchange.Evidence{Sureness: exchange.Sure, Why: why}
	}
	return exchange.Evidence{Sureness: exchange.Likely, Why: why}
}

func readWhatsApp(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	facts := exchange.Facts{Format: WhatsApp, Encoding: f.Guess()}
	return exchange.NewReading(o, facts, func(r *exchange.Reading) error {
		v, err := surveyLines(exchange.NewLines(f.Text()))
		if !errors.Is(err, io.EOF) {
			return r.BrokenOff(err)
		}
		w := &whatsApp{reading: r, survey: v, orders: map[string]dateOrder{}}
		for style := range v.starts {
			if v.main(style) {
				w.orders[style] = v.order(style)
			}
		}
		lines := exchange.NewLines(f.Text())
		for !r.Stopped() {
			line, err := lines.Next()
			if errors.Is(err, io.EOF) {
				w.flush()
				return nil
			}
			if err != nil {
				return r.BrokenOff(err)
			}
			w.line(line)
		}
		return nil
	}), nil
}

// whatsApp goes through the lines of a chat.
type whatsApp struct {
	reading *exchange.Reading
	survey  *survey
	orders  map[string]dateOrder // of the lines that start messages, by style

	row     exchange.Row // the message that is read; without a line there is none
	text    strings.Builder
	apple   bool // it is written as iPhones do, with a mark before what WhatsApp itself says
	marked  bool // and there is one before the line
	tooLong bool // the lines that follow belong to a message that was rejected
	started bool
}

var (
	whatsAppNotice = noticeOf("WhatsApp")
	whatsAppMedia  = i18n.T("stands for media, a call, a location, a poll or a deleted message")
)

func (w *whatsApp) line(line exchange.Line) {
	if line.Problem != nil {
		w.reading.Reject(line.Number, line.Problem, line.Text)
		return
	}
	s, rest, ok := messageStart(line.Text)
	order, starts := w.orders[s.style]
	if !ok || !starts {
		w.more(line)
		return
	}
	w.flush()
	w.started, w.tooLong = true, false
	name, said, ok := w.survey.sender(rest)
	if !ok {
		w.reading.Skip(line.Number, whatsAppNotice, line.Text)
		return
	}
	w.row = exchange.Row{Line: line.Number, Role: name, Time: order.time(s)}
	if w.row.Conversation = s.day(); !w.row.Time.IsZero() {
		w.row.Conversation = w.row.Time.Format(time.DateOnly)
	}
	w.text.WriteString(strings.TrimPrefix(said, " "))
	w.apple = strings.HasPrefix(s.style, "[")
	w.marked = w.apple && directed(line.Text)
}

// day is the date as it is written, for a calendar that isn't known.
func (s stamp) day() string {
	if s.parts < 3 {
		return fmt.Sprintf("%d-%d", s.date[0].value, s.date[1].value)
	}
	return fmt.Sprintf("%d-%d-%d", s.date[0].value, s.date[1].value, s.date[2].value)
}

// more adds a line to the message that goes on in it.
func (w *whatsApp) more(line exchange.Line) {
	switch {
	case w.row.Line > 0 && w.text.Len()+len(line.Text) > exchange.MaxRecord:
		w.reading.Reject(w.row.Line, i18n.Error("the message is longer than 4 MB"), exchange.Beginning(w.text.String(), 200))
		w.row = exchange.Row{}
		w.text.Reset()
		w.tooLong = true
	case w.row.Line > 0:
		w.text.WriteString("\n" + line.Text)
	case w.tooLong:
	case strings.TrimSpace(line.Text) == "":
		w.reading.Blank()
	case w.started:
		w.reading.Skip(line.Number, whatsAppNotice, line.Text)
	default:
		w.reading.Reject(line.Number, i18n.Error("it does not start with a date and a name, and no message stands before it"), line.Text)
	}
}

// flush gives the message that is complete.
func (w *whatsApp) flush() {
	if w.row.Line == 0 {
		return
	}
	row, said := w.row, w.text.String()
	w.row = exchange.Row{}
	w.text.Reset()
	switch own := w.apple && directed(said); {
	case own && (w.marked || !strings.Contains(said, "\n")):
	case w.marked && nextMark(said) > 0:
		row.Message = w.survey.captionOf(said[:nextMark(said)])
	default:
		row.Message = w.survey.written(said)
	}
	if row.Message == "" {
		w.reading.Skip(row.Line, whatsAppMedia, said)
		return
	}
	w.reading.Add(row)
}
