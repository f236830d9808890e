//go:build !windows

// Package console gives commands the terminal that they were typed in.
package console

// Attach does nothing here: only Windows keeps the terminal from a program with a window.
func Attach() {}
