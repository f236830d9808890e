package exchange

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"

	"seedbed/assets/i18n"
)

// ErrUnknownFormat is returned for a file of a kind that is not read here.
var ErrUnknownFormat = i18n.Error("this kind of file is not known; CSV, Excel (.xlsx), JSON, JSON lines, Parquet and exports of ChatGPT, Slack, WhatsApp, Intercom and Zendesk are")

// Open starts to read a file of any format. The reading must be closed.
func Open(name string, o Options) (*Reading, error) {
	file, err := os.Open(name) // the file that the person chose
	if err != nil {
		return nil, i18n.Error("could not open the file: {{.Cause}}", i18n.Values{"Cause": err})
	}
	info, err := file.Stat()
	if err == nil && info.IsDir() {
		err = i18n.Error("{{.Path}} is a folder; choose a file", i18n.Values{"Path": name})
	}
	var reading *Reading
	if err == nil {
		reading, err = Read(file, info.Size(), o)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	inner := reading.close
	reading.close = func() error {
		if inner == nil {
			return file.Close()
		}
		return errors.Join(inner(), file.Close())
	}
	return reading, nil
}

// Read starts to read a file of any format, size bytes long.
func Read(r io.ReaderAt, size int64, o Options) (*Reading, error) {
	format := o.Format
	if format == Unknown {
		var err error
		if format, err = Detect(r, size); err != nil {
			return nil, err
		}
	}
	whole := io.NewSectionReader(r, 0, size)
	switch format {
	case CSV:
		return ReadCSV(whole, o)
	case XLSX:
		return ReadXLSX(whole, o)
	case JSON, JSONL:
		return ReadJSON(whole, o)
	case Parquet:
		return ReadParquet(r, size, o)
	case ChatGPT:
		return readPacked(r, size, o, ReadChatGPT)
	case Slack:
		return ReadSlack(r, size, o)
	case WhatsApp:
		return readPacked(r, size, o, ReadWhatsApp)
	case Intercom:
		return ReadIntercom(whole, o)
	case Zendesk:
		return ReadZendesk(whole, o)
	default:
		return nil, ErrUnknownFormat
	}
}

// Detect finds out by a file's content what it is.
func Detect(r io.ReaderAt, size int64) (Format, error) {
	head := make([]byte, min(size, sampleSize))
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return Unknown, unreadable(err)
	}
	head = head[:n]
	switch {
	case len(head) == 0:
		return Unknown, ErrEmpty
	case bytes.HasPrefix(head, []byte("PAR1")):
		return Parquet, nil
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return detectZip(r, size)
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0")):
		return Unknown, i18n.Error("{{.What}}: it is an old Excel file (.xls) or one with a password; save it as .xlsx first", i18n.Values{"What": ErrUnknownFormat})
	}
	if slices.ContainsFunc(otherKinds, func(start string) bool { return bytes.HasPrefix(head, []byte(start)) }) {
		return Unknown, ErrUnknownFormat
	}
	if e := detectEncoding(head); e == UTF16LE || e == UTF16BE {
		if head, err = io.ReadAll(decoded(bytes.NewReader(head), e)); err != nil {
			return Unknown, unreadableAs(e, err)
		}
	}
	return detectText(bytes.TrimPrefix(head, []byte(utf8Mark)))
}

var (
	chatGPTKeys  = regexp.MustCompile(`"mapping"\s*:\s*\{`)
	intercomKeys = regexp.MustCompile(`"conversation_parts"|"conversation_message"|"type"\s*:\s*"conversation(?:\.list)?"`)
	zendeskKeys  = regexp.MustCompile(`"requester_id"|"tickets"\s*:`)
)

// otherKinds is how files start that people choose by mistake: PDF, pictures,
// databases, programs and archives.
var otherKinds = []string{"%PDF-", "\x89PNG", "GIF8", "\xFF\xD8\xFF", "SQLite format 3\x00", "\x7FELF", "MZ\x90", "\x1F\x8B", "7z\xBC\xAF", "Rar!"}

func detectText(head []byte) (Format, error) {
	if bytes.Count(head, []byte{0}) > len(head)/4 {
		return Unknown, ErrUnknownFormat
	}
	lines := bytes.SplitN(head, []byte{'\n'}, 50)
	if chats := countFunc(lines, func(l []byte) bool { return whatsAppLine.Match(bytes.TrimRight(l, "\r")) }); chats*5 > len(lines) {
		return WhatsApp, nil
	}
	switch start := bytes.TrimSpace(head); {
	case len(start) == 0:
		return Unknown, ErrEmpty
	case start[0] != '{' && start[0] != '[' || !startsJSON(start):
		return CSV, nil
	case chatGPTKeys.Match(head):
		return ChatGPT, nil
	case intercomKeys.Match(head):
		return Intercom, nil
	case zendeskKeys.Match(head):
		return Zendesk, nil
	case isJSONLines(head):
		return JSONL, nil
	}
	return JSON, nil
}

var jsonStart = regexp.MustCompile(`^(?:\{\s*["}]|\[\s*(?:[\[{"\]]|$))`)

// startsJSON tells JSON from a message that starts with a bracket.
func startsJSON(start []byte) bool { return jsonStart.Match(start) }

func countFunc[T any](list []T, is func(T) bool) (n int) {
	for _, e := range list {
		if is(e) {
			n++
		}
	}
	return n
}

func detectZip(r io.ReaderAt, size int64) (Format, error) {
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return Unknown, i18n.Error("the file is a zip or Excel file that is broken or cut off: {{.Cause}}", i18n.Values{"Cause": err})
	}
	for _, f := range archive.File {
		switch {
		case strings.HasPrefix(f.Name, "xl/"):
			return XLSX, nil
		case slackDay.MatchString(f.Name):
			return Slack, nil
		case path.Base(f.Name) == "conversations.json":
			return ChatGPT, nil
		case isWhatsAppFile(f.Name):
			return WhatsApp, nil
		}
	}
	return Unknown, i18n.Error("{{.What}}; unpack the zip file and choose the file in it", i18n.Values{"What": ErrUnknownFormat})
}

func isWhatsAppFile(name string) bool {
	return path.Base(name) == "_chat.txt" || strings.Contains(name, "WhatsApp") && path.Ext(name) == ".txt"
}

// readPacked reads an export that comes in a zip file or out of it.
func readPacked(r io.ReaderAt, size int64, o Options, read func(io.Reader, Options) (*Reading, error)) (*Reading, error) {
	magic := make([]byte, 4)
	if _, err := r.ReadAt(magic, 0); err != nil || string(magic) != "PK\x03\x04" {
		return read(io.NewSectionReader(r, 0, size), o)
	}
	archive, err := zip.NewReader(r, size)
	if err != nil {
		return nil, i18n.Error("the zip file is broken or cut off: {{.Cause}}", i18n.Values{"Cause": err})
	}
	for _, f := range archive.File {
		if path.Base(f.Name) != "conversations.json" && !isWhatsAppFile(f.Name) {
			continue
		}
		packed, err := f.Open()
		if err != nil {
			return nil, i18n.Error("could not unpack {{.File}}: {{.Cause}}", i18n.Values{"File": f.Name, "Cause": err})
		}
		reading, err := read(&leash{r: packed, left: maxUnpacked, tooLong: ErrUnpacksTooLarge}, o)
		if err != nil {
			return nil, errors.Join(err, packed.Close())
		}
		reading.close = packed.Close
		return reading, nil
	}
	return nil, ErrUnknownFormat
}
