package annotation

import (
	"bytes"
	"io"
	"maps"
	"path"
	"slices"
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
	About: "A zip file of a dataset with its README.md, dataset_infos.json, a model’s config.json or a list of labels, which name the labels that CSV, JSON and Parquet hold as numbers.",
}

// maxCard bounds the files that describe a dataset, in bytes.
const maxCard = 4 << 20

func recogniseDataset(f *exchange.File) exchange.Evidence {
	entries, _ := f.Entries() // whoever reads it tells what is wrong with it
	if found := cardsOf(f); len(found.names) == 0 || !slices.ContainsFunc(entries, found.isData) {
		return exchange.Evidence{}
	}
	return exchange.Evidence{Sureness: exchange.Sure, Why: i18n.T("it holds data and a list of label names, like a Hugging Face dataset")}
}

// cardNames are what files are called that describe a dataset or its model.
var cardNames = []string{
	"README.md", "dataset_infos.json", "dataset_info.json", "config.json", "id2label.json", "label2id.json", "label_map.json", "label_names.json", "labels.json",
	"classes.json", "classes.txt", "labels.txt", "label_names.txt",
}

func isCard(e *exchange.Entry) bool {
	return e.Size <= maxCard && slices.Contains(cardNames, path.Base(e.Name))
}

func (c cards) isData(e *exchange.Entry) bool {
	return !c.files[e] && path.Base(e.Name) != "README.md" && slices.Contains([]string{".csv", ".tsv", ".jsonl", ".json", ".parquet"}, path.Ext(e.Name))
}

func readDataset(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	found := cardsOf(f)
	o.Labels = found.names
	return exchange.NewReading(o, exchange.Facts{Format: Dataset}, func(r *exchange.Reading) error {
		entries, err := f.Entries()
		if err != nil {
			return err
		}
		for _, e := range entries {
			if !found.isData(e) || r.Stopped() {
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

// cards are the files that describe a dataset, and the names of labels by column in them.
type cards struct {
	names map[string][]string
	files map[*exchange.Entry]bool
}

func cardsOf(f *exchange.File) cards {
	return exchange.Once(f, "annotation.cards", func() cards {
		found := cards{map[string][]string{}, map[*exchange.Entry]bool{}}
		entries, _ := f.Entries()
		for _, e := range entries {
			if !isCard(e) {
				continue
			}
			card, err := e.Open()
			if err != nil {
				continue
			}
			if names := jsonfile.LabelNames(cardOf(card)); len(names) > 0 {
				maps.Copy(found.names, names)
				found.files[e] = true
			}
			_ = card.Close() // it was only read
		}
		return found
	})
}

func notText(value any) bool {
	_, is := value.(string)
	return !is
}

// cardOf gives what describes a dataset: JSON, the YAML at the top of README.md, or a list
// of names, one a line.
func cardOf(f *exchange.File) any {
	root := jsonitems.Root(f)
	if list, ok := root.([]any); ok && slices.ContainsFunc(list, notText) {
		return nil // records
	}
	if _, object := root.(map[string]any); object {
		return root
	}
	if root != nil {
		return map[string]any{"label_names": root}
	}
	text, err := io.ReadAll(f.Text())
	if path.Ext(f.Name) == ".txt" {
		lines := strings.Split(strings.TrimSpace(string(text)), "\n")
		names := make([]any, len(lines))
		for i, line := range lines {
			names[i] = strings.TrimSpace(line)
		}
		return map[string]any{"label_names": names}
	}
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
