package annotation_test

import (
	"testing"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/annotation"
	"seedbed/localdb/exchange/exchangetest"
	"seedbed/localdb/exchange/formats"
)

func TestFiles(t *testing.T) { exchangetest.Cases(t, formats.Read) }

func FuzzReaders(f *testing.F) { exchangetest.Fuzz(f, annotation.Readers...) }

func TestNumbersGetTheirNamesInDatasets(t *testing.T) {
	yaml := "---\nlicense: mit\ndataset_info:\n- config_name: a\n  features:\n  - name: text\n    dtype: string\n  - name: label\n    dtype:\n      class_label:\n        names:\n          '0': refund\n          '1': delivery\n---\n# A dataset\n"
	infos := `{"default": {"description": "", "features": {"text": {"dtype": "string", "_type": "Value"}, "label": {"num_classes": 2, "names": ["refund", "delivery"], "_type": "ClassLabel"}}}}`
	for name, files := range map[string][]string{
		"README.md":          {"d/README.md", yaml, "d/train.csv", "text,label\nmoney back,0\nwhere is it,1\nno label,-1\n"},
		"dataset_infos.json": {"d/dataset_infos.json", infos, "d/train.jsonl", "{\"text\": \"money back\", \"label\": 0}\n{\"text\": \"where is it\", \"label\": 1}\n{\"text\": \"no label\", \"label\": -1}\n"},
	} {
		rows, _, reading := exchangetest.Rows(t, exchange.BytesFile("d.zip", exchangetest.Zip(t, files...)), exchange.Options{}, formats.Read)
		if len(rows) != 3 || rows[0].Category != "refund" || rows[1].Category != "delivery" || rows[2].Category != "" || reading.Facts.Format != annotation.Dataset {
			t.Errorf("%s: got %s %+v", name, reading.Facts.Format, rows)
		}
	}
}

func TestAnnotatorsWithFilesOfTheirOwnHaveToAgree(t *testing.T) {
	got := exchangetest.Describe(exchange.BytesFile("export.zip", exchangetest.Zip(t,
		"anna.jsonl", `{"id":1,"text":"money back","label":["refund"],"Comments":[]}`+"\n"+`{"id":2,"text":"which","label":["refund"],"Comments":[]}`+"\n",
		"ben.jsonl", `{"id":1,"text":"money back","label":["refund"],"Comments":[]}`+"\n"+`{"id":2,"text":"which","label":["delivery"],"Comments":[]}`+"\n"+`{"id":3,"text":"by one","label":["delivery"],"Comments":[]}`+"\n",
		"unknown.jsonl", `{"id":4,"text":"nobody","label":[],"Comments":[]}`+"\n",
	)), formats.Read)
	want := `format: doccano
anna.jsonl 1 "money back" category="refund"
anna.jsonl 2 "which"
ben.jsonl 3 "by one" category="delivery"
unknown.jsonl 1 "nobody"
noted: 1 annotators disagree, so it has no category
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestThePersonChoosesTheQuestion(t *testing.T) {
	f, err := exchange.OpenFile("testdata/labelstudio_annotators.json")
	if err != nil {
		t.Fatal(err)
	}
	rows, _, _ := exchangetest.Rows(t, f, exchange.Options{Columns: map[string]exchange.Field{"mood": exchange.Category}}, formats.Read)
	if rows[0].Category != "" || rows[0].Message != "I want my money back" {
		t.Errorf("one annotator said angry, the other nothing: got %+v", rows[0])
	}
}
