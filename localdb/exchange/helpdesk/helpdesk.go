// Package helpdesk reads conversations that programs for customer service export.
package helpdesk

import (
	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// Readers lists the formats of this family.
var Readers = []exchange.Reader{intercomReader, zendeskReader}

var privateNote = i18n.T("is a note among the team")
