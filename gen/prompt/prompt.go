// Package prompt is the prompt that a language model is asked with for a batch of messages,
// and its template, which a person can edit.
package prompt

import "seedbed/gen/direction"

// Prompt is what a model is asked with for one batch.
type Prompt struct {
	Version      string // of the shipped template, with a mark where a person changed it
	System, User string
}

// Data is what a template can name.
type Data struct {
	About        string   // the assistant, in a sentence
	Instructions []string // a person's own rules
	Category     Category
	ReadsLike    Category // what a boundary batch is mistaken for; no name otherwise
	Examples     []string
	Language     string // its name
	Style        string
	Count        int

	Directions []direction.Direction // one for each message

	ReadsLikeExamples        []string // of the category that a boundary batch is mistaken for
	WornOpenings, WornThemes []string // what the category has enough of

	Passages []Passage
}

// Category is a category as a template sees it.
type Category struct{ Name, Is, IsNot string }

// Passage is a passage as a template sees it.
type Passage struct{ Title, Text string }
