package assets

import "embed"

// Translations holds the window's words, one JSON file a language, keyed by the
// English words.
//
//go:embed translations/*.json
var Translations embed.FS
