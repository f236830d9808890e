package assets

import "runtime/debug"

// version is set by the linker from git describe; see the Makefile.
var version string

// Version names the build: what git describes, else the commit that Go recorded, else "unknown".
func Version() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, setting := range info.Settings {
			if setting.Key == "vcs.revision" && len(setting.Value) >= 12 {
				return setting.Value[:12]
			}
		}
	}
	return "unknown"
}
