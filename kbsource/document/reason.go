package document

import "seedbed/assets/i18n"

// MaxSize is how many bytes a document, its parts once unpacked, or its text may have;
// larger ones are rarely prose.
const MaxSize = 64 << 20

// Why a document can't be read, for people.
var (
	ErrTooLarge  = i18n.Error("it is larger than {{.N}} MB, or unpacks to more: split it, or save its text alone", i18n.Values{"N": MaxSize >> 20})
	ErrBroken    = i18n.Error("it is damaged, or not what its name says: open it in its own program and save it again")
	errEncrypted = i18n.Error("it is protected by a password: save it without one")
	errScanned   = i18n.Error("its pages are pictures without text: recognise its text (OCR) first")
	errFonts     = i18n.Error("its fonts don't say which letters they show: print it to a new PDF, or recognise its text (OCR)")
	errNoText    = i18n.Error("it has no text")
	errArchive   = i18n.Error("it is an archive: choose it by itself if it is a zip file, or unpack it")
	errOldOffice = i18n.Error("this kind of file isn't read: save it as .docx, .pptx or .pdf")
	errSheet     = i18n.Error("spreadsheets aren't read: save it as .csv")
	errOtherKind = i18n.Error("this kind of file isn't read")
)

// otherKinds are the kinds of files that hold text which isn't read, by the endings of
// their names.
var otherKinds = map[string]error{
	".doc": errOldOffice, ".ppt": errOldOffice, ".rtf": errOldOffice, ".pages": errOldOffice, ".wpd": errOldOffice, ".odp": errOldOffice, ".key": errOldOffice,
	".xls": errSheet, ".xlsx": errSheet, ".xlsm": errSheet, ".ods": errSheet, ".numbers": errSheet,
	".zip": errArchive, ".7z": errArchive, ".rar": errArchive, ".tar": errArchive, ".gz": errArchive, ".tgz": errArchive, ".bz2": errArchive, ".xz": errArchive,
}
