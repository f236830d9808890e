package helpdesk

import (
	"testing"

	"seedbed/localdb/exchange/exchangetest"
)

func FuzzHelpdesk(f *testing.F) { exchangetest.Fuzz(f, Readers...) }
