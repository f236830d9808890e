package shell_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"seedbed/assets/i18n"
	"seedbed/localdb"
	"seedbed/localdb/exchange"
	"seedbed/localdb/split"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
)

func TestNumbersAreGerman(t *testing.T) {
	shelltest.InGerman(t)
	for got, want := range map[string]string{
		shell.Thousands(1_234_567):          "1.234.567",
		shell.Thousands(-999):               "-999",
		shell.Short(1_280_000):              "1,2M",
		shell.Percent(0.8625):               "86,2 %",
		shell.Dollars(localdb.Dollars(2.5)): "$2,50",
		shell.Day(time.Date(2024, time.May, 3, 12, 0, 0, 0, time.Local)): "3.5.2024",
	} {
		if got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

func TestSentencesInSentencesAreGerman(t *testing.T) {
	shelltest.InGerman(t)
	for want, err := range map[string]error{
		"Dieser Datensatz ist schon in einem anderen Fenster oder Programm geöffnet; nichts wurde geändert: Arbeiten Sie dort weiter, oder schließen Sie ihn dort und öffnen Sie ihn erneut.": fmt.Errorf("opening it: %w", localdb.ErrInUse),
		"Die Datei hat zu viele Zeilen.": errors.Join(exchange.ErrTooManyRows, errors.New("close: no such handle")),
		"Die Verhältnisse [80 0 0] lassen nichts zum Trainieren oder Testen übrig: Geben Sie drei Zahlen an, etwa 80/10/10.": split.Options{Ratios: [3]float64{80, 0, 0}}.Check(),
	} {
		if got := shell.Explain(err); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

func TestTextsNameCategoriesAsPeopleKnowThem(t *testing.T) {
	shelltest.InGerman(t)
	categories := localdb.Categories{{Name: "rag_query", ShownName: "Sachfrage"}, {Name: "social"}}
	inner := i18n.T("{{.One}}, {{.Another}}", i18n.Values{
		"One":     i18n.T("{{.Category}} ({{.N}})", i18n.Values{"Category": "rag_query", "N": 3}),
		"Another": i18n.T("{{.Category}} ({{.N}})", i18n.Values{"Category": "social", "N": 4}),
	})
	for want, text := range map[string]i18n.Text{
		"Sachfrage mit social zusammenlegen": i18n.T("Merge {{.From}} into {{.Into}}", i18n.Values{"From": "rag_query", "Into": "social"}),
		"Zu wenige Nachrichten, um diese Kategorien zu beurteilen, je unter 20: Sachfrage (3), social (4).": i18n.T("Too few messages to judge these categories, fewer than {{.N}} each: {{.Categories}}.", i18n.Values{"N": 20, "Categories": inner}),
	} {
		if got := shell.Say(text, categories); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}
