package formats

import (
	"testing"

	"seedbed/localdb/exchange/exchangetest"
)

func TestCases(t *testing.T) { exchangetest.Cases(t, Read) }
