package kbsource

import (
	"errors"
	"io/fs"

	"seedbed/assets/i18n"
)

// Skipped is a file that was left out of what was read, and why.
type Skipped struct {
	Path   string // relative to the folder
	Reason i18n.Text
}

// maxDocument is how many bytes a document, its parts once unpacked, or its text may
// have; larger ones are rarely prose.
const maxDocument = 64 << 20

// Why a document can't be read, for people.
var (
	errTooLarge  = i18n.Error("it is larger than {{.N}} MB, or unpacks to more: split it, or save its text alone", i18n.Values{"N": maxDocument >> 20})
	errEncrypted = i18n.Error("it is protected by a password: save it without one")
	errScanned   = i18n.Error("its pages are pictures without text: recognise its text (OCR) first")
	errFonts     = i18n.Error("its fonts don't say which letters they show: print it to a new PDF, or recognise its text (OCR)")
	errNoText    = i18n.Error("it has no text")
	errBroken    = i18n.Error("it is damaged, or not what its name says: open it in its own program and save it again")
	errFolder    = i18n.Error("it is a link to a folder: choose that folder by itself")
	errDevice    = i18n.Error("it is not a regular file")
	errArchive   = i18n.Error("it is an archive: choose it by itself if it is a zip file, or unpack it")
	errFull      = i18n.Error("the files before it unpack to more than {{.N}} MB: unpack the zip file and choose its folder", i18n.Values{"N": maxUnpacked >> 20})
)

// otherKinds are the kinds of files that hold text which isn't read, by the endings of
// their names.
var otherKinds = map[string]error{
	".doc": errOldOffice, ".ppt": errOldOffice, ".rtf": errOldOffice, ".pages": errOldOffice, ".wpd": errOldOffice, ".odp": errOldOffice, ".key": errOldOffice,
	".xls": errSheet, ".xlsx": errSheet, ".xlsm": errSheet, ".ods": errSheet, ".numbers": errSheet,
	".zip": errArchive, ".7z": errArchive, ".rar": errArchive, ".tar": errArchive, ".gz": errArchive, ".tgz": errArchive, ".bz2": errArchive, ".xz": errArchive,
}

var (
	errOldOffice = i18n.Error("this kind of file isn't read: save it as .docx, .pptx or .pdf")
	errSheet     = i18n.Error("spreadsheets aren't read: save it as .csv")
	errOtherKind = i18n.Error("this kind of file isn't read")
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
	return reasonOf(errBroken)
}
