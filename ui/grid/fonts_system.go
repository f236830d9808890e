//go:build !ci && !test

package grid

import "github.com/go-text/typesetting/fontscan"

func loadSystemFonts(fm *fontscan.FontMap) error { return fm.UseSystemFonts("") }
