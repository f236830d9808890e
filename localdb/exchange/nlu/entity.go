package nlu

import (
	"regexp"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange/jsonforms"
)

// entityMark is how Rasa and Botpress mark a part of an example: [Bonn](city),
// [Bonn](city:value), [Bonn]{"entity": "city"} and [Bonn][{"entity": "city"}].
var entityMark = regexp.MustCompile(`\[([^\]]+?)\](?:\([^:)]+?(?::[^)]+)?\)|\{[^}]+?\}|\[\s*\{.*?\}\s*\])`)

// withoutEntities gives an example as a person wrote it.
func withoutEntities(example string) string { return entityMark.ReplaceAllString(example, "$1") }

// markLiteral writes a message so that withoutEntities gives it again: what looks
// like a mark is itself marked. Rasa has no escape for it.
func markLiteral(message string) string {
	return entityMark.ReplaceAllStringFunc(message, func(mark string) string {
		text := entityMark.FindStringSubmatch(mark)[1]
		return "[[" + text + "](literal)" + mark[len("[")+len(text):]
	})
}

// wordStart is where a word of a name such as departureCity or departure_city starts.
var wordStart = regexp.MustCompile(`[_\-.\s]+|(\p{Ll})(\p{Lu})`)

// slotWords says a slot's name in words.
func slotWords(name string) string {
	return strings.ToLower(wordStart.ReplaceAllString(name, "$1 $2"))
}

var slotInText = i18n.T("a slot name stands in for a value")

// fill says the names of slots in words, in a message in which they stand for values.
func fill(f *jsonforms.Input, slot *regexp.Regexp, template string) string {
	message := slot.ReplaceAllStringFunc(template, func(mark string) string {
		return slotWords(slot.FindStringSubmatch(mark)[1])
	})
	if message != template {
		f.Reading.Note(f.Line+1, slotInText, template)
	}
	return message
}
