package formats

import (
	"encoding/json"
	"io"
	"path"

	"seedbed/localdb/exchange"
)

// classLabels reads the names of labels out of the dataset_infos.json that Hugging Face
// puts beside the files of a dataset, in which labels are numbers.
func classLabels(all []recognised) map[string][]string {
	for _, e := range all {
		if e.entry == nil || !describesLabels(e.entry) {
			continue
		}
		f, err := e.entry.Open()
		if err != nil {
			continue // it is rejected with the others that can't be unpacked
		}
		var info any
		err = json.NewDecoder(io.LimitReader(f.Text(), 16<<20)).Decode(&info)
		if err == nil && f.Close() == nil {
			labels := map[string][]string{}
			findLabels(info, labels, 0)
			return labels
		}
	}
	return nil
}

func describesLabels(e *exchange.Entry) bool {
	name := path.Base(e.Name)
	return name == "dataset_infos.json" || name == "dataset_info.json"
}

// findLabels goes through a description down to {"features": {"label": {"names": […]}}}.
func findLabels(value any, labels map[string][]string, depth int) {
	object, ok := value.(map[string]any)
	if !ok || depth > 6 {
		return
	}
	for column, inner := range object {
		feature, _ := inner.(map[string]any)
		names, ok := feature["names"].([]any)
		if !ok {
			findLabels(inner, labels, depth+1)
			continue
		}
		for _, name := range names {
			text, _ := name.(string)
			labels[column] = append(labels[column], text)
		}
	}
}
