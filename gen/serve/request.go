package serve

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"
)

// The most that one request may bring.
const (
	maxBody     = 4 << 20 // bytes
	maxMessages = 1000
	maxMessage  = 64 << 10 // bytes of one message
)

// problem is what is wrong with a request, in a sentence. Programs are told it, in English.
type problem struct {
	status int
	error
}

// questions are the messages of a request.
type questions struct {
	messages []string
	single   bool // asked as one, so that one is answered
}

// readQuestions reads {"message": "…"}, {"messages": […]} or plain text. What is not
// declared as either is told by how it begins, since curl declares a form.
func readQuestions(w http.ResponseWriter, r *http.Request) (questions, *problem) {
	kind, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset := parameters["charset"]
	switch {
	case err != nil && r.Header.Get("Content-Type") != "", charset != "" && !strings.EqualFold(charset, "utf-8") && !strings.EqualFold(charset, "us-ascii"),
		r.Header.Get("Content-Encoding") != "", strings.HasPrefix(kind, "multipart/"):
		return questions{}, &problem{http.StatusUnsupportedMediaType, errors.New("send JSON or plain text in UTF-8, not compressed")}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return questions{}, &problem{http.StatusRequestEntityTooLarge, fmt.Errorf("a request may have %d bytes at most; send the messages in several", maxBody)}
	case err != nil:
		return questions{}, &problem{http.StatusBadRequest, errors.New("the request broke off before its end")}
	case !utf8.Valid(body):
		return questions{}, &problem{http.StatusBadRequest, errors.New("the request is not in UTF-8")}
	}
	isJSON := kind == "application/json" || strings.HasSuffix(kind, "+json")
	var asked questions
	if isJSON || kind != "text/plain" && bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("{")) {
		var wrong *problem
		if asked, wrong = parseQuestions(body); wrong != nil {
			return asked, wrong
		}
	} else {
		asked = questions{messages: []string{string(body)}, single: true}
	}
	if len(asked.messages) > maxMessages {
		return questions{}, &problem{http.StatusRequestEntityTooLarge, fmt.Errorf("a request may have %d messages at most, not %d; send them in several", maxMessages, len(asked.messages))}
	}
	for i, message := range asked.messages {
		if len(message) > maxMessage {
			return questions{}, &problem{http.StatusRequestEntityTooLarge, fmt.Errorf("message %d is longer than %d bytes", i+1, maxMessage)}
		}
	}
	return asked, nil
}

func parseQuestions(body []byte) (questions, *problem) {
	var asked struct {
		Message  *string   `json:"message"`
		Messages *[]string `json:"messages"`
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(&asked)
	if err == nil && decoder.More() {
		err = errors.New("more than one object")
	}
	if err != nil || (asked.Message == nil) == (asked.Messages == nil) {
		return questions{}, &problem{http.StatusBadRequest, errors.New(`send {"message": "…"} or {"messages": ["…", "…"]}, and nothing else`)}
	}
	if asked.Message != nil {
		return questions{messages: []string{*asked.Message}, single: true}, nil
	}
	return questions{messages: *asked.Messages}, nil
}
