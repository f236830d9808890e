package chat

import (
	"testing"

	"seedbed/localdb/exchange/exchangetest"
)

func FuzzChat(f *testing.F) { exchangetest.Fuzz(f, Readers...) }
