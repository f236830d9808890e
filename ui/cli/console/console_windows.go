// Package console gives commands the terminal that they were typed in.
package console

import (
	"os"

	"golang.org/x/sys/windows"
)

// attachConsole is AttachConsole of https://learn.microsoft.com/windows/console/attachconsole.
var attachConsole = windows.NewLazySystemDLL("kernel32.dll").NewProc("AttachConsole")

// parentProcess is ATTACH_PARENT_PROCESS, a DWORD of -1.
const parentProcess = 1<<32 - 1

// Attach lets the program write to the terminal that it was started from, and read from it.
// Windows gives none to a program with a window. What is redirected to a file or another
// program stays so. Without a terminal, as after a double click, nothing happens.
func Attach() {
	in, out, errOut := usable(windows.STD_INPUT_HANDLE), usable(windows.STD_OUTPUT_HANDLE), usable(windows.STD_ERROR_HANDLE)
	if in && out && errOut {
		return
	}
	if attached, _, _ := attachConsole.Call(parentProcess); attached == 0 {
		return
	}
	open := func(file **os.File, name string, flag int) {
		if console, err := os.OpenFile(name, flag, 0); err == nil {
			*file = console
		}
	}
	if !in {
		open(&os.Stdin, "CONIN$", os.O_RDONLY)
	}
	if !out {
		open(&os.Stdout, "CONOUT$", os.O_RDWR)
	}
	if !errOut {
		open(&os.Stderr, "CONOUT$", os.O_RDWR)
	}
}

// usable reports whether a standard handle leads anywhere.
func usable(which uint32) bool {
	handle, err := windows.GetStdHandle(which)
	if err != nil || handle == 0 || handle == windows.InvalidHandle {
		return false
	}
	kind, err := windows.GetFileType(handle)
	return err == nil && kind != windows.FILE_TYPE_UNKNOWN
}
