package assets

import _ "embed"

// Prices is what hosted models cost, as JSON: "as_of" (the day the figures were
// read), "sources", "models" by the names that their makers use, and "hosts", the
// models that each service offers at prices of its own. Each has US dollars per million
// tokens of prompt and completion, and of prompt tokens from a cache where that is known.
//
//go:embed prices.json
var Prices []byte
