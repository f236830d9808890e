package helpdesk_test

import (
	"testing"

	"seedbed/localdb/exchange/exchangetest"
	"seedbed/localdb/exchange/formats"
)

func TestReadsWhatCustomersAndAgentsSaid(t *testing.T) { exchangetest.Cases(t, formats.Read) }
