package mail

import (
	"testing"

	"seedbed/localdb/exchange/exchangetest"
)

func FuzzMail(f *testing.F) { exchangetest.Fuzz(f, Readers...) }
