package volume

import (
	"errors"
	"io/fs"

	"seedbed/assets/i18n"
)

// Why a file can only be read.
var (
	ReadOnlyDrive  = i18n.T("its drive is read-only")
	ReadOnlyFile   = i18n.T("the file is write-protected, or belongs to somebody else")
	ReadOnlyFolder = i18n.T("its folder can't be written to")
)

// WhyReadOnly tells from the error of opening or making a file for writing whether its place
// can only be read, and why; denied is the reason where permission was denied.
func WhyReadOnly(err error, denied i18n.Text) (why i18n.Text, ok bool) {
	switch {
	case errors.Is(err, readOnlyDrive):
		return ReadOnlyDrive, true
	case errors.Is(err, fs.ErrPermission):
		return denied, true
	}
	return i18n.Text{}, false
}
