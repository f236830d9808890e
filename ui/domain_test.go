package ui

import (
	"context"
	"path/filepath"
	"regexp"
	"testing"

	"seedbed/gen/starter"
	"seedbed/localdb"
	"seedbed/ui/shell"
	"seedbed/ui/shell/shelltest"
)

// ofCoaching are words that belong to no page of a dataset about something else.
var ofCoaching = regexp.MustCompile(`(?i)coach|career|laufbahn|karriere|beruf|\bjobs?\b|employ|salar|gehalt|mentor`)

func TestNoPageOfABicycleShopIsAboutAnotherDomain(t *testing.T) {
	for _, german := range []bool{false, true} {
		if german {
			shelltest.InGerman(t)
		}
		w := newTestApp(t)
		found, err := starter.ReadText(t.Context(), "repairs: a bicycle is broken\norders: where a parcel is\nsmall talk\nfaq")
		if err != nil {
			t.Fatal(err)
		}
		found.About = "a support bot of a bicycle shop in Ghent"
		w.ReplaceDataset("", func(ctx context.Context, _ func(shell.Progress)) (*localdb.Dataset, error) {
			return found.Create(ctx, filepath.Join(t.TempDir(), "bikes.seedbed"))
		}, func(err error) { t.Error(err) }, nil)
		w.Settle()
		if w.Dataset() == nil {
			t.Fatal("the dataset did not open")
		}
		for _, page := range []string{shell.Overview, shell.Knowledge, shell.Generate, shell.Review, shell.RealData, shell.Check, shell.Categories, shell.Export, shell.SettingsPage} {
			w.Visit(page)
			if word := ofCoaching.FindString(w.Words()); word != "" {
				t.Errorf("%q on the page %s:\n%s", word, page, w.Words())
			}
		}
	}
}
