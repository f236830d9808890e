package formats

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"seedbed/localdb/exchange"
)

// BenchmarkRead100000Messages reads exports of 100,000 messages. MB-heap is the most that
// was on the heap while reading.
func BenchmarkRead100000Messages(b *testing.B) {
	const n = 100_000
	for _, format := range []struct {
		id, begin, separator, end string
		message                   func(i int) string
	}{
		{"whatsapp", "", "\n", "\n", func(i int) string {
			return fmt.Sprintf("%02d/%02d/2024, %02d:%02d - Person %d: where is my order number %d: it was due\nyesterday", i/4000+1, i/40000+1, i/60%24, i%60, i%5, i)
		}},
		{"telegram", `{"name":"x","type":"private_group","id":1,"messages":[`, ",", "]}", func(i int) string {
			return fmt.Sprintf(`{"id":%d,"type":"message","date":"2024-05-01T10:00:00","date_unixtime":"%d","from":"Ana","from_id":"user1","text":["see ",{"type":"bold","text":"order %d"}],"text_entities":[{"type":"plain","text":"see "},{"type":"bold","text":"order %d"}]}`, i, 1714557600+i, i, i)
		}},
		{"messenger", `{"participants":[],"messages":[`, ",", `],"title":"x","thread_path":"inbox/x"}`, func(i int) string {
			return fmt.Sprintf(`{"sender_name":"Zo\u00c3\u00a9","timestamp_ms":%d,"content":"O\u00c3\u00b9 est ma commande %d ?"}`, 1700000000000+i, i)
		}},
		{"discord", `{"guild":{"id":"1"},"channel":{"id":"2","name":"help"},"messages":[`, ",", "]}", func(i int) string {
			return fmt.Sprintf(`{"id":"%d","type":"Default","timestamp":"2024-01-01T10:00:00+00:00","content":"where is order %d","author":{"id":"1","name":"kim","isBot":false},"attachments":[],"embeds":[]}`, i, i)
		}},
		{"slack", "[", ",", "]", func(i int) string {
			return fmt.Sprintf(`{"type":"message","user":"U%d","ts":"17171424%02d.000100","text":"<@U2> see <https://example.com|order %d>"}`, i%9, i%100, i)
		}},
		{"signal", "", "\n", "\n", func(i int) string {
			return fmt.Sprintf(`{"id":"%d","conversationId":"c1","type":"incoming","body":"where is order %d","sent_at":%d,"source":"+491"}`, i, i, 1700000000000+i)
		}},
		{"chatgpt", "[", ",", "]", func(i int) string {
			return fmt.Sprintf(`{"title":"t","conversation_id":"c%d","current_node":"u","mapping":{"u":{"id":"u","parent":null,"message":{"author":{"role":"user"},"create_time":1700000000,"content":{"content_type":"text","parts":["order %d"]}}}}}`, i, i)
		}},
		{"claude", "[", ",", "]", func(i int) string {
			return fmt.Sprintf(`{"uuid":"u%d","name":"x","chat_messages":[{"uuid":"m","sender":"human","text":"order %d","content":[{"type":"text","text":"order %d"}]}]}`, i, i, i)
		}},
		{"zendesk", `{"tickets":[`, ",", "]}", func(i int) string {
			return fmt.Sprintf(`{"id":%d,"requester_id":1,"comments":[{"author_id":1,"public":true,"body":"where is order %d?\n\nSent from my iPhone"}]}`, i, i)
		}},
		{"mbox", "", "", "", func(i int) string {
			return fmt.Sprintf("From a@example.com Fri Jan  5 15:00:00 2024\nFrom: Ann <a@example.com>\nTo: b@example.com\nSubject: Order\nDate: Fri, 05 Jan 2024 15:00:00 +0000\nMessage-ID: <%d@example.com>\n\nWhere is order %d?\n\nOn Fri, Jan 5, 2024 at 3:00 PM Shop <b@example.com> wrote:\n> soon\n\n", i, i)
		}},
	} {
		path := filepath.Join(b.TempDir(), format.id)
		file, err := os.Create(path)
		if err != nil {
			b.Fatal(err)
		}
		out := bufio.NewWriter(file)
		_, _ = out.WriteString(format.begin) // Flush tells
		for i := range n {
			if i > 0 {
				_, _ = out.WriteString(format.separator)
			}
			_, _ = out.WriteString(format.message(i))
		}
		_, _ = out.WriteString(format.end)
		if err := out.Flush(); err != nil {
			b.Fatal(err)
		}
		if err := file.Close(); err != nil {
			b.Fatal(err)
		}
		b.Run(format.id, func(b *testing.B) {
			most := uint64(0)
			for b.Loop() {
				rows := 0
				reading, err := Open(path, exchange.Options{})
				if err != nil {
					b.Fatal(err)
				}
				for _, err := range reading.Rows() {
					if err != nil {
						b.Fatal(err)
					}
					if rows++; rows%5000 == 0 {
						var memory runtime.MemStats
						runtime.ReadMemStats(&memory)
						most = max(most, memory.HeapAlloc)
					}
				}
				if err := reading.Close(); err != nil {
					b.Fatal(err)
				}
				if rows != n || reading.Facts.Format.ID != format.id {
					b.Fatalf("%d rows as %s", rows, reading.Facts.Format.ID)
				}
			}
			b.ReportMetric(float64(most)/1e6, "MB-heap")
		})
	}
}
