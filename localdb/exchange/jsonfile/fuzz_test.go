package jsonfile

import (
	"testing"

	"seedbed/localdb/exchange/exchangetest"
)

func FuzzReaders(f *testing.F) { exchangetest.Fuzz(f, Readers...) }
