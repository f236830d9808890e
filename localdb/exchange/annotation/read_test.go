package annotation_test

import (
	"testing"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/annotation"
	"seedbed/localdb/exchange/exchangetest"
	"seedbed/localdb/exchange/formats"
)

func TestFiles(t *testing.T) { exchangetest.Cases(t, formats.Read) }

func FuzzReaders(f *testing.F) { exchangetest.Fuzz(f, annotation.Readers...) }

func TestThePersonChoosesTheQuestion(t *testing.T) {
	f, err := exchange.OpenFile("testdata/labelstudio_annotators.json")
	if err != nil {
		t.Fatal(err)
	}
	rows, _, _ := exchangetest.Rows(t, f, exchange.Options{Columns: map[string]exchange.Field{"mood": exchange.Category}}, formats.Read)
	if rows[0].Category != "" || rows[0].Message != "I want my money back" {
		t.Errorf("one annotator said angry, the other nothing: got %+v", rows[0])
	}
}
