package chat

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"seedbed/localdb/exchange"
)

// survey is what can only be found out over the whole of a chat: in which order its dates
// are written, who writes in it, and which words come again and again.
type survey struct {
	starts  map[string]int // lines by the style of their stamp
	orders  map[string]*[4]orderScore
	names   map[string]int // what may be the name of a sender, with how many messages start so
	recurs  map[string]int // what stands in <> or () at the end of messages
	english int            // lines with AM or PM, and a slash in the date
}

// orderScore tells how badly an order of dates fits.
type orderScore struct {
	invalid, backwards int
	span               time.Duration // between each message and the next
	last               time.Time
}

// maxNames bounds the names and recurring words that are counted.
const maxNames = 50_000

func newSurvey() *survey {
	return &survey{starts: map[string]int{}, orders: map[string]*[4]orderScore{}, names: map[string]int{}, recurs: map[string]int{}}
}

// surveyLines goes through all lines.
func surveyLines(lines *exchange.Lines) (*survey, error) {
	v := newSurvey()
	for {
		line, err := lines.Next()
		if err != nil {
			return v, err
		}
		v.line(line.Text)
	}
}

func (v *survey) line(text string) {
	v.count(v.recurs, closing(text))
	s, rest, ok := messageStart(text)
	if !ok {
		return
	}
	v.starts[s.style]++
	if s.english {
		v.english++
	}
	scores := v.orders[s.style]
	if scores == nil {
		scores = new([4]orderScore)
		v.orders[s.style] = scores
	}
	for i, order := range dateOrders {
		scores[i].add(order.time(s))
	}
	for _, at := range colons(rest) {
		v.count(v.names, senderName(rest[:at]))
	}
}

func (v *survey) count(in map[string]int, key string) {
	if _, known := in[key]; key != "" && (known || len(in) < maxNames) {
		in[key]++
	}
}

func (o *orderScore) add(t time.Time) {
	if t.IsZero() {
		o.invalid++
		return
	}
	if !o.last.IsZero() {
		gap := t.Sub(o.last)
		if gap < -time.Hour { // the clocks go back in autumn
			o.backwards++
		}
		o.span += gap.Abs()
	}
	o.last = t
}

// order is the order of dates with the fewest that are none, or that go back; of orders
// as good, the one in which the messages are closer together.
func (v *survey) order(style string) dateOrder {
	scores := v.orders[style]
	if scores == nil {
		return dayFirst
	}
	first := []int{0, 1, 2, 3}
	if v.english*2 > v.starts[style] { // who writes PM is American more often than not
		first = []int{1, 0, 2, 3}
	}
	best := slices.MinFunc(first, func(a, b int) int {
		return cmp.Or(cmp.Compare(scores[a].invalid, scores[b].invalid), cmp.Compare(scores[a].backwards, scores[b].backwards),
			cmp.Compare(scores[a].span, scores[b].span))
	})
	return dateOrders[best]
}

// main tells whether lines of the style start messages: a chat of another phone may be
// pasted into a message.
func (v *survey) main(style string) bool {
	most := 0
	for _, n := range v.starts {
		most = max(most, n)
	}
	n := v.starts[style]
	return n == most || n*4 >= most && strings.HasSuffix(style, "3")
}

// colons gives the places where a sender's name may end.
func colons(rest string) (at []int) {
	for from := 0; len(at) < 3; {
		i := strings.IndexByte(rest[from:min(len(rest), maxSender)], ':')
		if i < 0 {
			return at
		}
		i += from
		if i+1 == len(rest) || strings.HasPrefix(rest[i+1:], " ") || strings.HasPrefix(strings.TrimLeft(rest[i+1:], marks), " ") || i+1 < len(rest) && isMark(firstRune(rest[i+1:])) {
			at = append(at, i)
		}
		from = i + 1
		if from >= min(len(rest), maxSender) {
			return at
		}
	}
	return at
}

// maxSender bounds a sender's name in bytes.
const maxSender = 200

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// senderName takes off what WhatsApp puts around a name.
func senderName(text string) string {
	return strings.Trim(text, marks+" ~\u00A0\u202F")
}

// sender parts a message from who says it; ok is false for a notice.
func (v *survey) sender(rest string) (name, said string, ok bool) {
	ends := colons(rest)
	if len(ends) == 0 {
		return "", "", false
	}
	end := ends[0]
	name = senderName(rest[:end])
	for _, later := range ends[1:] { // a name with a colon stands before every message of that person
		longer := senderName(rest[:later])
		if n := v.names[longer]; n < 2 || n != v.names[name] || strings.ContainsAny(longer, "?!<"+marks) || len(strings.Fields(longer)) > 6 {
			break
		}
		name, end = longer, later
	}
	if name == "" || v.inNotice(name, rest) {
		return "", "", false
	}
	return name, rest[end+1:], true
}

// inNotice tells whether what stands before a colon is the beginning of a notice about a
// group whose name has a colon: it opens quotation marks and doesn't close them, or the
// line has the mark of a notice and nobody else is called so.
func (v *survey) inNotice(name, rest string) bool {
	if v.names[name] > 1 {
		return false
	}
	if strings.Count(name, `"`)%2 == 1 {
		return true
	}
	for open, shut := range map[string]string{"“": "”", "„": "“", "«": "»", "「": "」", "‹": "›", "『": "』", "”": "”"} {
		if strings.Contains(name, open) && !strings.Contains(name[strings.LastIndex(name, open)+len(open):], shut) && (open != "”" && open != "“" || strings.Count(name, "“")+strings.Count(name, "”")+strings.Count(name, "„") == 1) {
			return true
		}
	}
	return strings.HasPrefix(rest, "\u200E") && !strings.ContainsAny(rest[:min(len(rest), 12)], "~+")
}

// closing is what stands in <> or () at the end of a line.
func closing(line string) string {
	line = strings.TrimRight(line, marks+" .\u00A0")
	open, shut := "<", ">"
	if strings.HasSuffix(line, ")") {
		open, shut = "(", ")"
	} else if !strings.HasSuffix(line, shut) {
		return ""
	}
	at := strings.LastIndex(line, open)
	if at < 0 || len(line)-at > 120 {
		return ""
	}
	return plainWords(line[at:])
}
