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
	words   map[string]int // the same with the word that follows
	recurs  map[string]int // what stands in <> or () at the end of messages
	english int            // lines with AM or PM

	withColon []string // the names that have a colon
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
	return &survey{starts: map[string]int{}, orders: map[string]*[4]orderScore{}, names: map[string]int{}, words: map[string]int{}, recurs: map[string]int{}}
}

// surveyLines goes through all lines.
func surveyLines(lines *exchange.Lines) (*survey, error) {
	v := newSurvey()
	for {
		line, err := lines.Next()
		if err != nil {
			v.nameWithColons()
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
		name := senderName(rest[:at])
		v.count(v.names, name)
		v.count(v.words, name+": "+firstWord(rest[at+1:]))
	}
}

// firstWord is the first word of a text, without a colon behind it.
func firstWord(text string) string {
	text = strings.TrimLeft(text[:min(len(text), maxSender)], " ")
	if end := strings.IndexAny(text, " :"); end >= 0 {
		text = text[:end]
	}
	return text
}

// nameWithColons finds the names of contacts that have a colon, "Smith: office": what
// stands before it is always followed by the same word.
func (v *survey) nameWithColons() {
	for longer, n := range v.names {
		name, rest, ok := strings.Cut(longer, ": ")
		if !ok || n < 2 || n*2 < v.names[name] || strings.ContainsAny(longer, "?!<"+marks) || len(strings.Fields(longer)) > 6 {
			continue
		}
		if v.words[name+": "+firstWord(rest)] == v.names[name] {
			v.withColon = append(v.withColon, longer)
		}
	}
	slices.SortFunc(v.withColon, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
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
	for _, longer := range v.withColon {
		at := strings.Index(rest, longer)
		switch {
		case at < 0 || at > end:
			continue
		case name != strings.SplitN(longer, ":", 2)[0] || !slices.ContainsFunc(ends, func(e int) bool { return senderName(rest[:e]) == longer }):
			return "", "", false // about that contact, who is added to a group
		}
		end = ends[slices.IndexFunc(ends, func(e int) bool { return senderName(rest[:e]) == longer })]
		name = longer
		break
	}
	if name == "" || v.inNotice(name, rest) {
		return "", "", false
	}
	return name, rest[end+1:], true
}

// quotes are the marks around the names of groups in notices.
var quotes = []struct{ open, shut string }{
	{"“", "”"}, {"„", "“"}, {"«", "»"}, {"「", "」"}, {"『", "』"}, {"‹", "›"},
}

// inNotice tells whether what stands before a colon is the beginning of a notice about a
// group whose name has a colon: it opens quotation marks and doesn't close them, starts as
// notices do, or has their mark while nobody else is called so.
func (v *survey) inNotice(name, rest string) bool {
	if strings.Count(name, `"`)%2 == 1 {
		return true
	}
	for _, q := range quotes {
		if at := strings.LastIndex(name, q.open); at >= 0 && !strings.ContainsAny(name[at+len(q.open):], q.shut+"“”") && !strings.Contains(name[:at], "„") {
			return true
		}
	}
	if v.names[name] <= 3 && startsOwn(plainWords(exchange.Beginning(rest, 200))) {
		return true
	}
	return v.names[name] <= 1 && strings.HasPrefix(rest, "\u200E") && !strings.ContainsAny(rest[:min(len(rest), 12)], "~+")
}

// closing is what stands in <> or () at the end of a line.
func closing(line string) string {
	line = strings.TrimRight(line, marks+" .\u00A0")
	open := "<"
	if strings.HasSuffix(line, ")") {
		open = "("
	} else if !strings.HasSuffix(line, ">") {
		return ""
	}
	at := strings.LastIndex(line, open)
	if at < 0 || len(line)-at > 120 {
		return ""
	}
	return plainWords(line[at:])
}
