package body

import (
	"regexp"
	"strings"
)

var (
	thoughtsEnd   = regexp.MustCompile(`(?i)</(?:think|thinking|thought|reasoning)>|\[/THINK\]|<\|channel\|>final<\|message\|>`)
	thoughtsBegin = regexp.MustCompile(`(?i)^\s*(?:<(?:think|thinking|thought|reasoning)>|\[THINK\]|<\|channel\|>analysis)`)
)

// apart divides a text into the answer and the thoughts before it. Thoughts that never end
// leave no answer. A tag within the answer's own strings is none of a thought's.
func apart(text string) (answer, thoughts string) {
	begins := thoughtsBegin.MatchString(text)
	if trimmed := strings.TrimSpace(text); !begins && (strings.HasPrefix(trimmed, "{") || strings.HasPrefix(trimmed, "[")) {
		return text, ""
	}
	if end := thoughtsEnd.FindStringIndex(text); end != nil {
		return text[end[1]:], text[:end[0]]
	}
	if begins {
		return "", text
	}
	return text, ""
}

// WithoutThoughts drops what a model thought aloud before its answer.
func WithoutThoughts(text string) string {
	answer, _ := apart(text)
	return answer
}
