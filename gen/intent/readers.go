package intent

import _ "embed"

// Reader is a program that predicts with a saved model outside of Seedbed. It lies in
// every saved model, too.
type Reader struct{ Name, Text string }

//go:embed readers/predict.py
var pythonReader string

//go:embed readers/predict.js
var javaScriptReader string

// Readers are the ones for Python and for JavaScript.
func Readers() []Reader {
	return []Reader{{"predict.py", pythonReader}, {"predict.js", javaScriptReader}}
}
