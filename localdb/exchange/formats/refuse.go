package formats

import (
	"bytes"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// ErrUnknownFormat is returned for a file of a kind that is not read here.
var ErrUnknownFormat = i18n.Error("this kind of file is not known; CSV, Excel (.xlsx), JSON, JSON lines, Parquet and exports of ChatGPT, Slack, WhatsApp, Intercom and Zendesk are")

// otherKinds is how files start that people choose by mistake: PDF, pictures,
// databases, programs and archives.
var otherKinds = []string{"%PDF-", "\x89PNG", "GIF8", "\xFF\xD8\xFF", "SQLite format 3\x00", "\x7FELF", "MZ\x90", "\x1F\x8B", "7z\xBC\xAF", "Rar!"}

// refuse says why a file is none that can be read; nil where it may be.
func refuse(f *exchange.File) error {
	head, _ := f.Head()
	if bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0")) {
		return i18n.Error("{{.What}}: it is an old Excel file (.xls) or one with a password; save it as .xlsx first", i18n.Values{"What": ErrUnknownFormat})
	}
	for _, start := range otherKinds {
		if bytes.HasPrefix(head, []byte(start)) {
			return ErrUnknownFormat
		}
	}
	if _, err := f.Entries(); err != nil {
		return err
	}
	switch {
	case f.Sample() == "":
		return ErrUnknownFormat
	case strings.TrimSpace(f.Sample()) == "":
		return exchange.ErrEmpty
	}
	return nil
}
