package label

import (
	"encoding/csv"
	"hash/fnv"
	"math"
	"os"
	"strings"
	"testing"

	"seedbed/assets/i18n"
	"seedbed/gen/gentest"
	"seedbed/gen/openai/openaitest"
	"seedbed/gen/scheduler"
	"seedbed/localdb"
)

// labelledFile reads messages with their categories.
func labelledFile(t *testing.T, name string) (texts []string, category map[string]string) {
	t.Helper()
	f, err := os.Open("../testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	category = map[string]string{}
	for _, row := range rows[1:] {
		texts, category[row[0]] = append(texts, row[0]), row[1]
	}
	return texts, category
}

// accepted puts messages into a dataset as a person labels them.
func accepted(t *testing.T, d *localdb.Dataset, texts []string, category map[string]string) []int64 {
	t.Helper()
	var list []localdb.Message
	for _, text := range texts {
		list = append(list, localdb.Message{Text: text, Category: category[text], Confidence: 1, LabelledBy: localdb.ByPerson, Status: localdb.Accepted, Source: localdb.Real})
	}
	ids, err := d.Add(t.Context(), i18n.T("Merge"), list)
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// toLabel puts messages without a category into a dataset.
func toLabel(t *testing.T, d *localdb.Dataset, texts []string) []int64 {
	t.Helper()
	var list []localdb.Message
	for _, text := range texts {
		list = append(list, localdb.Message{Text: text, Source: localdb.Real})
	}
	ids, err := d.Add(t.Context(), i18n.T("Merge"), list)
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// overconfident is a labeller that is right in two of three labels and mostly surer than that:
// it states 0.85 to 1, and the more the oftener it is right.
func overconfident(category map[string]string) func(string, []string) (string, float64) {
	return func(text string, categories []string) (string, float64) {
		h := fnv.New64a()
		h.Write([]byte(text))
		draw := float64(h.Sum64()%1000) / 1000
		stated := 0.85 + 0.15*float64(h.Sum64()/1000%4)/3
		right := 0.3 + 0.6*(stated-0.85)/0.15 + 0.07
		if draw < right {
			return category[text], stated
		}
		for _, other := range categories {
			if other != category[text] {
				return other, stated
			}
		}
		return "", 0
	}
}

// calibrationError is the expected calibration error (Guo et al., 2017) of the labels of
// messages, in ten bins.
func calibrationError(list []localdb.Message, category map[string]string) float64 {
	var confidence, right, count [10]float64
	for _, m := range list {
		bin := min(9, int(10*m.Confidence))
		count[bin]++
		confidence[bin] += m.Confidence
		if m.Category == category[m.Text] {
			right[bin]++
		}
	}
	sum := 0.0
	for b := range count {
		sum += math.Abs(confidence[b] - right[b])
	}
	return sum / float64(len(list))
}

func TestTheConfidenceIsCalibratedOnWhatPeopleLabelled(t *testing.T) {
	t.Parallel()
	byPeople, truth := labelledFile(t, "realstyle_dev.csv")
	texts, more := labelledFile(t, "realstyle_held.csv")
	for text, category := range more {
		truth[text] = category
	}
	errorOf := map[bool]float64{}
	for _, calibrated := range []bool{false, true} {
		d := gentest.NewDataset(t)
		people := 29
		if calibrated {
			people = len(byPeople)
		}
		known := accepted(t, d, byPeople[:people], truth)
		ids := toLabel(t, d, texts)
		s := openaitest.New(t, openaitest.Options{Label: overconfident(truth)})
		l := endpointLabeller(s, gentest.Price)
		estimate, err := EstimateRun(t.Context(), d, l, Plan{})
		if err != nil {
			t.Fatal(err)
		}
		r := labelAll(t, d, l, Plan{})
		if r.State != scheduler.Done || r.Labelled != len(texts) || r.Messages != len(texts) || r.Requests != estimate.Requests || (r.Calibration != nil) != calibrated {
			t.Fatalf("%+v, estimated %+v", r, estimate)
		}
		list := gentest.Messages(t, d, localdb.Filter{IDs: ids})
		errorOf[calibrated] = calibrationError(list, truth)
		t.Logf("calibrated %v: error %.3f; %s", calibrated, errorOf[calibrated], r.Note)
		if calibrated {
			if estimate.Calibrating != 100 || r.Calibration.Messages != 100 || !strings.HasPrefix(r.Note.String(), "Their confidence is calibrated: gpt-6-luna also labelled 100 messages that people had labelled, ") {
				t.Errorf("%+v, %s", r.Calibration, r.Note)
			}
		} else {
			if estimate.Calibrating != 0 || !strings.Contains(r.Note.String(), "at most 95 %") {
				t.Errorf("%+v, %s", estimate, r.Note)
			}
			for _, m := range list {
				if m.Confidence > 0.95 {
					t.Fatalf("%+v", m)
				}
			}
		}
		for _, m := range gentest.Messages(t, d, localdb.Filter{IDs: known}) {
			if m.Category != truth[m.Text] || m.LabelledBy != localdb.ByPerson || m.Confidence != 1 {
				t.Fatalf("a person's label became %+v", m)
			}
		}
	}
	if errorOf[true] > 0.1 || errorOf[false] < 0.2 {
		t.Errorf("the calibration error is %.3f with and %.3f without", errorOf[true], errorOf[false])
	}
}

func TestCalibrationNeverFalls(t *testing.T) {
	t.Parallel()
	backwards := make([]judgement, 60) // surer where it is wrong
	for i := range backwards {
		backwards[i] = judgement{0.6, true, true}
		if i%2 == 0 {
			backwards[i] = judgement{0.99, true, false}
		}
	}
	same := make([]judgement, 40)
	silent := make([]judgement, 40)
	for i := range same {
		same[i] = judgement{0.9, true, i%4 != 0}
		silent[i] = judgement{agreed: i%4 != 0}
	}
	for name, c := range map[string]struct {
		list []judgement
		want float64 // at 0.9
	}{"backwards": {backwards, 0.5}, "always as sure": {same, 0.75}, "silent": {silent, 0.75}} {
		fit := calibrate(c.list)
		before := 0.0
		for stated := 0.0; stated <= 1; stated += 0.05 {
			got := fit.confidence(stated, true)
			if got < before-1e-9 || !(got > 0 && got < 1) {
				t.Errorf("%s: %v at %v after %v", name, got, stated, before)
			}
			before = got
		}
		if got := fit.confidence(0.9, true); math.Abs(got-c.want) > 0.04 {
			t.Errorf("%s: %.3f at 0.9, want %.2f", name, got, c.want)
		}
	}
	if calibrate(same[:29]) != nil {
		t.Error("29 are enough")
	}
	var none *Calibration
	if none.confidence(1, true) != 0.95 || none.confidence(0.4, true) != 0.4 || none.confidence(0, false) != 0.5 {
		t.Error("without calibration")
	}
}

func TestNoneOfTheCategories(t *testing.T) {
	t.Parallel()
	d := gentest.NewDataset(t)
	ids := unlabelled(t, d, 30)
	s := openaitest.New(t, openaitest.Options{Label: func(text string, categories []string) (string, float64) {
		switch {
		case strings.HasPrefix(text, "chitchat"):
			return "none of these", 0.9
		case strings.HasSuffix(text, "number 0"):
			return "?", 0.9
		}
		return firstWord(text, categories)
	}})
	l := endpointLabeller(s, gentest.Price)
	r := labelAll(t, d, l, Plan{})
	if r.Labelled != 19 || r.OutOfScope != 10 || r.Unlabelled != 11 ||
		r.Summary.String() != "19 of 30 messages are labelled; 10 seem to belong to none of the categories, and the answers for the other 1 had no readable label. Label them by hand, or try again." {
		t.Errorf("%+v: %s", r, r.Summary)
	}
	if !strings.Contains(s.Calls()[0].System, `or "none of these"`) {
		t.Errorf("the prompt doesn't offer it:\n%s", s.Calls()[0].System)
	}
	if without := checkLabels(t, d, ids); without != 11 {
		t.Errorf("%d have no label", without)
	}
	// An earlier label of a machine is taken away, and none of a person's.
	labelling := d.NewLabelling(localdb.ByCheck)
	if _, err := labelling.Store(t.Context(), []localdb.MachineLabel{{ID: ids[2], Category: "social", Confidence: 0.5}}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Label(t.Context(), ids[5:6], "learning", nil); err != nil {
		t.Fatal(err)
	}
	r = labelAll(t, d, l, Plan{Options: Options{Again: true}})
	if r.Messages != 29 || r.Labelled != 19 || r.OutOfScope != 9 {
		t.Errorf("again: %+v", r)
	}
	if m, _ := d.Message(t.Context(), ids[2]); m.Category != "" || m.LabelledBy != localdb.Nobody {
		t.Errorf("%+v", m)
	}
	if m, _ := d.Message(t.Context(), ids[5]); m.Category != "learning" {
		t.Errorf("%+v", m)
	}
}
