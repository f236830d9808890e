package kbsource

import (
	"errors"
	"io/fs"

	"seedbed/assets/i18n"
	"seedbed/kbsource/document"
)

// Skipped is a file that was left out of what was read, and why.
type Skipped struct {
	Path   string // relative to the folder
	Reason i18n.Text
}

// Why a file of a folder isn't read, for people.
var (
	errFolder = i18n.Error("it is a link to a folder: choose that folder by itself")
	errDevice = i18n.Error("it is not a regular file")
	errFull   = i18n.Error("the files before it unpack to more than {{.N}} MB: unpack the zip file and choose its folder", i18n.Values{"N": maxUnpacked >> 20})
)

// reasonOf is what people read of why a file was left out.
func reasonOf(err error) i18n.Text {
	var said *i18n.Text
	switch {
	case errors.As(err, &said):
		return *said
	case errors.Is(err, fs.ErrPermission):
		return i18n.T("you may not read it")
	case errors.Is(err, fs.ErrNotExist):
		return i18n.T("it is not there: it was deleted, or is a link to nothing")
	}
	return reasonOf(document.ErrBroken)
}
