//go:build !ci

package system

import (
	"unsafe"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"
)

// getClientAreaAnimation is SPI_GETCLIENTAREAANIMATION.
const getClientAreaAnimation = 0x1042

// AskPreferences asks for the choices under Accessibility in Windows' settings.
func AskPreferences() (found Preferences) {
	var animated int32
	call := windows.NewLazySystemDLL("user32.dll").NewProc("SystemParametersInfoW")
	if done, _, _ := call.Call(getClientAreaAnimation, 0, uintptr(unsafe.Pointer(&animated)), 0); done != 0 { //nolint:gosec // where Windows writes the answer
		found.Still = animated == 0
	}
	key, err := registry.OpenKey(registry.CURRENT_USER, `SOFTWARE\Microsoft\Accessibility`, registry.QUERY_VALUE)
	if err != nil {
		return found // nothing was ever chosen there
	}
	defer key.Close() //nolint:errcheck // only read
	if percent, _, err := key.GetIntegerValue("TextScaleFactor"); err == nil {
		found.TextSize = float64(percent) / 100
	}
	return found
}
