package serve

import (
	"cmp"

	"seedbed/gen/intent"
	"seedbed/gen/intent/outofscope"
)

// Answering is how a model's predictions become answers.
type Answering struct {
	Model *intent.Model
	// Always answers with one of the categories, however unlike them a message is.
	Always bool
	// Kept is the share of messages like the model's own that shall not count as none;
	// the model's own choice where it is 0.
	Kept float64
}

// Answer is what a program is told of a message.
type Answer struct {
	// Category is outofscope.None for a message that belongs to none of the categories.
	Category string `json:"category"`
	// Nearest is the most likely of the model's categories, and Confidence its calibrated
	// probability, from 0 to 1, among them.
	Nearest    string  `json:"nearest"`
	Confidence float64 `json:"confidence"`
	None       bool    `json:"none"`
	// OutOfScope is from 0 for a message like the model's own to 1 for one of no category.
	OutOfScope    float64            `json:"out_of_scope"`
	Probabilities map[string]float64 `json:"probabilities,omitempty"`
}

// Answer predicts a message, with the probabilities of all categories if they are asked for.
func (a Answering) Answer(message string, probabilities bool) Answer {
	p := a.Model.Predict(message)
	answer := Answer{Category: p.Category, Nearest: p.Category, Confidence: p.Confidence, OutOfScope: p.OutOfScope}
	if !a.Always && p.OutOfScope > a.Model.Threshold(cmp.Or(a.Kept, a.Model.Kept())).Score {
		answer.Category, answer.None = outofscope.None, true
	}
	if probabilities {
		answer.Probabilities = make(map[string]float64, len(p.Probabilities))
		for c, name := range a.Model.Categories() {
			answer.Probabilities[name] = p.Probabilities[c]
		}
	}
	return answer
}
