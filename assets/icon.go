package assets

import _ "embed"

// Icon is the program's icon, a PNG of 512 × 512 pixels; assets/icon.svg is its drawing.
//
//go:embed icon.png
var Icon []byte
