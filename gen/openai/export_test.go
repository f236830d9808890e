package openai

import "net/http"

// ReadError is how a response is read that may be an error; nil where it is none.
func ReadError(status int, header http.Header, raw []byte) *Error {
	call := New(Config{Model: "m"}).newCall("")
	return call.refusal(&http.Response{StatusCode: status, Header: header}, raw)
}
