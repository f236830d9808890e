package exchange

import (
	"errors"
	"io"
	"strings"

	"seedbed/assets/i18n"
)

// The readers of exported conversations share what stands here.

// chat gives the turns of a conversation as rows.
type chat struct {
	reading *Reading
	yield   func(Row) bool
	line    int // how many messages there were so far
	stopped bool
}

// turn gives one row; an empty one is skipped.
func (c *chat) turn(row Row) {
	if c.stopped {
		return
	}
	c.line++
	if strings.TrimSpace(row.Message) == "" {
		c.reading.Tally.Skipped++
		return
	}
	row.Line = c.line
	c.stopped = !c.yield(row)
}

// skip passes over what is no text of a person.
func (c *chat) skip() {
	c.line++
	c.reading.Tally.Skipped++
}

// reject reports what cannot be read.
func (c *chat) reject(reason error, text string) {
	c.line++
	c.reading.reject(c.line, reason, text)
}

// readConversations reads a JSON export whose conversations are its items, or
// are in a list that its items hold under one of the keys.
func readConversations(r io.Reader, o Options, format Format, keys []string, read func(c *chat, conversation, around map[string]any)) (*Reading, error) {
	facts := Facts{Format: format, Encoding: UTF8}
	items, _, err := openJSON(r, &facts)
	if err != nil {
		return nil, err
	}
	return newReading(o, facts, func(r *Reading, yield func(Row) bool) error {
		c := &chat{reading: r, yield: yield}
		for !c.stopped {
			it, err := items()
			switch {
			case errors.Is(err, io.EOF):
				return nil
			case err != nil:
				return err
			case it.problem != nil:
				c.reject(it.problem, it.text)
				continue
			}
			conversations, around := unpack(it.value, keys)
			for _, v := range conversations {
				if conversation, ok := v.(map[string]any); ok {
					read(c, conversation, around)
				} else {
					c.reject(i18n.Error("it is no conversation"), "")
				}
			}
		}
		return nil
	}), nil
}

// unpack gives the conversations in an item with the object around them.
func unpack(value any, keys []string) (conversations []any, around map[string]any) {
	if o, ok := value.(map[string]any); ok {
		for _, key := range keys {
			if list, ok := o[key].([]any); ok {
				return list, o
			}
		}
	}
	return []any{value}, nil
}

// at follows keys into nested objects; nil where one is missing.
func at(value any, keys ...string) any {
	for _, key := range keys {
		o, _ := value.(map[string]any)
		value = o[key]
	}
	return value
}

// text is at, as text; "" for what is none.
func text(value any, keys ...string) string {
	s, _ := scalar(at(value, keys...))
	return s
}
