package chat

import (
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// whatsAppLine is the start of a message in the text that WhatsApp exports. The
// date is written as the phone's language does, in brackets on iOS, before a
// dash on Android; the marks before and in it are for right-to-left text.
var whatsAppLine = regexp.MustCompile(`^[\x{200e}\x{200f}]*\[?(\d{1,4})[./-] ?(\d{1,2})[./-] ?(\d{1,4})\.?,?[\s\x{a0}]+(?:um |à |alle |às |a las |kl\. ?)?(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?[\s\x{a0}\x{202f}]*(?:([AaPp])\.?[\s\x{a0}\x{202f}]?[Mm]\.?)?(?:\]| -)[\s\x{200e}]+(.*)$`)

// whatsAppSaid parts who speaks from what is said; a line without is a notice of
// the program.
var whatsAppSaid = regexp.MustCompile(`^([^:]{1,80}): (.*)$`)

// whatsAppMedia stands for a picture, a call or a message that is gone.
var whatsAppMedia = regexp.MustCompile(`(?i)^(?:<[^<>]{3,60}>|(?:image|video|audio|sticker|GIF|document|contact card|video note) omitted|(?:Bild|Video|Audio|Sticker|GIF|Dokument|Kontaktkarte) weggelassen|.*\.\w{2,5} \([^()]{4,40}\)|this message was deleted\.?|you deleted this message\.?|null|missed (?:voice|video) call.*|waiting for this message.*)$`)

var whatsAppEdited = regexp.MustCompile(`\s*\x{200e}?<[^<>]*(?:edited|bearbeitet|editado|modifi|modific|bewerkt)[^<>]*>$`)

// WhatsApp is the text that WhatsApp exports of a chat.
var WhatsApp = &exchange.Format{ID: "whatsapp", Name: i18n.T("WhatsApp export"), Extension: ".txt"}

var whatsAppReader = exchange.Reader{
	Format: WhatsApp, Recognise: recogniseWhatsApp, Read: readWhatsApp,
	About: "The role is the speaker's name; what was said on one day is a conversation. Notices and what stands for pictures are skipped.",
}

func recogniseWhatsApp(f *exchange.File) exchange.Evidence {
	lines, begun := 0, 0
	for line := range strings.Lines(f.Sample()) {
		if lines++; lines > 50 {
			break
		}
		if whatsAppLine.MatchString(strings.TrimRight(line, "\r\n")) {
			begun++
		}
	}
	if begun*5 <= lines {
		return exchange.Evidence{}
	}
	return exchange.Evidence{Sureness: exchange.Sure, Why: i18n.T("its lines start with a date and a name, as those of WhatsApp do")}
}

func readWhatsApp(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	dates := dateOrderOf(f.Sample())
	facts := exchange.Facts{Format: WhatsApp, Encoding: f.Guess()}
	return exchange.NewReading(o, facts, func(r *exchange.Reading) error {
		w := &whatsApp{reading: r, dates: dates}
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

type whatsApp struct {
	reading *exchange.Reading
	dates   dateOrder
	message *exchange.Row // still growing; nil before the first and after a notice
	begun   bool
}

func (w *whatsApp) line(line exchange.Line) {
	if line.Problem != nil {
		w.reading.Reject(line.Number, line.Problem, line.Text)
		return
	}
	m := whatsAppLine.FindStringSubmatch(line.Text)
	if m == nil {
		w.more(line)
		return
	}
	w.flush()
	w.begun = true
	said := whatsAppSaid.FindStringSubmatch(m[8])
	if said == nil {
		w.reading.Skip(line.Number, notice, line.Text)
		return
	}
	when := w.dates.time(m)
	w.message = &exchange.Row{Line: line.Number, Role: strings.Trim(said[1], "\u200e\u202a\u202c~ "), Message: said[2], Time: when}
	if !when.IsZero() {
		w.message.Conversation = when.Format(time.DateOnly)
	}
}

var notice = i18n.T("is a notice of WhatsApp")

// more adds a line to the message that goes on in it.
func (w *whatsApp) more(line exchange.Line) {
	switch {
	case w.message != nil && len(w.message.Message)+len(line.Text) > exchange.MaxRecord:
		w.reading.Reject(w.message.Line, i18n.Error("the message is longer than 4 MB"), w.message.Message)
		w.message = nil
	case w.message != nil:
		w.message.Message += "\n" + line.Text
	case strings.TrimSpace(line.Text) == "":
		w.reading.Blank()
	case w.begun:
		w.reading.Skip(line.Number, notice, line.Text)
	default:
		w.reading.Reject(line.Number, i18n.Error("it does not start with a date and a name, and no message stands before it"), line.Text)
	}
}

// flush gives the message that is complete.
func (w *whatsApp) flush() {
	if w.message == nil {
		return
	}
	row := *w.message
	w.message = nil
	marked := strings.HasPrefix(row.Message, "\u200e") // WhatsApp's own words
	row.Message = strings.TrimSpace(whatsAppEdited.ReplaceAllString(row.Message, ""))
	row.Message = strings.Trim(row.Message, "\u200e")
	if marked || row.Message == "" || whatsAppMedia.MatchString(row.Message) {
		w.reading.Skip(row.Line, i18n.T("stands for a picture, a call or a deleted message"), row.Message)
		return
	}
	w.reading.Add(row)
}

// dateOrder is where day and month stand in a date.
type dateOrder int

const (
	dayFirst dateOrder = iota
	monthFirst
)

// dateOrderOf finds the order in which the dates at the beginning of a chat are
// dates at all and hardly ever go back.
func dateOrderOf(head string) dateOrder {
	var wrong [2]int
	var last [2]time.Time
	afternoon := 0
	for line := range strings.Lines(head) {
		m := whatsAppLine.FindStringSubmatch(strings.TrimRight(line, "\r\n"))
		if m == nil {
			continue
		}
		if len(m[7]) > 0 {
			afternoon++
		}
		for order := range wrong {
			t := dateOrder(order).time(m)
			if t.IsZero() || t.Before(last[order]) {
				wrong[order]++
			}
			last[order] = t
		}
	}
	// The clock of twelve hours goes with the month first more often than not.
	if wrong[monthFirst] < wrong[dayFirst] || wrong[monthFirst] == wrong[dayFirst] && afternoon > 0 {
		return monthFirst
	}
	return dayFirst
}

// time reads the parts of whatsAppLine; the zero time for what is no date.
func (o dateOrder) time(m []string) time.Time {
	var n [7]int
	for i := 1; i <= 6; i++ {
		n[i], _ = strconv.Atoi(m[i])
	}
	day, month, year := n[1], n[2], n[3]
	if o == monthFirst {
		day, month = month, day
	}
	if n[1] > 31 { // the year comes first
		year, month, day = n[1], n[2], n[3]
	}
	if year < 100 {
		year += 2000
	}
	hour := n[4]
	switch strings.ToLower(m[7]) {
	case "p":
		hour = hour%12 + 12
	case "a":
		hour %= 12
	}
	t := time.Date(year, time.Month(month), day, hour, n[5], n[6], 0, time.UTC)
	if t.Day() != day || int(t.Month()) != month || hour > 23 {
		return time.Time{}
	}
	return t
}
