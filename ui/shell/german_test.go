package shell_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

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
