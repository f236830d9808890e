package assets

import _ "embed"

// Prices is what hosted models cost, as JSON: "as_of" (the day the figures were
// read) and "models", each with US dollars per million tokens of prompt and
// completion.
//
//go:embed prices.json
var Prices []byte
