// Package system asks the desktop that the program runs on: how a person wants programs to
// look, where its screens and windows are, and for the secrets that it keeps.
package system

// Preferences are what the desktop says of how a person wants programs to look, as far as
// Fyne doesn't follow it by itself, as it does in light and dark.
type Preferences struct {
	TextSize float64 // a factor of the usual one; 0 where it isn't known
	Still    bool    // no animations
}
