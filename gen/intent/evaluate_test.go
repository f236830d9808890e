package intent

import (
	"math"
	"reflect"
	"strings"
	"testing"
)

// sixRows are worked out by hand in the tests below.
var sixRows = []Row{
	{Text: "when do you open", Given: "ask", Predicted: "ask", Confidence: 0.9},
	{Text: "is it, \"raining\"?", Given: "ask", Predicted: "chat", Confidence: 0.6},
	{Text: "good morning", Given: "chat", Predicted: "chat", Confidence: 0.8},
	{Text: "lovely day\nisn't it", Given: "chat", Predicted: "ask", Confidence: 0.7},
	{Text: "morning", Given: "chat", Predicted: "chat", Confidence: 0.95},
	{Text: "cancel it", Given: "order", Predicted: "chat", Confidence: 0.5},
}

func TestReportFigures(t *testing.T) {
	r := NewReport(sixRows)
	if r.Messages != 6 || math.Abs(r.Accuracy-0.5) > 1e-12 {
		t.Errorf("%d messages, accuracy %v", r.Messages, r.Accuracy)
	}
	want := []CategoryScores{
		{"ask", Scores{0.5, 0.5, 0.5}, 2},
		{"chat", Scores{0.5, 2.0 / 3, 4.0 / 7}, 3},
		{"order", Scores{}, 1},
	}
	if !reflect.DeepEqual(r.Categories, want) {
		t.Errorf("categories %+v, want %+v", r.Categories, want)
	}
	if got, want := r.Macro.F1, (0.5+4.0/7)/3; math.Abs(got-want) > 1e-12 {
		t.Errorf("macro F1 %v, want %v", got, want)
	}
	if got, want := r.Weighted.F1, (2*0.5+3*4.0/7)/6; math.Abs(got-want) > 1e-12 {
		t.Errorf("weighted F1 %v, want %v", got, want)
	}
	if want := [][]int{{1, 1, 0}, {1, 2, 0}, {0, 1, 0}}; !reflect.DeepEqual(r.Confusion, want) {
		t.Errorf("confusion %v, want %v", r.Confusion, want)
	}
	if wrong := r.Mistakes(); len(wrong) != 3 || wrong[0].Confidence != 0.7 || wrong[2].Confidence != 0.5 {
		t.Errorf("mistakes %+v", wrong)
	}
	if empty := NewReport(nil); empty.Accuracy != 0 || math.IsNaN(empty.Macro.F1) {
		t.Errorf("report of nothing: %+v", empty)
	}
}

func TestReportText(t *testing.T) {
	const want = `6 messages
accuracy  50.0 %
macro F1  35.7 %

category       precision  recall     F1  messages
ask                50.0%   50.0%  50.0%         2
chat               50.0%   66.7%  57.1%         3
order               0.0%    0.0%   0.0%         1

mean               33.3%   38.9%  35.7%         6
weighted mean      41.7%   50.0%  45.2%         6

most often confused
   1  ask read as chat
   1  chat read as ask
   1  order read as chat

mistakes, the surest 3 of 3
0.70  chat read as ask: lovely day isn't it
0.60  ask read as chat: is it, "raining"?
0.50  order read as chat: cancel it
`
	if got := NewReport(sixRows).Text(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestPredictionsCSV(t *testing.T) {
	var file strings.Builder
	if err := NewReport(sixRows[:2]).WriteCSV(&file); err != nil {
		t.Fatal(err)
	}
	const want = "message,category,predicted,confidence,correct,out_of_scope\n" +
		"when do you open,ask,ask,0.9000,true,0.0000\n" +
		"\"is it, \"\"raining\"\"?\",ask,chat,0.6000,false,0.0000\n"
	if file.String() != want {
		t.Errorf("got %q", file.String())
	}
}

func TestUnknownCategoryIsAMistake(t *testing.T) {
	m := mustTrain(t, part(t)[:200], Options{})
	r := Evaluate(m, []Example{{Text: "a dog", Category: "never seen"}})
	if r.Accuracy != 0 || len(r.Categories) != 2 {
		t.Errorf("%+v", r)
	}
}
