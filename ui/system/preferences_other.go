//go:build ci || (!linux && !windows)

package system

// AskPreferences knows nothing here.
func AskPreferences() Preferences { return Preferences{} }
