package annotation

import (
	"bytes"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonfile"
	"seedbed/localdb/exchange/jsonitems"
	"seedbed/localdb/exchange/parquet"
	"seedbed/localdb/exchange/table"
)

// Dataset is a dataset of Hugging Face whose labels are numbers.
var Dataset = &exchange.Format{ID: "huggingface-dataset", Name: i18n.T("Hugging Face dataset"), Extension: ".zip"}

var datasetReader = exchange.Reader{
	Format: Dataset, Recognise: recogniseDataset, Read: readDataset,
	About: "A zip file of a dataset with its README.md or dataset_infos.json, which name the labels that CSV and JSON lines hold as numbers.",
}

// maxCard bounds the files that describe a dataset, in bytes.
const maxCard = 4 << 20

func recogniseDataset(f *exchange.File) exchange.Evidence {
	entries, _ := f.Entries() // whoever reads it tells what is wrong with it
	if len(labelNames(f)) == 0 || !slices.ContainsFunc(entries, isData) {
		return exchange.Evidence{}
	}
	return exchange.Evidence{Sureness: exchange.Sure, Why: i18n.T("it holds data and a list of label names, like a Hugging Face dataset")}
}

func isCard(e *exchange.Entry) bool {
	name := path.Base(e.Name)
	return e.Size <= maxCard && (name == "README.md" || name == "dataset_infos.json" || name == "dataset_info.json")
}

func isData(e *exchange.Entry) bool {
	return !isCard(e) && slices.Contains([]string{".csv", ".tsv", ".jsonl", ".json", ".parquet"}, path.Ext(e.Name))
}

func readDataset(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	o.Labels = labelNames(f)
	return exchange.NewReading(o, exchange.Facts{Format: Dataset}, func(r *exchange.Reading) error {
		entries, err := f.Entries()
		if err != nil {
			return err
		}
		for _, e := range entries {
			if !isData(e) || r.Stopped() {
				continue
			}
			if err := includeData(r, e, o); err != nil {
				return err
			}
		}
		return nil
	}), nil
}

// includeData reads one file of a dataset.
func includeData(r *exchange.Reading, e *exchange.Entry, o exchange.Options) error {
	f, err := e.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	best, sureness := exchange.Reader{}, exchange.No
	for _, reader := range slices.Concat(parquet.Readers, jsonfile.Readers, table.Readers) {
		if found := reader.Recognise(f); found.Sureness > sureness {
			best, sureness = reader, found.Sureness
		}
	}
	if best.Read == nil {
		r.SkipPlace(e.Name, i18n.T("is no table"))
		return nil
	}
	inner, err := best.Read(f, o)
	if err != nil {
		r.RejectPlace(e.Name, err)
		return nil
	}
	return r.Include(inner, e.Name)
}

// labelNames gives the names of labels by column, from the files that describe a dataset.
func labelNames(f *exchange.File) map[string][]string {
	return exchange.Once(f, "annotation.labelNames", func() map[string][]string {
		names := map[string][]string{}
		entries, _ := f.Entries()
		for _, e := range entries {
			if !isCard(e) {
				continue
			}
			card, err := e.Open()
			if err != nil {
				continue
			}
			collectNames(names, "", cardOf(card), 0)
			_ = card.Close() // it was only read
		}
		return names
	})
}

// cardOf gives what describes a dataset: JSON, or the YAML at the top of README.md.
func cardOf(f *exchange.File) any {
	if root := jsonitems.Root(f); root != nil {
		return root
	}
	text, err := io.ReadAll(f.Text())
	if err != nil || !bytes.HasPrefix(text, []byte("---")) {
		return nil
	}
	front, _, _ := bytes.Cut(bytes.TrimPrefix(text, []byte("---")), []byte("\n---"))
	var card any
	if yaml.Unmarshal(front, &card) != nil {
		return nil
	}
	return card
}

// maxCardDepth bounds how deep a description is looked into.
const maxCardDepth = 20

// collectNames finds class labels: in JSON {"label": {"names": […], "_type": "ClassLabel"}},
// in YAML {name: label, dtype: {class_label: {names: {'0': …}}}}.
func collectNames(names map[string][]string, column string, value any, depth int) {
	if depth > maxCardDepth {
		return
	}
	switch v := value.(type) {
	case []any:
		for _, e := range v {
			collectNames(names, column, e, depth+1)
		}
	case map[string]any:
		if called, ok := v["name"].(string); ok {
			column = called
		}
		if list := namesIn(v["names"]); list != nil && column != "" {
			names[column] = list
			return
		}
		for key, inner := range v {
			if !slices.Contains([]string{"dtype", "class_label", "feature", "sequence", "list", "type"}, strings.ToLower(key)) && v["name"] == nil {
				collectNames(names, key, inner, depth+1)
				continue
			}
			collectNames(names, column, inner, depth+1)
		}
	}
}

// namesIn gives names in the order of their numbers, of a list or of a mapping.
func namesIn(value any) (names []string) {
	list, _ := value.([]any)
	for _, e := range list {
		name, _ := jsonitems.Scalar(e)
		names = append(names, name)
	}
	numbered, _ := value.(map[string]any)
	for i := range len(numbered) {
		name, ok := numbered[strconv.Itoa(i)]
		if !ok {
			return nil
		}
		text, _ := jsonitems.Scalar(name)
		names = append(names, text)
	}
	return names
}
