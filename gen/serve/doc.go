// Package serve answers programs over HTTP with a check model's predictions: the window
// and the terminal start the same server.
//
//   - answer.go: a prediction as a program is told it.
//   - handler.go, request.go: what is asked and answered; page.html is a page to try it.
//   - server.go: the server itself, its address and its limits.
//
// No message is stored or logged.
package serve
