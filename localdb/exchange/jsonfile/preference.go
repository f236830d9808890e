package jsonfile

import (
	"maps"
	"slices"
	"strings"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/columns"
	"seedbed/localdb/exchange/jsonitems"
)

// Preference data, from which language models learn which answer is the better one. The
// forms are those of TRL (with the prompt apart or in both answers), LLaMA-Factory,
// Anthropic's HH-RLHF and OpenAI's fine-tuning by preferences.

// answerKeys are the members that hold the better and the worse answer, or the only one.
var answerKeys = [][]string{{"chosen", "rejected"}, {"preferred_output", "non_preferred_output"}, {"completion"}}

// promptKeys are the members that hold what was said before the answers.
var promptKeys = []string{"prompt", "input", "messages", "conversations", "conversation", "question", "instruction"}

// preferred gives the turns of a record of preference data: what was said before, and the
// answers; rest is what else the record holds. ok is false where the answers are plain
// texts, which are columns.
func preferred(o map[string]any) (turns []any, rest map[string]any, ok bool) {
	for _, keys := range answerKeys {
		if !jsonitems.Has(o, keys...) {
			continue
		}
		answers := turnsOf(o[keys[0]])
		if answers == nil {
			return nil, nil, false
		}
		rest = maps.Clone(o)
		for _, key := range append(keys, promptKeys...) {
			delete(rest, key)
		}
		if _, rated := rest["label"].(bool); rated { // whether the answer is a good one
			delete(rest, "label")
		}
		if !slices.ContainsFunc(answers, asks) {
			turns = promptOf(o)
		}
		turns = append(turns, answers...)
		for _, key := range keys[1:] {
			turns = append(turns, worse(answers, turnsOf(o[key]))...)
		}
		return turns, rest, slices.ContainsFunc(turns, asks)
	}
	return nil, nil, false
}

// worse gives the turns of the worse answer that the better one doesn't begin with.
func worse(better, turns []any) []any {
	for i, turn := range turns {
		if i >= len(better) || said(turn) != said(better[i]) {
			return turns[i:]
		}
	}
	return nil
}

func said(turn any) [2]string {
	own, _ := openObject(turn.(map[string]any), "")
	var said [2]string
	for _, c := range own {
		switch columns.FieldOf(c.name) {
		case exchange.Role:
			said[0] = c.value
		case exchange.Message:
			said[1] = c.value
		}
	}
	return said
}

func asks(turn any) bool { return exchange.RoleSide(said(turn)[0]) == exchange.UserSide }

func promptOf(o map[string]any) []any {
	for _, key := range promptKeys {
		value := o[key]
		if inner := jsonitems.List(value, "messages"); inner != nil {
			value = inner
		}
		if turns := turnsOf(value); turns != nil {
			return slices.Clone(turns)
		}
		if text, ok := value.(string); ok && strings.TrimSpace(text) != "" {
			return []any{map[string]any{"role": "user", "content": text}}
		}
	}
	return nil
}

// turnsOf gives turns with a text and a speaker, one of them, or those of a text in the form
// "Human: … Assistant: …"; nil for anything else.
func turnsOf(value any) []any {
	switch v := value.(type) {
	case string:
		return humanAndAssistant(v)
	case map[string]any:
		return turnsOf([]any{v})
	case []any:
		for _, turn := range v {
			if object, ok := turn.(map[string]any); !ok || said(object)[0] == "" {
				return nil
			}
		}
		if len(v) > 0 {
			return v
		}
	}
	return nil
}

const human, assistant = "\n\nHuman:", "\n\nAssistant:"

// humanAndAssistant parts a conversation that is written as one text, after HH-RLHF.
func humanAndAssistant(text string) (turns []any) {
	if !strings.HasPrefix(text, human) || !strings.Contains(text, assistant) {
		return nil
	}
	for _, asked := range strings.Split(text, human)[1:] {
		parts := strings.Split(asked, assistant)
		for i, part := range parts {
			if part = strings.TrimSpace(part); part == "" {
				continue
			}
			turns = append(turns, map[string]any{"role": []string{"user", "assistant"}[min(i, 1)], "content": part})
		}
	}
	return turns
}
