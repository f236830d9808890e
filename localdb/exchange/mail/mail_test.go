package mail_test

import (
	"testing"

	"seedbed/localdb/exchange/exchangetest"
	"seedbed/localdb/exchange/formats"
)

func TestReadsWhatTheSenderOfAnEmailWrote(t *testing.T) { exchangetest.Cases(t, formats.Read) }
