package jsonfile_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	pq "github.com/parquet-go/parquet-go"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/exchangetest"
	"seedbed/localdb/exchange/formats"
)

// labelled gives "category: message" of each row of a file.
func labelled(t *testing.T, name string, content []byte) (lines []string) {
	t.Helper()
	rows, _, _ := exchangetest.Rows(t, exchange.BytesFile(name, content), exchange.Options{}, formats.Read)
	for _, r := range rows {
		lines = append(lines, r.Category+": "+r.Message)
	}
	return lines
}

var ordered = []string{"order: where is my parcel", "refund: I want it back"}

func TestPredictionsAreLabelsWithTheirScore(t *testing.T) {
	for _, file := range []string{
		`[{"text":"where is my parcel","predictions":[{"label":"order","score":0.98},{"label":"refund","score":0.02}]},{"text":"I want it back","predictions":[{"label":"order","score":0.1},{"label":"refund","score":0.98}]}]`,
		`[{"text":"where is my parcel","prediction":[[{"label":"refund","score":0.02},{"label":"order","score":0.98}]]},{"text":"I want it back","prediction":[[{"label":"refund","score":0.98}]]}]`,
		`[{"text":"where is my parcel","labels":[{"label":"order","score":0.98},{"label":"refund","score":0.02}]},{"text":"I want it back","labels":[{"label":"refund","score":0.98}]}]`,
		`[{"text":"where is my parcel","output":{"label":"order","score":0.98}},{"text":"I want it back","output":{"label":"refund","score":0.98}}]`,
		`[{"sequence":"where is my parcel","labels":["order","refund"],"scores":[0.98,0.02]},{"sequence":"I want it back","labels":["refund","order"],"scores":[0.98,0.1]}]`,
	} {
		rows, _, _ := exchangetest.Rows(t, exchange.BytesFile("p.json", []byte(file)), exchange.Options{}, formats.Read)
		if got := exchangetest.Labels(rows, nil); got != "1 \"where is my parcel\" order 0.98\n2 \"I want it back\" refund 0.98\n" {
			t.Errorf("%s\nis read as\n%s", file, got)
		}
	}
	both := `[{"text":"where is my parcel","predictions":[{"label":"order","score":0.9},{"label":"refund","score":0.8}]},{"text":"I want it back","predictions":[{"label":"order","score":0.1},{"label":"refund","score":0.9}]}]`
	if got := labelled(t, "p.json", []byte(both)); got[0] != ": where is my parcel" || got[1] != ordered[1] {
		t.Errorf("where several hold: %q", got)
	}
	gold := `[{"text":"where is my parcel","label":"order","prediction":[{"label":"refund","score":0.6}]},{"text":"I want it back","label":"refund","prediction":[{"label":"refund","score":0.9}]}]`
	rows, _, _ := exchangetest.Rows(t, exchange.BytesFile("p.json", []byte(gold)), exchange.Options{}, formats.Read)
	if rows[0].Category != "order" || rows[0].HasConfidence {
		t.Errorf("beside a label of its own: %+v", rows[0])
	}
	for _, alone := range []string{`[{"label":"order","score":0.98},{"label":"refund","score":0.7}]`, `[[{"label":"order","score":0.98}],[{"label":"refund","score":0.9}]]`} {
		if _, err := formats.Read(exchange.BytesFile("p.json", []byte(alone)), exchange.Options{}); err == nil || !strings.Contains(err.Error(), "not the messages they are of") {
			t.Errorf("%s: %v", alone, err)
		}
	}
}

func TestNumbersGetTheNamesThatTheFileSays(t *testing.T) {
	for _, file := range []string{
		`{"label_names":["order","refund"],"data":[{"text":"where is my parcel","label":0},{"text":"I want it back","label":1}]}`,
		`{"id2label":{"0":"order","1":"refund"},"examples":[{"text":"where is my parcel","label":0},{"text":"I want it back","label":1}]}`,
		`{"label2id":{"refund":1,"order":0},"data":[{"text":"where is my parcel","labels":[0]},{"text":"I want it back","labels":[1]}]}`,
		`{"features":{"text":{"dtype":"string","_type":"Value"},"label":{"names":["order","refund"],"_type":"ClassLabel"}},"train":[{"text":"where is my parcel","label":0},{"text":"I want it back","label":1}]}`,
		`{"train":[{"text":"where is my parcel","intent":"0"},{"text":"I want it back","intent":"1"}],"classNames":["order","refund"]}`,
	} {
		if got := labelled(t, "f.json", []byte(file)); !slices.Equal(got, ordered) {
			t.Errorf("%s is read as %q", file, got)
		}
	}
	several := `{"label_names":["order","refund"],"data":[{"text":"where is my parcel","labels":[0]},{"text":"both of them","labels":[0,1]},{"text":"none of them","labels":[]}]}`
	if got := labelled(t, "f.json", []byte(several)); !slices.Equal(got, []string{ordered[0], ": both of them", ": none of them"}) {
		t.Errorf("lists: %q", got)
	}
	named := `{"classes":["a","b"],"data":[{"text":"where is my parcel","label":"order"},{"text":"I want it back","label":"7"}]}`
	if got := labelled(t, "f.json", []byte(named)); !slices.Equal(got, []string{ordered[0], "7: I want it back"}) {
		t.Errorf("labels that are none of the numbers: %q", got)
	}
	config := `{"architectures":["Bert"],"id2label":{"0":"order","1":"refund"}}`
	if _, err := formats.Read(exchange.BytesFile("config.json", []byte(config)), exchange.Options{}); err == nil || !strings.Contains(err.Error(), "names the labels of a model") {
		t.Errorf("names alone: %v", err)
	}
	for _, beside := range [][2]string{
		{"config.json", config},
		{"labels.json", `["order","refund"]`},
		{"data/classes.txt", "order\nrefund\n"},
		{"README.md", "---\ndataset_info:\n  features:\n  - name: label\n    dtype:\n      class_label:\n        names:\n          '0': order\n          '1': refund\n---\n"},
		{"dataset_info.json", `{"features":{"label":{"names":["order","refund"],"_type":"ClassLabel"}}}`},
	} {
		packed := exchangetest.Zip(t, beside[0], beside[1], "train.csv", "text,label\nwhere is my parcel,0\nI want it back,1\n")
		if got := labelled(t, "d.zip", packed); !slices.Equal(got, ordered) {
			t.Errorf("with %s beside it: %q", beside[0], got)
		}
	}
}

func TestParquetNamesTheNumbersInLists(t *testing.T) {
	for features, want := range map[string]string{
		`{"labels":{"feature":{"names":["order","refund"],"_type":"ClassLabel"},"_type":"Sequence"}}`: "order",
		`{"labels":[{"names":["order","refund"],"_type":"ClassLabel"}]}`:                              "order",
		`{"labels":{"feature":{"dtype":"int64","_type":"Value"},"_type":"List"}}`:                     "0",
	} {
		type row struct {
			Text   string  `parquet:"text"`
			Labels []int64 `parquet:"labels,list"`
		}
		var b bytes.Buffer
		w := pq.NewGenericWriter[row](&b, pq.KeyValueMetadata("huggingface", `{"info":{"features":`+features+`}}`))
		if _, err := w.Write([]row{{"where is my parcel", []int64{0}}, {"both of them", []int64{0, 1}}}); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if got := labelled(t, "d.parquet", b.Bytes()); !slices.Equal(got, []string{want + ": where is my parcel", ": both of them"}) {
			t.Errorf("%s: %q", features, got)
		}
	}
}
