//go:build ci || (!linux && !windows)

package shell

// askSystem knows nothing here.
func askSystem() system { return system{} }
