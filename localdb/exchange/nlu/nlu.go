// Package nlu reads and writes the training data of platforms that understand
// language: Rasa, Dialogflow, LUIS and its successor CLU, Amazon Lex, Botpress,
// Voiceflow, wit.ai, Watson Assistant, Snips and fastText; and writes what OpenAI and
// Hugging Face train on.
//
// Every reader takes the marks of entities out of an example, so that its text is what
// a person would say. An intent is a category under its own name. Where a platform
// does not allow a category's name, the writer gives the intent another one, keeps the
// category in a place that people can see, such as the intent's description, and says
// so; reading the file gives the category again.
package nlu
