package markup

import (
	"testing"

	"seedbed/localdb/exchange/exchangetest"
)

func FuzzRead(f *testing.F) { exchangetest.Fuzz(f, Readers...) }
