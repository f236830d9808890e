package review

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"seedbed/assets/i18n"
	"seedbed/gen/starter"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
)

// BenchmarkReview is what a person waits for on the review page of a million
// messages, all of it one after the other: what runs in the background included.
// Painting is measured with the grid.
func BenchmarkReview(b *testing.B) {
	path := millionMessages(b)
	var p *page // made anew with the dataset
	w, _ := shelltest.OpenPage(b, func(s *shell.Window) *page {
		p = newPage(s)
		return p
	}, (*page).declare)
	w.OpenDataset(path)
	w.Settle()
	w.Visit(shell.Review)
	r := &window{w, p}
	dice := rand.New(rand.NewPCG(1, 1))

	b.Run("jump", func(b *testing.B) {
		for b.Loop() {
			r.page.grid.SetCursorRow(dice.IntN(r.page.rows.Len()))
			r.Settle()
		}
	})
	b.Run("accept", func(b *testing.B) {
		for b.Loop() {
			r.page.accept()
			r.Settle()
		}
	})
	b.Run("search", func(b *testing.B) {
		var list time.Duration
		for b.Loop() {
			began := time.Now()
			r.page.filters.search.SetText(benchWords[dice.IntN(len(benchWords))] + " " + benchWords[dice.IntN(len(benchWords))][:2])
			list += time.Since(began)
			r.Settle()
		}
		b.ReportMetric(float64(list.Nanoseconds())/float64(b.N), "list-ns/op") // until the rows are there; the counts follow
		r.page.filters.clear()
		r.Settle()
	})
	b.Run("facet", func(b *testing.B) {
		for b.Loop() {
			r.page.filters.toggle(r.page.categories[dice.IntN(8)].Name)
			r.Settle()
		}
	})
}

var benchWords = strings.Fields(`work job career mentor team lead salary offer interview role project manager
	learn course degree skill cloud data field remote office change next year week help feel tired happy`)

func millionMessages(b *testing.B) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "million.seedbed")
	d, err := localdb.Create(context.Background(), path, starter.Default().Categories)
	if err != nil {
		b.Fatal(err)
	}
	categories := starter.Default().Categories
	dice := rand.New(rand.NewPCG(2, 2))
	messages := make([]localdb.Message, 100_000)
	for part := range 10 {
		for i := range messages {
			var text strings.Builder
			for range 8 + dice.IntN(8) {
				text.WriteString(benchWords[dice.IntN(len(benchWords))] + " ")
			}
			fmt.Fprint(&text, part*len(messages)+i)
			messages[i] = localdb.Message{Text: text.String(), Category: categories[dice.IntN(8)].Name, Confidence: dice.Float64(), Source: localdb.Source(dice.IntN(2))}
		}
		if _, err := d.Add(context.Background(), i18n.Text{}, messages); err != nil {
			b.Fatal(err)
		}
	}
	if err := d.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}
