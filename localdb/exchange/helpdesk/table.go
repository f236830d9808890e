package helpdesk

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/columns"
)

// Table is a CSV file of messages with a column that says which side wrote them, as help
// desks and tools for them export it.
var Table = &exchange.Format{ID: "helpdesk-csv", Name: i18n.T("Help desk export (CSV)"), Extension: ".csv"}

var tableReader = exchange.Reader{
	Format: Table, Recognise: recogniseTable, Read: readTable,
	About: "Tables of messages with their conversations and a column that says which side wrote them, or whether they came in. Private notes and events are skipped.",
}

// The names of columns, folded, the best first.
var (
	bodyColumns         = []string{"plainbody", "bodytext", "bodyplain", "messagebody", "messagetext", "body", "text", "content", "message", "comment", "commentbody", "htmlbody", "bodyhtml", "description", "extract", "note"}
	conversationColumns = []string{"conversationid", "ticketid", "sessionid", "chatid", "threadid", "caseid", "conversation", "ticket", "ticketnumber", "casenumber", "displayid", "chat", "number"}
	sideColumns         = []string{"authortype", "sendertype", "usertype", "fromtype", "direction", "messagetype", "incoming", "isinbound", "inbound", "isincoming", "isagent", "fromcustomer"}
	privateColumns      = []string{"private", "isprivate", "internal", "isinternal", "public", "ispublic", "isnote", "visibility", "parttype", "type", "messagetype"}
	timeColumns         = []string{"createdat", "timestamp", "createdtime", "sentat", "date", "time", "created", "datetime"}
)

// tableColumns are the places of the columns; -1 for none.
type tableColumns struct {
	body, conversation, side, private, time, category int
	threads                                           bool // the side is a type of thread, as Help Scout has it
	userIsTeam                                        bool // "user" is one of the team, beside contacts, as Drift has it
}

func tableHeader(f *exchange.File) (header []string, comma rune) {
	line, _, _ := strings.Cut(f.Sample(), "\n")
	for _, c := range ",;\t" {
		in := csv.NewReader(strings.NewReader(line))
		in.Comma = c
		if record, err := in.Read(); err == nil && len(record) > len(header) {
			header, comma = record, c
		}
	}
	for i := range header {
		header[i] = exchange.Fold(header[i])
	}
	return header, comma
}

func columnsOf(header []string) tableColumns {
	place := func(names []string) int {
		for _, name := range names {
			if i := slices.Index(header, name); i >= 0 {
				return i
			}
		}
		return -1
	}
	c := tableColumns{place(bodyColumns), place(conversationColumns), place(sideColumns), place(privateColumns), place(timeColumns), -1, false, false}
	if from := slices.Index(header, "from"); c.side < 0 && from >= 0 && slices.Contains(header, "sessionid") { // as Crisp has it
		c.side = from
	}
	return c
}

// choose takes the columns that a person chose.
func (c *tableColumns) choose(header []string, chosen map[string]exchange.Field) {
	for name, field := range chosen {
		at := slices.Index(header, exchange.Fold(name))
		if at < 0 {
			continue
		}
		switch field {
		case exchange.Message:
			c.body = at
		case exchange.Conversation:
			c.conversation = at
		case exchange.Role:
			c.side = at
		case exchange.Time:
			c.time = at
		case exchange.Category:
			c.category = at
		default: // the table has none of the others
		}
	}
}

// look finds out what the first records tell of the columns.
func (c *tableColumns) look(f *exchange.File, header []string) {
	values := func(column int) (found []string) {
		if column < 0 {
			return nil
		}
		_, comma := tableHeader(f)
		in := csv.NewReader(strings.NewReader(f.Sample()))
		in.Comma, in.LazyQuotes, in.FieldsPerRecord = comma, true, -1
		for n := 0; n < 200; n++ {
			record, err := in.Read()
			if err != nil {
				break
			}
			if n > 0 && column < len(record) && !slices.Contains(found, strings.ToLower(record[column])) {
				found = append(found, strings.ToLower(record[column]))
			}
		}
		return found
	}
	for _, name := range []string{"threadtype", "type"} {
		if at := slices.Index(header, name); c.side < 0 && at >= 0 && isThreadType(values(at)) {
			c.side, c.private, c.threads = at, at, true
		}
	}
	authors := values(c.side)
	c.userIsTeam = slices.Contains(authors, "contact") && slices.Contains(authors, "user") && !slices.Contains(authors, "agent") && !slices.Contains(authors, "admin")
}

// threadTypes are what Help Scout calls the parts of conversations, and who they are by.
var threadTypes = map[string]string{
	"customer": user, "message": agent, "reply": agent, "phone": agent, "chat": user, "beaconchat": user, "forwardparent": agent, "forwardchild": agent,
	"note": "", "lineitem": "event", "": "",
}

// isThreadType tells whether values are those of threadTypes, what customers wrote among them.
func isThreadType(values []string) bool {
	return slices.Contains(values, "customer") && !slices.ContainsFunc(values, func(value string) bool {
		_, known := threadTypes[value]
		return !known
	})
}

func recogniseTable(f *exchange.File) exchange.Evidence {
	header, _ := tableHeader(f)
	labelled := slices.ContainsFunc(header, func(name string) bool { return columns.FieldOf(name) == exchange.Category })
	c := columnsOf(header)
	c.look(f, header)
	if labelled && !c.threads || c.body < 0 || c.conversation < 0 || c.side < 0 {
		return exchange.Evidence{}
	}
	return exchange.Evidence{Sureness: exchange.Sure, Why: i18n.T("it has columns for the message, the conversation and the kind of author")}
}

func readTable(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	header, comma := tableHeader(f)
	c := columnsOf(header)
	c.look(f, header)
	c.choose(header, o.Columns)
	if c.body < 0 {
		return nil, i18n.Error("the file has no message column (body, text, content or message)")
	}
	facts := exchange.Facts{Format: Table, Encoding: f.Guess(), Delimiter: comma, Header: true}
	return exchange.NewReading(o, facts, func(r *exchange.Reading) error {
		leash := &exchange.Leash{R: f.Text(), TooLong: exchange.ErrTooLong}
		in := csv.NewReader(leash)
		in.Comma, in.LazyQuotes, in.FieldsPerRecord, in.ReuseRecord = comma, true, -1, true
		for named := false; !r.Stopped(); named = true {
			leash.Left = exchange.MaxRecord
			record, err := in.Read()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return r.BrokenOff(err)
			}
			if named { // after the names of the columns
				line, _ := in.FieldPos(0)
				c.add(r, line, record, header)
			}
		}
		return nil
	}), nil
}

func (c tableColumns) add(r *exchange.Reading, line int, record, header []string) {
	field := func(i int) string {
		if i < 0 || i >= len(record) {
			return ""
		}
		return strings.TrimSpace(record[i])
	}
	body := field(c.body)
	if c.private >= 0 {
		switch private(header[c.private], strings.ToLower(field(c.private))) {
		case "note":
			r.Skip(line, privateNote, body)
			return
		case "event":
			r.Skip(line, systemEvent, body)
			return
		}
	}
	role := side(header, c.side, field(c.side))
	if c.userIsTeam && strings.EqualFold(field(c.side), "user") {
		role = agent
	}
	if role == "event" {
		r.Skip(line, systemEvent, body)
		return
	}
	add(r, turn{line: line, html: body, role: role, conversation: field(c.conversation), time: field(c.time), category: field(c.category)})
}

// The values by which columns mark events of the help desk, and notes among the team.
var (
	eventValues   = []string{"assignment", "close", "open", "activity", "file"}
	privateValues = []string{"private", "internal", "agents"}
	yesValues     = []string{"true", "1", "yes"}
	noValues      = []string{"false", "0", "no"}
)

// private tells whether a field says that a message is a note among the team, or an
// event; "" for neither.
func private(column, value string) string {
	var note, event bool
	switch column {
	case "public", "ispublic":
		note = slices.Contains(noValues, value)
	case "visibility":
		note = slices.Contains(privateValues, value)
	case "parttype", "type", "threadtype", "messagetype":
		note = strings.Contains(value, "note") || strings.HasPrefix(value, "private") || slices.Contains(privateValues, value)
		event = strings.Contains(value, "event") || strings.Contains(value, "system") || slices.Contains(eventValues, value)
	default:
		note = slices.Contains(yesValues, value)
	}
	switch {
	case note:
		return "note"
	case event:
		return "event"
	}
	return ""
}

// side is the role of who wrote a message, or "event".
func side(header []string, column int, value string) string {
	if column < 0 {
		return ""
	}
	lower := strings.ToLower(value)
	yes, no := slices.Contains(yesValues, lower), slices.Contains(noValues, lower)
	switch header[column] {
	case "incoming", "isinbound", "inbound", "isincoming", "fromcustomer":
		if yes {
			return user
		} else if no {
			return agent
		}
	case "isagent":
		if yes {
			return agent
		} else if no {
			return user
		}
	case "type", "threadtype":
		return threadTypes[lower]
	case "messagetype": // Chatwoot's numbers
		switch lower {
		case "0":
			return user
		case "1":
			return agent
		case "2", "3", "activity", "template":
			return "event"
		}
	}
	if lower == "system" {
		return "event"
	}
	return roleOf(value)
}
