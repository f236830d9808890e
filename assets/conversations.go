package assets

import _ "embed"

// Conversations is a WhatsApp export to practise merging with: conversations of a bicycle
// shop, in which every person, number and address is invented.
//
//go:embed conversations.txt
var Conversations []byte
