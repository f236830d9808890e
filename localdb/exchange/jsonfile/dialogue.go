package jsonfile

import (
	"strconv"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/columns"
	"seedbed/localdb/exchange/jsonitems"
)

// What language models are trained on: conversations of turns with a role.
var (
	OpenAI   = &exchange.Format{ID: "openai-fine-tuning", Name: i18n.T("OpenAI fine-tuning"), Extension: ".jsonl"}
	Gemini   = &exchange.Format{ID: "gemini-fine-tuning", Name: i18n.T("Gemini fine-tuning"), Extension: ".jsonl"}
	ShareGPT = &exchange.Format{ID: "sharegpt", Name: i18n.T("ShareGPT"), Extension: ".jsonl"}
)

// dialogueForm says by which keys a format holds its conversations.
type dialogueForm struct {
	format               *exchange.Format
	turns, role, content string
}

var (
	openAIForm   = dialogueForm{OpenAI, "messages", "role", "content"}
	geminiForm   = dialogueForm{Gemini, "contents", "role", "parts"}
	shareGPTForm = dialogueForm{ShareGPT, "conversations", "from", "value"}
)

func (d dialogueForm) recognise(f *exchange.File) exchange.Evidence {
	evidence := jsonitems.Evidence(jsonitems.Sample(f), func(v any) bool {
		turns := jsonitems.List(v, d.turns)
		for _, turn := range turns {
			if !jsonitems.Has(turn, d.role) || !jsonitems.Has(turn, d.content) && !jsonitems.Has(turn, "tool_calls") {
				return false
			}
		}
		return len(turns) > 0 && !jsonitems.Has(turns[0], "id")
	}, i18n.T("its conversations are lists of turns with a role, as language models are trained on"))
	evidence.Sureness = min(evidence.Sureness, 0.85)
	return evidence
}

func (d dialogueForm) read(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	labelled := d.answersAreLabels(jsonitems.Sample(f))
	items := jsonitems.Open(f)
	facts := exchange.Facts{Format: d.format, Encoding: f.Guess()}
	return exchange.NewReading(o, facts, func(r *exchange.Reading) error {
		return items.Each(r, func(item jsonitems.Item) { d.add(r, item, labelled) })
	}), nil
}

func (d dialogueForm) add(r *exchange.Reading, item jsonitems.Item, labelled bool) {
	turns := jsonitems.List(item.Value, d.turns)
	if len(turns) == 0 {
		r.Reject(item.Number, i18n.Error("the conversation has no turns"), item.Text)
		return
	}
	id := strconv.Itoa(item.Number)
	for _, key := range []string{"conversation_id", "id", "idx"} {
		if own := jsonitems.Text(item.Value, key); own != "" {
			id = own
			break
		}
	}
	question, answer, single := d.exchange(turns)
	if labelled && single && looksLikeLabel(answer) {
		if len(turns) > 2 {
			r.Skip(item.Number, i18n.T("tells the model what to do"), "")
		}
		r.Add(exchange.Row{Line: item.Number, Message: question, Category: answer, Role: "user", Conversation: id})
		return
	}
	for _, key := range answerKeys[0] { // the better and the worse answer, as LLaMA-Factory has them
		turns = append(turns[:len(turns):len(turns)], turnsOf(jsonitems.At(item.Value, key))...)
	}
	for _, turn := range turns {
		text, _ := columns.RichText(jsonitems.At(turn, d.content))
		r.Add(exchange.Row{Line: item.Number, Message: text, Role: jsonitems.Text(turn, d.role), Conversation: id})
	}
}

// exchange gives the one question and answer of a conversation; ok is false where there
// are more.
func (d dialogueForm) exchange(turns []any) (question, answer string, ok bool) {
	if len(turns) > 0 && jsonitems.Text(turns[0], d.role) == "system" {
		turns = turns[1:]
	}
	if len(turns) != 2 {
		return "", "", false
	}
	asks, answers := jsonitems.Text(turns[0], d.role), jsonitems.Text(turns[1], d.role)
	if asks != "user" && asks != "human" || answers != "assistant" && answers != "gpt" && answers != "model" {
		return "", "", false
	}
	question, _ = columns.RichText(jsonitems.At(turns[0], d.content))
	answer, ok = columns.RichText(jsonitems.At(turns[1], d.content))
	return question, strings.TrimSpace(answer), ok
}

// answersAreLabels tells a classifier's examples from conversations: most are one
// question, and its answer is a few words that are no sentence.
func (d dialogueForm) answersAreLabels(conversations []any) bool {
	single, labels := 0, 0
	for _, c := range conversations {
		if _, answer, ok := d.exchange(jsonitems.List(c, d.turns)); ok {
			single++
			if looksLikeLabel(answer) {
				labels++
			}
		}
	}
	return single > 1 && single*2 >= len(conversations) && labels > 0 && labels*10 >= single*9
}

func looksLikeLabel(answer string) bool {
	return answer != "" && len(answer) <= 60 && len(strings.Fields(answer)) <= 4 && !strings.ContainsAny(answer, "\n.!?,;\"") &&
		(strings.ContainsAny(answer, "_-/:") || strings.ToLower(answer) == answer || len(strings.Fields(answer)) <= 2)
}
