// Package intent is the check model: a small classifier of messages that is
// trained in this process within seconds, and everything that it is good for.
//
//   - Train, Model.Predict, Save and Load: the model itself
//     (words.go, vocabulary.go, pooling.go, features.go, svm.go, calibrate.go).
//   - Evaluate and Report: how well a model does on messages with known
//     categories, as numbers, as text and as a picture.
//   - Check: cross-validation of a dataset, with an interval, with the suspects
//     and, where there are real messages, the score that counts.
//   - Gauges: variety and balance of a dataset, without a model.
//   - Meaning: neighbours, paraphrases and spread samples, without labels.
//
// Everything here is a function of (text, category, group): nothing reads a
// file, nothing calls a network, and for a seed every result is the same on
// every machine with the same arithmetic, however many goroutines took part.
package intent
