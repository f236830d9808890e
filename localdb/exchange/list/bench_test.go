package list

import (
	"fmt"
	"strings"
	"testing"

	"seedbed/localdb/exchange"
)

// BenchmarkRecogniseCSV is what the lists cost a file that is a table: a look at its first
// 64 KB, however long it is.
func BenchmarkRecogniseCSV(b *testing.B) {
	var file strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&file, "how do I answer question %06d in an interview,rag_query,1.0\n", i)
	}
	content := []byte(file.String())
	for b.Loop() {
		f := exchange.BytesFile("rows.csv", content)
		for _, r := range Readers {
			r.Recognise(f)
		}
	}
}
