package columns

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"regexp"
	"strconv"
	"strings"

	"seedbed/localdb/exchange"
)

// thread puts messages into conversations by their numbers and those of the messages that
// they answer. It holds two numbers for each message that is of a conversation.
type thread struct {
	id      int   // the column with a message's own number; -1 for none
	answers []int // the columns with the numbers of messages before or after it
	before  map[uint64]uint64
	linked  bool
}

// The names of columns by which messages refer to one another, folded.
var (
	replyColumns = wordSet(`inresponsetotweetid inresponseto inresponsetoid inreplytostatusid inreplyto inreplytoid inreplytotweetid replytoid replyto replytomessageid
		parentid parentmessageid parenttweetid parentcommentid responsetotweetid antwortauf antwortaufid`)
	followColumns = wordSet(`responsetweetid responsetweetids responseids`)
	idColumns     = []string{"tweetid", "messageid", "msgid", "statusid", "commentid", "postid", "idstr", "nachrichtid", "nachrichtenid", "id", "guid", "uuid"}
)

// findThread gives the thread of a table whose conversations are in a column of replies;
// nil where they aren't.
func (c *Columns) findThread() *thread {
	if at := c.at[exchange.Conversation]; at < 0 || at >= len(c.header) || !replyColumns[exchange.Fold(c.header[at])] {
		return nil
	}
	t := &thread{id: -1, answers: []int{c.at[exchange.Conversation]}, before: map[uint64]uint64{}}
	best := len(idColumns)
	for i, name := range c.header {
		folded := exchange.Fold(name)
		if followColumns[folded] && i != c.at[exchange.Conversation] {
			t.answers = append(t.answers, i)
		}
		for rank, id := range idColumns[:best] {
			if folded == id {
				t.id, best = i, rank
				break
			}
		}
	}
	if t.id < 0 {
		return nil
	}
	return t
}

// Threaded tells whether Link has to be called before rows are made.
func (c *Columns) Threaded() bool { return c.thread != nil }

// Link reads all records once, to find out which messages answer one another. What is
// wrong with one is told by the reading that follows.
func (c *Columns) Link(next func() (Record, error)) error {
	for {
		record, err := next()
		if errors.Is(err, io.EOF) {
			c.thread.linked = true
			return nil
		}
		if err != nil {
			return err
		}
		if record.Problem == nil {
			c.thread.link(record.Fields)
		}
	}
}

func (t *thread) link(record []string) {
	own, ok := t.own(record)
	if !ok {
		return
	}
	for _, column := range t.answers {
		if column >= len(record) {
			continue
		}
		for other := range strings.FieldsFuncSeq(record[column], func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
			if !NoLabel(other) {
				t.join(own, messageKey(other))
			}
		}
	}
}

func (t *thread) own(record []string) (uint64, bool) {
	if t.id >= len(record) || NoLabel(strings.TrimSpace(record[t.id])) {
		return 0, false
	}
	return messageKey(record[t.id]), true
}

// root is the least number of the conversation that a message is of.
func (t *thread) root(key uint64) uint64 {
	for {
		up, ok := t.before[key]
		if !ok || up == key {
			return key
		}
		if above, ok := t.before[up]; ok {
			t.before[key] = above
		}
		key = up
	}
}

func (t *thread) join(a, b uint64) {
	a, b = t.root(a), t.root(b)
	t.before[max(a, b)] = min(a, b)
}

// conversation is the number of the conversation's first message.
func (t *thread) conversation(record []string) string {
	own, ok := t.own(record)
	if !ok {
		return ""
	}
	root := t.root(own)
	if root >= hashed {
		return fmt.Sprintf("%x", root)
	}
	return strconv.FormatUint(root, 10)
}

// redditKind is what stands before the number that a comment on Reddit refers to.
var redditKind = regexp.MustCompile(`^t[1-6]_`)

// hashed marks keys of messages whose number is none.
const hashed = 1 << 63

// messageKey is a message's number, or a hash of what identifies it.
func messageKey(id string) uint64 {
	id = strings.TrimSuffix(strings.TrimSpace(id), ".0") // as pandas writes a column with gaps
	if n, err := strconv.ParseUint(id, 10, 63); err == nil {
		return n
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(redditKind.ReplaceAllString(id, ""))) // never fails
	return h.Sum64() | hashed
}
