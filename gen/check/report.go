package check

import (
	"io"
	"path/filepath"

	"seedbed/assets/i18n"
	"seedbed/gen/intent"
	"seedbed/localdb/atomicfile"
)

// The files of a report.
const (
	ReportFile      = "evaluation_report.txt"
	ConfusionFile   = "confusion_matrix.png"
	PredictionsFile = "predictions.csv"
)

// WriteReport writes an evaluation into a folder that exists: the figures to read, the
// confusion matrix as a picture, and each message with its prediction.
func WriteReport(dir string, r intent.Report) error {
	for name, write := range map[string]func(io.Writer) error{
		ReportFile:      func(to io.Writer) error { _, err := io.WriteString(to, r.Text()); return err },
		ConfusionFile:   r.WriteConfusionPNG,
		PredictionsFile: r.WriteCSV,
	} {
		if err := atomicfile.Write(filepath.Join(dir, name), write); err != nil {
			return i18n.Error("{{.File}} could not be written: {{.Cause}}", i18n.Values{"File": name, "Cause": err})
		}
	}
	return nil
}
