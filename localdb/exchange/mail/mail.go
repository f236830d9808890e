// Package mail reads e-mails, one in a file or many in a mailbox. Of each it gives what
// its sender wrote, without what is quoted, signatures and footers.
package mail

import (
	"errors"
	"io"
	"regexp"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/charset"
)

// The formats of this family.
var (
	MBOX = &exchange.Format{ID: "mbox", Name: i18n.T("Mailbox (mbox)"), Extension: ".mbox"}
	EML  = &exchange.Format{ID: "eml", Name: i18n.T("E-mail (EML)"), Extension: ".eml"}
)

// Readers lists the formats of this family.
var Readers = []exchange.Reader{
	{
		Format: MBOX, Recognise: recogniseMBOX, Read: readMBOX,
		About: "Mailboxes of Thunderbird, Apple Mail, Google Takeout and others. The role is the sender's name, or \"agent\" for what the owner of a Gmail account sent; a thread is a conversation. " +
			"What is quoted, signatures and footers are taken out; what programs sent is skipped.",
	},
	{
		Format: EML, Recognise: recogniseEML, Read: readEML,
		About: "One e-mail, as a mailbox has it.",
	},
}

var (
	fromLine    = regexp.MustCompile(`^From \S+.*\d{2}:\d{2}`)
	headerField = regexp.MustCompile(`^[!-9;-~]+:(?:\s|$)`)
	knownField  = regexp.MustCompile(`(?i)^(?:from|to|cc|subject|date|message-id|received|return-path|mime-version|content-type|content-transfer-encoding|delivered-to|reply-to|in-reply-to|references|dkim-signature|x-[\w-]+|authentication-results|arc-[\w-]+|user-agent|sender|thread-topic|list-[\w-]+):`)
)

func recogniseMBOX(f *exchange.File) exchange.Evidence {
	first, rest, _ := strings.Cut(strings.TrimLeft(headText(f), "\r\n"), "\n")
	if !fromLine.MatchString(first) || headerFields(rest) < 2 {
		return exchange.Evidence{}
	}
	return exchange.Evidence{Sureness: exchange.Certain, Why: i18n.T("it starts with the separator line of a mailbox and an e-mail header")}
}

func recogniseEML(f *exchange.File) exchange.Evidence {
	text := strings.TrimLeft(headText(f), "\r\n")
	if n := headerFields(text); n < 3 || !strings.Contains(strings.ToLower(text), "from:") {
		return exchange.Evidence{}
	}
	return exchange.Evidence{Sureness: exchange.Sure, Why: i18n.T("it starts with an e-mail header")}
}

// headText is the beginning of the file, whose header is ASCII in any encoding that
// e-mails have.
func headText(f *exchange.File) string {
	head, _ := f.Head()
	return strings.TrimPrefix(string(head[:min(len(head), 1<<15)]), charset.ByteOrderMark)
}

// headerFields counts the fields of a header that e-mails have; 0 for a text that is none.
func headerFields(text string) (known int) {
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case line == "":
			return known
		case line[0] == ' ' || line[0] == '\t':
		case !headerField.MatchString(line):
			return 0
		case knownField.MatchString(line):
			known++
		}
	}
	return known
}

func readMBOX(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	return exchange.NewReading(o, exchange.Facts{Format: MBOX}, func(r *exchange.Reading) error {
		box := newMailbox(f.Read())
		for !r.Stopped() {
			message, err := box.next()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return r.BrokenOff(err)
			}
			add(r, message)
		}
		return nil
	}), nil
}

func readEML(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	return exchange.NewReading(o, exchange.Facts{Format: EML}, func(r *exchange.Reading) error {
		add(r, f.Read())
		return nil
	}), nil
}
