package chat

import (
	"strings"
	"testing"

	"seedbed/localdb/exchange"
)

// readAll gives the messages of a file and how its reading ended.
func readAll(t *testing.T, reader exchange.Reader, content string) (rows []exchange.Row, reading *exchange.Reading, ended error) {
	t.Helper()
	reading, err := reader.Read(exchange.BytesFile("file", []byte(content)), exchange.Options{})
	if err != nil {
		return nil, nil, err
	}
	for row, err := range reading.Rows() {
		if err != nil {
			ended = err
			break
		}
		rows = append(rows, row)
	}
	if err := reading.Close(); err != nil {
		t.Error(err)
	}
	return rows, reading, ended
}

func TestNestingWithoutEndEndsInASentence(t *testing.T) {
	deep := strings.Repeat(`{"messages":[`, 20_000)
	for _, reader := range Readers {
		if reader.Format == WhatsApp || reader.Format == DiscordTable {
			continue
		}
		if rows, reading, err := readAll(t, reader, deep); len(rows) > 0 || err == nil && reading.Tally.Rejected == 0 {
			t.Errorf("%s, nested: %d rows, %v", reader.Format, len(rows), err)
		}
	}
}

func TestAMessageOf5MegabytesIsRejectedAndThoseAroundItAreRead(t *testing.T) {
	const start = "05/02/2024, 14:03 - Ann: "
	for name, long := range map[string]string{
		"one line":   strings.Repeat("x", 5<<20),
		"many lines": strings.Repeat("a line of a message\n", 1<<18),
		"many marks": strings.Repeat("\u200e", 1<<18),
		"many files": strings.Repeat("IMG-20240105-WA0001.jpg (file attached)\n", 1<<13),
	} {
		rows, reading, err := readAll(t, whatsAppReader, start+"before\n"+start+long+"\n"+start+"after\n")
		if err != nil || len(rows) < 2 || rows[0].Message != "before" || rows[len(rows)-1].Message != "after" {
			t.Errorf("%s: %d rows, %v", name, len(rows), err)
			continue
		}
		if len(long) > exchange.MaxRecord && reading.Tally.Rejected == 0 {
			t.Errorf("%s: nothing was rejected", name)
		}
	}
}
