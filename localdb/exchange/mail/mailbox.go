package mail

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"regexp"
)

// mailbox parts an mbox file into its e-mails. There are several kinds of mbox; in all of
// them a line "From sender date" behind an empty line, or at the start, begins an e-mail,
// and most write > before other lines that start so.
type mailbox struct {
	r      *bufio.Reader
	err    error // why there is no more
	begins bool  // the line that was read last begins an e-mail
}

func newMailbox(r io.Reader) *mailbox {
	return &mailbox{r: bufio.NewReaderSize(r, 1<<16)}
}

// next gives the next e-mail, which is valid until next is called again; io.EOF after the
// last one.
func (b *mailbox) next() (io.Reader, error) {
	for !b.begins {
		line, err := b.line()
		if err != nil {
			return nil, err
		}
		b.begins = separator.Match(line)
	}
	b.begins = false
	return &boxed{box: b, blank: true}, nil
}

// line reads a line, or the piece of one that fits into the buffer.
func (b *mailbox) line() ([]byte, error) {
	if b.err != nil {
		return nil, b.err
	}
	line, err := b.r.ReadSlice('\n')
	if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
		b.err = err
		if len(line) == 0 {
			return nil, err
		}
	}
	return line, nil
}

// separator is the line that begins an e-mail; its date has a time and a year.
var separator = regexp.MustCompile(`^From \S.*\d{1,2}:\d{2}.*\d{4}\s*$`)

// boxed reads one e-mail of a mailbox.
type boxed struct {
	box   *mailbox
	rest  []byte // of the line that is being given
	blank bool   // the line before was empty
	inner bool   // the piece that follows is inside a line
	done  bool
}

func (m *boxed) Read(p []byte) (int, error) {
	for len(m.rest) == 0 {
		if m.done {
			return 0, io.EOF
		}
		line, err := m.box.line()
		if err != nil {
			m.done = true
			return 0, err
		}
		if !m.inner && m.blank && separator.Match(line) {
			m.box.begins, m.done = true, true
			return 0, io.EOF
		}
		m.blank = !m.inner && len(bytes.TrimRight(line, "\r\n")) == 0
		if !m.inner && bytes.HasPrefix(bytes.TrimLeft(line, ">"), []byte("From ")) && line[0] == '>' {
			line = line[1:]
		}
		m.inner = !bytes.HasSuffix(line, []byte("\n"))
		m.rest = line
	}
	n := copy(p, m.rest)
	m.rest = m.rest[n:]
	return n, nil
}
