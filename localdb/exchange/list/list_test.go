package list_test

import (
	"testing"

	"seedbed/localdb/exchange/exchangetest"
	"seedbed/localdb/exchange/formats"
)

func TestReadsListsThatPeopleWrite(t *testing.T) { exchangetest.Cases(t, formats.Read) }
