package assets

import _ "embed"

// Guide is the guide as Markdown, in English.
//
//go:embed guide.md
var Guide string
