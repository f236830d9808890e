package intent

import (
	"bytes"
	"context"
	"errors"
	"math"
	"runtime"
	"strings"
	"testing"
)

func TestTrainedModelReadsUnseenMessages(t *testing.T) {
	all := part(t)
	m := mustTrain(t, all[:480], Options{})
	if r := Evaluate(m, all[480:]); r.Accuracy < 0.97 {
		t.Errorf("accuracy %.3f on messages it had not seen, want at least 0.97", r.Accuracy)
	}
	if !m.UsesVectors() || len(m.Categories()) != 12 {
		t.Errorf("vectors used: %v, categories: %v", m.UsesVectors(), m.Categories())
	}
}

func TestVectorsHelpWhereMessagesAreFew(t *testing.T) {
	all := part(t)
	with := Evaluate(mustTrain(t, all[:72], Options{}), all[72:]).Accuracy
	without := Evaluate(mustTrain(t, all[:72], Options{NGramsOnly: true}), all[72:]).Accuracy
	if with < without+0.01 {
		t.Errorf("accuracy %.3f with word vectors and %.3f without", with, without)
	}
}

func TestSameSeedSameModel(t *testing.T) {
	examples := part(t)
	save := func(seed uint64) []byte {
		var file bytes.Buffer
		if err := mustTrain(t, examples, Options{Seed: seed}).Save(&file); err != nil {
			t.Fatal(err)
		}
		return file.Bytes()
	}
	first := save(3)
	cores := runtime.GOMAXPROCS(1)
	again := save(3)
	runtime.GOMAXPROCS(cores)
	if !bytes.Equal(first, again) {
		t.Error("the same seed gave another model on one core")
	}
	if bytes.Equal(first, save(4)) {
		t.Error("another seed gave the same model")
	}
}

func TestPredictionIsAProbability(t *testing.T) {
	m := mustTrain(t, part(t), Options{})
	for _, text := range []string{"", "?!", "zzxqj", "transfer 20 dollars to my savings", strings.Repeat("weather ", 5000)} {
		p := m.Predict(text)
		sum, most := 0.0, 0.0
		for _, x := range p.Probabilities {
			sum += x
			most = max(most, x)
		}
		if math.Abs(sum-1) > 1e-9 || p.Confidence != most || p.Margin < 0 || p.Margin > p.Confidence {
			t.Errorf("%.20q: %+v", text, p)
		}
	}
	if sure, unsure := m.Predict("what is the weather like in paris").Confidence, m.Predict("").Confidence; sure < 0.9 || unsure > 0.6 {
		t.Errorf("confidence %.2f in a plain message and %.2f in none", sure, unsure)
	}
}

func TestConfidenceIsCalibrated(t *testing.T) {
	all := part(t)
	r := Evaluate(mustTrain(t, all[:96], Options{}), all[96:])
	mean := 0.0
	for _, row := range r.Rows {
		mean += row.Confidence / float64(len(r.Rows))
	}
	if math.Abs(mean-r.Accuracy) > 0.06 {
		t.Errorf("mean confidence %.3f, accuracy %.3f", mean, r.Accuracy)
	}
}

func TestOtherLanguagesUseNGramsAlone(t *testing.T) {
	var examples []Example
	for _, text := range []string{"Wie wird das Wetter morgen", "Regnet es heute noch", "Scheint am Sonntag die Sonne"} {
		examples = append(examples, Example{Text: text, Category: "Wetter", Group: -1})
	}
	for _, text := range []string{"Überweise Geld auf mein Sparkonto", "Wie hoch ist mein Kontostand", "Sperre bitte meine Karte"} {
		examples = append(examples, Example{Text: text, Category: "Bank", Group: -1})
	}
	m := mustTrain(t, examples, Options{})
	if m.UsesVectors() {
		t.Error("English word vectors are used for German")
	}
	if p := m.Predict("Ist das Wetter am Sonntag gut"); p.Category != "Wetter" {
		t.Errorf("read as %s", p.Category)
	}
}

func TestTrainSaysWhatIsMissing(t *testing.T) {
	ask := func(texts ...string) (list []Example) {
		for _, text := range texts {
			list = append(list, Example{Text: text, Category: "ask", Group: -1})
		}
		return list
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	for name, c := range map[string]struct {
		ctx      context.Context
		examples []Example
		want     error
		says     string
	}{
		"nothing":      {t.Context(), nil, ErrFewCategories, "there are 0"},
		"one category": {t.Context(), ask("a", "b", "c"), ErrFewCategories, "there are 1"},
		"one message":  {t.Context(), append(ask("a", "b"), Example{Text: "hi", Category: "greet"}), ErrFewMessages, "greet"},
		"stopped":      {stopped, part(t), context.Canceled, "stopped"},
	} {
		_, err := Train(c.ctx, c.examples, Options{})
		if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Train(t.Context(), append(ask("a", "b"), Example{Text: "no category"}), Options{}); err == nil || !strings.Contains(err.Error(), "message 3 has no category") {
		t.Errorf("without a category: %v", err)
	}
}
