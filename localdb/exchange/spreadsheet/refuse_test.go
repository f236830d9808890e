package spreadsheet_test

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/exchangetest"
	"seedbed/localdb/exchange/formats"
)

// container is a file of an old Office program with one stream: a header, the list of
// sectors, the folder, and eight sectors of the stream.
func container(stream string) string {
	const free, end, list = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
	b := make([]byte, 512*11)
	u32 := func(at int, values ...uint32) {
		for i, v := range values {
			binary.LittleEndian.PutUint32(b[at+4*i:], v)
		}
	}
	copy(b, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	u32(24, 0x0003003E, 0x0009FFFE, 6)
	u32(44, 1, 1, 0, 4096, end, 0, end, 0, 0)
	for i := range 108 {
		u32(80+4*i, free)
	}
	for i := range 128 {
		u32(512+4*i, free)
	}
	u32(512, list, end, 3, 4, 5, 6, 7, 8, 9, end)
	entry := func(at int, name string, kind byte, child, start, size uint32) {
		units := utf16.Encode([]rune(name))
		for i, u := range units {
			binary.LittleEndian.PutUint16(b[at+2*i:], u)
		}
		binary.LittleEndian.PutUint16(b[at+64:], uint16(2*len(units)+2))
		b[at+66], b[at+67] = kind, 1
		u32(at+68, free, free, child)
		u32(at+116, start, size)
	}
	entry(1024, "Root Entry", 5, 1, end, 0)
	entry(1152, stream, 2, free, 2, 4096)
	return string(b)
}

func TestOtherOfficeFilesAreNamed(t *testing.T) {
	book := excelize.NewFile()
	var locked bytes.Buffer
	if err := book.Write(&locked, excelize.Options{Password: "secret"}); err != nil {
		t.Fatal(err)
	}
	odt := strings.Replace(odsMimetype, "spreadsheet", "text", 1)
	for _, c := range []struct{ want, file string }{
		{"protected by a password", locked.String()},
		{"protected by a password", string(exchangetest.Zip(t, "mimetype", odsMimetype, "META-INF/manifest.xml", `<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>`, "content.xml", "\x00\x01"))},
		{"an Excel file of the old kind", container("Workbook")},
		{"an Excel file of the old kind", container("Book")},
		{"an Excel file of the old kind", "\x09\x02\x06\x00\x00\x00\x10\x00"},
		{"a Word document of the old kind", container("WordDocument")},
		{"a mail of Outlook", container("__properties_version1.0")},
		{"an old Office program", container("Contents")},
		{"an old Office program", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1broken"},
		{"a binary Excel workbook", string(exchangetest.Zip(t, "[Content_Types].xml", "x", "xl/workbook.bin", "x", "xl/worksheets/sheet1.bin", "x"))},
		{"a document of Apple Numbers", string(exchangetest.Zip(t, "Index/Document.iwa", "x", "Metadata/Properties.plist", "x"))},
		{"an OpenDocument text", string(exchangetest.Zip(t, "mimetype", odt, "content.xml", "<x/>"))},
		{"in the SYLK form", "ID;PWXL;N;E\nP;PGeneral\nC;Y1;X1;K\"text\"\nC;Y2;X1;K\"hello\"\nE\n"},
		{"a web page in one file (.mht)", "MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html xmlns:x=3D\"urn:schemas-microsoft-com:office:excel\"><table><tr><td>a</td></tr></table>"},
	} {
		if got := exchangetest.Describe(exchange.BytesFile("file", []byte(c.file)), formats.Read); !strings.Contains(got, c.want) {
			t.Errorf("want %s, got %s", c.want, got)
		}
	}
}
