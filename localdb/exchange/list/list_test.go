package list_test

import (
	"strings"
	"testing"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/exchangetest"
	"seedbed/localdb/exchange/formats"
	"seedbed/localdb/exchange/list"
	"seedbed/localdb/exchange/table"
)

func TestReadsListsThatPeopleWrite(t *testing.T) { exchangetest.Cases(t, formats.Read) }

func TestWhatAssistantsSaidIsCountedAndNoMessage(t *testing.T) {
	const file = "Customer: where is it?\nAgent: on its way\nand there soon\nCustomer: thanks\n"
	rows, _, reading := exchangetest.Rows(t, exchange.BytesFile("chat.txt", []byte(file)), exchange.Options{KeepRoles: []string{exchange.KeepUsers}}, formats.Read)
	if got, want := exchangetest.Turns(rows), "1 Customer \"where is it?\"\n1 Customer \"thanks\"\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if reading.Tally.Skipped != 1 {
		t.Errorf("tally %+v, want the agent's turn counted", reading.Tally)
	}
}

func TestLabelsInDoubtAreReadAsLinesAndSaidSo(t *testing.T) {
	const file = "apples: I like them\npears: they are sweet\nplums: so do these\n"
	rows, _, reading := exchangetest.Rows(t, exchange.BytesFile("fruit.txt", []byte(file)), exchange.Options{}, formats.Read)
	if reading.Facts.Format != table.Lines || !strings.Contains(reading.Facts.Why.String(), "“apples”") || len(reading.Facts.Others) == 0 {
		t.Errorf("%s because %s, %v", reading.Facts.Format, reading.Facts.Why, reading.Facts.Others)
	}
	if rows[0].Message != "apples: I like them" {
		t.Errorf("got %q", rows[0].Message)
	}
	rows, _, _ = exchangetest.Rows(t, exchange.BytesFile("fruit.txt", []byte(file)), exchange.Options{Format: list.Labelled}, formats.Read)
	if got, want := exchangetest.Labels(rows, nil), "1 \"I like them\" apples\n2 \"they are sweet\" pears\n3 \"so do these\" plums\n"; got != want {
		t.Errorf("as chosen: got\n%s\nwant\n%s", got, want)
	}
}
