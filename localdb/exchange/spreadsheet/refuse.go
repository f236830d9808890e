package spreadsheet

import (
	"bytes"
	"strings"

	"github.com/richardlehane/mscfb"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// maxStreams is how many streams of an old Office file are looked at.
const maxStreams = 1000

// Refuse names a spreadsheet, or another file of an office program, that is not read here,
// and says what to do with it. It is zero for any other file.
func Refuse(f *exchange.File) i18n.Text {
	head, _ := f.Head()
	if bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0")) {
		return refuseOld(f)
	}
	if len(head) > 4 && head[0] == 9 && (head[1] == 0 || head[1] == 2 || head[1] == 4) && head[2] < 16 && head[3] == 0 {
		return oldExcel // of before Excel 5, without a container
	}
	start := bytes.ToLower(head[:min(len(head), 1<<12)])
	if bytes.HasPrefix(head, []byte("MIME-Version:")) && bytes.Contains(start, []byte("office:excel")) {
		return i18n.T("it is a spreadsheet saved as a web page in one file (.mht); open it in Excel and save it as .xlsx or CSV")
	}
	if bytes.HasPrefix(head, []byte("ID;P")) && bytes.Contains(head, []byte("\nC;")) {
		return i18n.T("it is a spreadsheet in the SYLK form (.slk); open it in Excel or LibreOffice and save it as .xlsx or CSV")
	}
	return refusePacked(f)
}

// refusePacked names a zip file of an office program by its parts.
func refusePacked(f *exchange.File) i18n.Text {
	entries, _ := f.Entries()
	has := func(wanted string) bool {
		for _, e := range entries {
			if name := partName(e.Name); name == wanted || strings.HasSuffix(wanted, "/") && strings.HasPrefix(name, wanted) {
				return true
			}
		}
		return false
	}
	switch {
	case has("xl/workbook.bin"):
		return i18n.T("it is a binary Excel workbook (.xlsb); open it in Excel or LibreOffice and save it as .xlsx or CSV")
	case has("index/document.iwa"), has("index.zip") && has("metadata/"):
		return i18n.T("it is a document of Apple Numbers, Pages or Keynote; open it there and export it to Excel or CSV")
	case has("encrypted-package"):
		return protected
	}
	if isODF(f) && isLocked(entries) {
		return protected
	}
	if isODF(f) && !isODS(f) {
		return i18n.T("it is an OpenDocument text, drawing or presentation; copy its table into a spreadsheet, save it as .ods, .xlsx or CSV, or use it as knowledge")
	}
	return i18n.Text{}
}

var (
	oldExcel  = i18n.T("it is an Excel file of the old kind (.xls); open it in Excel or LibreOffice and save it as .xlsx or CSV")
	protected = i18n.T("it is protected by a password; open it in Excel or LibreOffice and save it without a password, as .xlsx or CSV")
)

// isLocked tells whether an OpenDocument file has a password.
func isLocked(entries []*exchange.Entry) bool {
	e := entryNamed(entries, "META-INF/manifest.xml")
	if e == nil {
		return false
	}
	manifest, err := e.Open()
	if err != nil {
		return false
	}
	head, _ := manifest.Head()
	return bytes.Contains(head, []byte("encryption-data")) && manifest.Close() == nil
}

// refuseOld tells by its streams what program a file of the old container is of.
func refuseOld(f *exchange.File) (said i18n.Text) {
	said = i18n.T("it is a file of an old Office program; open it there and save it as .xlsx or CSV")
	container, err := mscfb.New(f.Read())
	if err != nil {
		return said
	}
	for range maxStreams {
		stream, err := container.Next()
		if err != nil {
			return said
		}
		switch stream.Name {
		case "EncryptionInfo", "EncryptedPackage":
			return protected
		case "Workbook", "Book":
			return oldExcel
		case "WordDocument":
			return i18n.T("it is a Word document of the old kind (.doc); copy its table into a spreadsheet and save that as .xlsx or CSV, or its lines as plain text")
		case "PowerPoint Document":
			return i18n.T("it is a presentation; it holds no messages that can be read")
		case "__properties_version1.0":
			return i18n.T("it is a mail of Outlook (.msg); save it as text or .eml")
		}
	}
	return said
}
