package exchange

import (
	"strings"
	"testing"
)

func TestWriteCard(t *testing.T) {
	var b strings.Builder
	err := WriteCard(&b, DatasetCard{
		Title: "Career: a \"coach\"", Language: "en", Licence: "cc-by-4.0", Synthetic: 600, Real: 40,
		Splits:     []CardSplit{{"train", "intent/train.csv", 512}, {"validation", "intent/val.csv", 64}, {"test", "intent/test.csv", 64}},
		Categories: []CardCategory{{"rag_query", "Asks for a fact | or how to", 320}, {"chit: chat", "Small\ntalk", 320}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"---\nlicense: \"cc-by-4.0\"\nlanguage:\n- \"en\"\npretty_name: \"Career: a \\\"coach\\\"\"\n",
		"size_categories:\n- n<1K\n",
		"configs:\n- config_name: default\n  data_files:\n  - split: train\n    path: \"intent/train.csv\"\n  - split: validation\n    path: \"intent/val.csv\"\n  - split: test\n",
		"        names:\n          '0': \"rag_query\"\n          '1': \"chit: chat\"\n",
		"# Career: a \"coach\"\n", "640 messages: 600 written for this dataset, 40 real.",
		"| train | intent/train.csv | 512 |\n", "| rag_query | 320 | Asks for a fact \\| or how to |\n", "| chit: chat | 320 | Small talk |\n",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the card lacks\n%s\nin\n%s", want, b.String())
		}
	}
}
