// Package intent is the check model: a small classifier of messages that is
// trained in this process within seconds, and everything that it is good for.
//
//   - model.go, predict.go, explain.go: Train, Model.Predict and Model.Explain.
//   - form.go, save.go, load.go: a model as a file; readers.go and readers: programs in
//     other languages that predict with it.
//   - calibrate.go: turns margins into probabilities.
//   - evaluate.go, report.go, confusion.go: how well a model does on messages
//     with known categories, as numbers, as text and as a picture.
//   - check.go, crossvalidate.go, check_outofscope.go, folds.go, score.go, suspects.go: Check,
//     the cross-validation of a dataset, with an interval, suspects and the score on real
//     messages; transfer.go: the share of their accuracy that synthetic ones reach.
//   - gauges.go: variety and balance of a dataset, without a model.
//   - meaning.go: neighbours, paraphrases and spread samples, without labels.
//
// The packages below it are what a model is made of: features sees a message as numbers, svm
// tells the categories apart, and outofscope scores messages of no category.
//
// Everything here is a function of (text, category, group): nothing reads a
// file, nothing calls a network, and for a seed every result is the same on
// every machine with the same arithmetic, however many goroutines took part.
package intent
