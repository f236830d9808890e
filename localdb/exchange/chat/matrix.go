package chat

import (
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
)

// Matrix is the events of a room as Element exports them, or a Matrix server answers.
var Matrix = &exchange.Format{ID: "matrix", Name: i18n.T("Matrix export"), Extension: ".json"}

var matrixReader = exchange.Reader{
	Format: Matrix, Recognise: recogniseMatrix, Read: readMatrix,
	About: "Rooms as Element exports them in JSON, and events as Matrix servers answer. The role is the sender, or \"bot\" for notices of programs; a thread is a conversation, and so is what else was said in a room on one day. " +
		"What a reply quotes is taken out; changes of the room, reactions, corrections and media are skipped.",
}

var matrixLists = []string{"messages", "chunk", "timeline.events"}

func recogniseMatrix(f *exchange.File) exchange.Evidence {
	return jsonitems.Evidence(jsonitems.Sample(f, matrixLists...), func(v any) bool {
		return jsonitems.Has(v, "type", "sender", "content", "origin_server_ts")
	}, fieldsOf("Matrix"))
}

func readMatrix(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	items := jsonitems.Open(f, matrixLists...)
	return exchange.NewReading(o, exchange.Facts{Format: Matrix, Encoding: f.Guess()}, func(r *exchange.Reading) error {
		return items.Each(r, func(item jsonitems.Item) { addMatrix(r, item.Value) })
	}), nil
}

func addMatrix(r *exchange.Reading, event any) {
	content := jsonitems.At(event, "content")
	kind, text := jsonitems.Text(content, "msgtype"), jsonitems.Text(content, "body")
	relation := jsonitems.At(content, "m.relates_to")
	switch {
	case jsonitems.Text(event, "type") != "m.room.message" || jsonitems.Text(relation, "rel_type") == "m.replace":
		r.Skip(0, noticeOf("Matrix"), text)
		return
	case kind == "" && text == "":
		r.Skip(0, deleted, "")
		return
	case kind != "m.text" && kind != "m.notice" && kind != "m.emote":
		r.Skip(0, mediaOnly, text)
		return
	}
	if jsonitems.Has(relation, "m.in_reply_to") {
		text = withoutQuote(text)
	}
	role := jsonitems.Text(event, "sender")
	if kind == "m.notice" {
		role = bot
	}
	when := exchange.ParseTime(jsonitems.Text(event, "origin_server_ts"))
	conversation := onDay(jsonitems.Text(event, "room_id"), when)
	if jsonitems.Text(relation, "rel_type") == "m.thread" {
		conversation = jsonitems.Text(relation, "event_id")
	}
	r.Add(exchange.Row{Message: strings.TrimSpace(text), Role: role, Conversation: conversation, Time: when})
}

// withoutQuote takes off what a reply repeats of the message before, in lines that begin
// with >, after the specification of Matrix.
func withoutQuote(text string) string {
	lines := strings.Split(text, "\n")
	for len(lines) > 1 && strings.HasPrefix(lines[0], "> ") {
		lines = lines[1:]
	}
	return strings.Join(lines, "\n")
}
