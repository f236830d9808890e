// Package chat reads conversations that chat programs and language models export.
package chat

import "seedbed/localdb/exchange"

// Readers lists the formats of this family.
var Readers = []exchange.Reader{chatGPTReader, slackReader, whatsAppReader}
