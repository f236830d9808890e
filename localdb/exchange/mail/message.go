package mail

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"mime"
	"net/mail"
	"regexp"
	"slices"
	"strings"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // the character sets of e-mails

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/charset"
	"seedbed/localdb/exchange/plaintext"
)

// agent is the role of the owner of a mailbox, who answers its customers.
const agent = "agent"

// Why an e-mail is no message.
var (
	automatic = i18n.T("was sent automatically")
	noText    = i18n.T("has no text of its own")
	draft     = i18n.T("is a draft that was not sent")
	spam      = i18n.T("was marked as spam")
)

// maxHeader bounds the header of an e-mail in bytes.
const maxHeader = 1 << 20

// add adds the e-mail to the rows.
func add(r *exchange.Reading, in io.Reader) {
	entity, err := message.Read(repaired(in))
	if err != nil && !message.IsUnknownCharset(err) && !message.IsUnknownEncoding(err) {
		r.Reject(0, i18n.Error("the e-mail can't be read: {{.Cause}}", i18n.Values{"Cause": err}), "")
		return
	}
	h := &entity.Header
	subject := decoded(h, "Subject")
	labels := strings.ToLower(decoded(h, "X-Gmail-Labels"))
	switch {
	case isAutomatic(h):
		r.Skip(0, automatic, subject)
		return
	case has(labels, drafts):
		r.Skip(0, draft, subject)
		return
	case has(labels, spams):
		r.Skip(0, spam, subject)
		return
	}
	text, err := textOf(entity, 0)
	if err != nil {
		r.Reject(0, err, subject)
		return
	}
	if text == "" { // some write all they have to say into the subject
		text = strings.TrimSpace(prefixes.ReplaceAllString(subject, ""))
	}
	if text == "" {
		r.Skip(0, noText, subject)
		return
	}
	row := exchange.Row{Message: text, Role: sender(h), Conversation: thread(h)}
	if has(labels, sents) {
		row.Role = agent
	}
	if date, err := mail.ParseDate(h.Get("Date")); err == nil {
		row.Time = date.UTC()
	}
	r.Add(row)
}

// repaired gives an e-mail without the lines of its header that are no fields, which some
// programs leave there.
func repaired(in io.Reader) io.Reader {
	b := bufio.NewReader(in)
	var header bytes.Buffer
	field, inside := false, false // a field, the middle of a line
	for header.Len() < maxHeader {
		line, err := b.ReadSlice('\n')
		blank := !inside && len(bytes.TrimRight(line, "\r\n")) == 0
		switch {
		case blank && header.Len() == 0 && err == nil:
			continue // before the header
		case blank || err != nil && !errors.Is(err, bufio.ErrBufferFull):
			header.Write(line)
			return io.MultiReader(&header, b)
		case inside || line[0] == ' ' || line[0] == '\t':
		default:
			field = headerField.Match(line)
		}
		if field {
			header.Write(line)
		}
		inside = err != nil
	}
	return io.MultiReader(&header, b)
}

// decoded is a field of the header as text.
func decoded(h *message.Header, key string) string {
	text, err := h.Text(key)
	if err != nil {
		text = h.Get(key)
	}
	text, _ = charset.Repair(text)
	return strings.TrimSpace(text)
}

// sender is the name of who sent the e-mail, or the address.
func sender(h *message.Header) string {
	parser := mail.AddressParser{WordDecoder: &mime.WordDecoder{CharsetReader: message.CharsetReader}}
	from := h.Get("From")
	if list, err := parser.ParseList(from); err == nil && len(list) > 0 {
		if list[0].Name != "" {
			return list[0].Name
		}
		return list[0].Address
	}
	return strings.Trim(decoded(h, "From"), `"<> `)
}

var messageID = regexp.MustCompile(`<[^<>\s]+>`)

// thread names the conversation by its first e-mail.
func thread(h *message.Header) string {
	if id := h.Get("X-GM-THRID"); id != "" {
		return id
	}
	for _, key := range []string{"References", "In-Reply-To", "Message-Id"} {
		if id := messageID.FindString(h.Get(key)); id != "" {
			return strings.Trim(id, "<>")
		}
	}
	return prefixes.ReplaceAllString(decoded(h, "Subject"), "")
}

// prefixes are what programs put before the subject of a reply.
var prefixes = regexp.MustCompile(`(?i)^(?:\s*(?:re|aw|antw|antwort|sv|vs|ref|rif|odp|ynt|res|r|fw|fwd|wg|tr|rv|enc|i|doorst|vl|vb|回复|回覆|答复|转发|轉寄|返信|転送|답장|전달|отв|ha|на)(?:\[\d+\])?\s*[:：])+\s*`)

func isAutomatic(h *message.Header) bool {
	kind, _, _ := h.ContentType()
	from := strings.ToLower(h.Get("From"))
	precedence := strings.ToLower(h.Get("Precedence"))
	submitted := strings.ToLower(strings.TrimSpace(h.Get("Auto-Submitted")))
	return submitted != "" && submitted != "no" ||
		kind == "multipart/report" || precedence == "auto_reply" || precedence == "junk" || h.Has("X-Autoreply") || h.Has("X-Autorespond") ||
		(precedence == "bulk" || h.Has("List-Unsubscribe")) && !h.Has("List-Post") && !h.Has("List-Id") ||
		h.Has("List-Unsubscribe-Post") || strings.Contains(from, "mailer-daemon@") || noReply.MatchString(from)
}

var noReply = regexp.MustCompile(`\b(?:no-?reply|do-?not-?reply|donotreply|postmaster|noreply-[\w.-]+)@`)

// The labels of Gmail, in the languages of its accounts.
var (
	sents  = []string{"sent", "gesendet", "envoyés", "messages envoyés", "enviados", "enviadas", "inviati", "posta inviata", "verzonden", "skickat", "sendt", "lähetetyt", "wysłane", "odeslaná pošta", "odeslané", "отправленные", "надіслані", "gönderilmiş postalar", "送信済み", "已发邮件", "寄件備份", "보낸편지함", "πρόσταλμένα", "נשלחו", "البريد المرسل"}
	drafts = []string{"drafts", "draft", "entwürfe", "brouillons", "borradores", "rascunhos", "bozze", "concepten", "utkast", "kladder", "wersje robocze", "koncepty", "черновики", "чернетки", "taslaklar", "下書き", "草稿", "임시보관함"}
	spams  = []string{"spam", "junk", "correo no deseado", "indésirables", "posta indesiderata", "ongewenst", "спам", "迷惑メール", "垃圾邮件", "垃圾郵件", "스팸"}
)

func has(labels string, names []string) bool {
	for label := range strings.SplitSeq(labels, ",") {
		if slices.Contains(names, strings.Trim(label, ` "`)) {
			return true
		}
	}
	return false
}

// maxParts bounds how deep the parts of an e-mail are inside one another.
const maxParts = 20

// textOf is what the sender wrote in an e-mail or a part of it. Of alternatives it is the
// plain text.
func textOf(e *message.Entity, depth int) (string, error) {
	kind, params, _ := e.Header.ContentType()
	if disposition, _, _ := e.Header.ContentDisposition(); disposition == "attachment" || depth > maxParts {
		return "", nil
	}
	parts := e.MultipartReader()
	if parts == nil {
		return leafText(e, kind, params)
	}
	var texts []string
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) || part == nil {
			break
		}
		if err != nil && !message.IsUnknownCharset(err) && !message.IsUnknownEncoding(err) {
			break // what is broken off is given as far as it goes
		}
		text, err := textOf(part, depth+1)
		if err != nil {
			return "", err
		}
		if text == "" {
			continue
		}
		if kind == "multipart/alternative" {
			return text, nil
		}
		texts = append(texts, text)
	}
	return strings.TrimSpace(strings.Join(texts, "\n")), nil
}

// leafText is the text of a part without parts.
func leafText(e *message.Entity, kind string, params map[string]string) (string, error) {
	if kind != "text/plain" && kind != "text/html" && kind != "" {
		return "", nil
	}
	body, err := io.ReadAll(io.LimitReader(e.Body, exchange.MaxRecord+1))
	if len(body) > exchange.MaxRecord {
		return "", i18n.Error("the message is longer than 4 MB")
	}
	if err != nil && len(body) == 0 {
		return "", i18n.Error("the e-mail can't be read: {{.Cause}}", i18n.Values{"Cause": err})
	}
	text := decode(body)
	if kind == "text/html" {
		return plaintext.FromHTMLReply(text), nil
	}
	if strings.EqualFold(params["format"], "flowed") {
		text = unflowed(text, strings.EqualFold(params["delsp"], "yes"))
	}
	return plaintext.Reply(text), nil
}

// decode reads bytes whose character set the e-mail does not say, or says wrong.
func decode(body []byte) string {
	text, err := io.ReadAll(charset.Detect(body).Encoding.Reader(bytes.NewReader(body)))
	if err != nil {
		text = body
	}
	return strings.ReplaceAll(strings.ToValidUTF8(string(text), "\uFFFD"), "\x00", "")
}

// unflowed joins the lines that a program broke, after RFC 3676.
func unflowed(text string, withoutSpace bool) string {
	var b strings.Builder
	depth := -1
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		quoted := strings.TrimLeft(line, ">")
		level := len(line) - len(quoted)
		line = strings.TrimPrefix(quoted, " ")
		if level != depth && depth >= 0 && b.Len() > 0 && !strings.HasSuffix(b.String(), "\n") {
			b.WriteByte('\n')
			depth = -1
		}
		if depth < 0 {
			b.WriteString(strings.Repeat(">", level))
			if level > 0 {
				b.WriteByte(' ')
			}
		}
		if strings.HasSuffix(line, " ") && line != "-- " {
			if withoutSpace {
				line = line[:len(line)-1]
			}
			b.WriteString(line)
			depth = level
			continue
		}
		b.WriteString(line + "\n")
		depth = -1
	}
	return b.String()
}
