package markup_test

import (
	"testing"

	"seedbed/localdb/exchange/exchangetest"
	"seedbed/localdb/exchange/formats"
)

func TestCases(t *testing.T) { exchangetest.Cases(t, formats.Read) }
