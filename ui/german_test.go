package ui

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2/lang"

	"seedbed/assets"
	"seedbed/gen/openai/openaitest"
	"seedbed/localdb"
	"seedbed/localdb/exchange"
	"seedbed/localdb/split"
)

// inGerman makes the window speak German until the test ends.
func inGerman(t *testing.T) {
	t.Helper()
	translate("de")
	t.Cleanup(func() {
		german, err := assets.Translations.ReadFile("translations/de.json")
		if err != nil {
			t.Fatal(err)
		}
		words := map[string]any{}
		if err := json.Unmarshal(german, &words); err != nil {
			t.Fatal(err)
		}
		for key := range words {
			words[key] = key
		}
		english, err := assets.Translations.ReadFile("translations/en.json")
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(english, &words); err != nil {
			t.Fatal(err)
		}
		back, err := json.Marshal(words)
		if err == nil {
			err = lang.AddTranslationsForLocale(back, lang.SystemLocale())
		}
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestTroubleIsToldInGerman(t *testing.T) {
	inGerman(t)

	t.Run("a dataset that is no dataset", func(t *testing.T) {
		w := newTestApp(t)
		path := filepath.Join(t.TempDir(), "notes.seedbed")
		if err := os.WriteFile(path, []byte("no database at all, only some notes of mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		w.openDataset(path)
		w.settle()
		w.sees("Diese Datei ist kein Datensatz von Seedbed; nichts wurde geändert: Lesen Sie sie stattdessen ein, wenn sie Nachrichten enthält.")
	})
	t.Run("a folder without documents", func(t *testing.T) {
		w, k := openKnowledge(t)
		dir := t.TempDir()
		k.readFolder(dir)
		w.settle()
		w.sees("Der Ordner „"+dir+"“ enthält kein Dokument mit Text", "Wählen Sie einen anderen Ordner, oder machen Sie ohne weiter")
	})
	t.Run("a program that does not run", func(t *testing.T) {
		w, p := openSettings(t)
		p.address.SetText("http://127.0.0.1:9/v1")
		w.tap("Testen und Modelle auflisten")
		w.sees("Unter 127.0.0.1:9 antwortet nichts. Starten Sie das Programm")
	})
	t.Run("a run without credit", func(t *testing.T) {
		w, p := openGenerate(t, openaitest.New(t, openaitest.Options{Fault: openaitest.Always(openaitest.QuotaEnded)}))
		p.ask("0", "10")
		w.tap("10 erzeugen")
		w.sees("Guthaben oder Ausgabengrenze bei 127.0.0.1:", "0 von 10 Nachrichten sind behalten. Danach setzen Sie den Lauf für den Rest fort.")
	})
	t.Run("a change taken back", func(t *testing.T) {
		w := openReview(t, six()...)
		if _, err := w.data.Relabel(context.Background(), []int64{1, 2}, "chitchat", localdb.ByPerson, 1); err != nil {
			t.Fatal(err)
		}
		w.undo()
		w.settle()
		w.sees("Rückgängig: 2 Nachrichten in chitchat umbeschriften")
	})
	t.Run("lines of a file", func(t *testing.T) {
		w := openReal(t)
		w.drop("chats.csv", chats)
		w.page.showLeftOut()
		w.sees("Zeile 6: der Datensatz hat sie schon", "Zeile 7: sie hat keine Nachricht")
	})
}

func TestNumbersAreGerman(t *testing.T) {
	inGerman(t)
	for got, want := range map[string]string{
		thousands(1_234_567):        "1.234.567",
		thousands(-999):             "-999",
		short(1_280_000):            "1,2M",
		percents(0.8625):            "86,2 %",
		cents(localdb.Dollars(2.5)): "$2,50",
		day(time.Date(2024, time.May, 3, 12, 0, 0, 0, time.Local)): "3.5.2024",
	} {
		if got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

func TestSentencesInSentencesAreGerman(t *testing.T) {
	inGerman(t)
	for want, err := range map[string]error{
		"Dieser Datensatz ist schon offen, in einem anderen Fenster oder Programm; nichts wurde geändert: Machen Sie dort weiter, oder schließen Sie ihn dort und öffnen Sie ihn noch einmal.": fmt.Errorf("opening it: %w", localdb.ErrInUse),
		"Die Datei hat zu viele Zeilen.": errors.Join(exchange.ErrTooManyRows, errors.New("close: no such handle")),
		"Die Verhältnisse [80 0 0] lassen nichts zum Trainieren oder Testen übrig: Geben Sie drei Zahlen an, etwa 80/10/10.": split.Options{Ratios: [3]float64{80, 0, 0}}.Check(),
	} {
		if got := explanation(err); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

func TestTheCapOfALabelling(t *testing.T) {
	w := newTestApp(t)
	labels := newRealLabels(func() {})
	labels.chosen, labels.labellers.estimate.Known = byModel, true
	for text, want := range map[string]float64{"2,50": 2.5, "0.50": 0.5, "": 0} {
		labels.cap.SetText(text)
		if plan, ok := labels.plan(w.app); !ok || plan.CapUSD != want || w.asking() {
			t.Errorf("%q is a cap of %v, %v", text, plan.CapUSD, ok)
		}
	}
	for _, text := range []string{"much", "-1", "NaN", "inf"} {
		labels.cap.SetText(text)
		if _, ok := labels.plan(w.app); ok {
			t.Errorf("%q is a cap", text)
		}
		w.sees("How much may be spent?", text)
		w.escape()
	}
}
