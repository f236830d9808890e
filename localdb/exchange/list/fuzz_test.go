package list

import (
	"testing"

	"seedbed/localdb/exchange/exchangetest"
)

func FuzzLists(f *testing.F) { exchangetest.Fuzz(f, Readers...) }
