package exchange

import (
	"strings"
	"unicode"
)

// Field is what a column of a file is used for.
type Field int

// The uses that a column can have.
const (
	Ignore Field = iota
	Message
	Category
	Confidence
	Role
	Conversation
	Time
	Source
	Status
	Note
	Tags
	Marked // the column stands for a category, and is marked where a message has it
	Listed // the column is a list of messages, and its name is their category
)

// String gives the word that the window and the terminal use for the field.
func (f Field) String() string {
	return [...]string{"ignore", "message", "category", "confidence", "role", "conversation", "time", "source", "status", "note", "tags", "marks", "messages of it"}[f]
}

// Fields lists the uses a person can choose from, in the order to show them.
var Fields = []Field{Message, Category, Confidence, Role, Conversation, Time, Source, Status, Note, Tags, Marked, Listed, Ignore}

// Fold reduces a header to its letters and digits in lower case.
func Fold(header string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, header)
}
