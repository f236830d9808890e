package volume

import "golang.org/x/sys/windows"

const readOnlyDrive = windows.ERROR_WRITE_PROTECT
