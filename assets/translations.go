package assets

import "embed"

// Translations holds the window's texts, one JSON file a language, keyed by the
// English text.
//
//go:embed translations/*.json
var Translations embed.FS
