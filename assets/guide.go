package assets

import "embed"

// Guides holds the guide as Markdown, one file a language. The sections have the same
// numbers in each.
//
//go:embed guide.md guide.de.md
var Guides embed.FS
