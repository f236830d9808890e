package openaitest

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
)

// chatRequest is what the endpoint reads of a request.
type chatRequest struct {
	Model    string
	Messages []struct{ Role, Content string }

	MaxTokens           int    `json:"max_tokens"`
	MaxCompletionTokens int    `json:"max_completion_tokens"`
	ReasoningEffort     string `json:"reasoning_effort"`

	ResponseFormat struct {
		Type       string
		JSONSchema struct{ Schema json.RawMessage } `json:"json_schema"`
	} `json:"response_format"`

	parameters map[string]json.RawMessage // all of them
}

// limit bounds the answer's tokens; 0 is none.
func (q chatRequest) limit() int { return max(q.MaxTokens, q.MaxCompletionTokens) }

// unsupported is the first of the names that the request uses, as parameter or
// as response format; "" none.
func (q chatRequest) unsupported(names []string) string {
	for _, name := range names {
		if _, used := q.parameters[name]; used || q.ResponseFormat.Type == name {
			return name
		}
	}
	return ""
}

var (
	categoryLine = regexp.MustCompile(`(?m)^Category:[ \t]*(.*?)[ \t]*\r?$`)
	countLine    = regexp.MustCompile(`(?m)^Count:[ \t]*(\d+)`)
	labelsField  = regexp.MustCompile(`"labels"`)
)

func (q chatRequest) asked(r *http.Request) Asked {
	a := Asked{ID: r.Header.Get("X-Client-Request-Id"), Model: q.Model, Format: q.ResponseFormat.Type}
	for _, m := range q.Messages {
		if m.Role == "user" {
			a.User = m.Content
		} else {
			a.System += m.Content
		}
	}
	if m := categoryLine.FindStringSubmatch(a.User); m != nil {
		a.Category = m[1]
	}
	if m := countLine.FindStringSubmatch(a.User); m != nil {
		a.Count, _ = strconv.Atoi(m[1])
	}
	a.Labels = labelsField.Match(q.ResponseFormat.JSONSchema.Schema) || (a.Category == "" && labelsField.MatchString(a.System+a.User))
	return a
}
