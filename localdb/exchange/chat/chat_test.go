package chat_test

import (
	"testing"

	"seedbed/localdb/exchange/exchangetest"
	"seedbed/localdb/exchange/formats"
)

func TestReadsChatsAsTheProgramsWriteThem(t *testing.T) { exchangetest.Cases(t, formats.Read) }
