package cli

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"seedbed/gen/intent"
	"seedbed/localdb/atomicfile"
)

type evaluateCommand struct {
	Model    string `required:"" placeholder:"MODEL" type:"existingfile" help:"A check model that train saved."`
	TestData string `required:"" placeholder:"FILE.csv" type:"existingfile" help:"Labelled messages that the model has not learned from."`
	Output   string `required:"" placeholder:"DIR" help:"The folder for the report, the picture and the predictions."`
	readFlags
	JSON bool `name:"json" help:"Write the result to standard output as JSON."`
}

// Help is shown below the flags.
func (evaluateCommand) Help() string {
	return "Writes evaluation_report.txt, confusion_matrix.png and predictions.csv. Test data is any table with a message and a category column. Rows without a category, or of the category oos or out_of_scope, test whether the model turns away what belongs to none of its categories; predictions.csv then says none where it does.\n\nExample:\n  seedbed evaluate --model intent.model --test-data intent/test.csv --output results/"
}

// modelScores say how a model did on messages with known categories; all scores are
// shares from 0 to 1.
type modelScores struct {
	Messages    int                       `json:"messages"`
	Accuracy    float64                   `json:"accuracy"`
	MacroF1     float64                   `json:"macro_f1"`
	WeightedF1  float64                   `json:"weighted_f1"`
	PerCategory map[string]categoryScores `json:"per_category"`
	// Unknown counts the messages of categories that the model never learned, all of
	// which are mistakes.
	Unknown map[string]int `json:"unknown_categories"`
	// OutOfScope is of the messages of no category, which count in no other score; null
	// where there are none.
	OutOfScope *outOfScopeScores `json:"out_of_scope"`
}

// outOfScopeScores say how well messages of no category are told from the others, as
// shares from 0 to 1.
type outOfScopeScores struct {
	Messages   int     `json:"messages"`
	AUROC      float64 `json:"auroc"`
	FPR95      float64 `json:"fpr_at_95"`   // let through where 95 % of the others are kept
	TurnedAway float64 `json:"turned_away"` // at the model's default threshold
	Kept       float64 `json:"kept"`        // of the others, likewise
}

type categoryScores struct {
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
	Messages  int     `json:"messages"`
}

// evaluateReport is the result of evaluate.
type evaluateReport struct {
	modelScores
	readReport
	Files []string `json:"files"`

	text string
}

// Run tests a model and writes what came of it.
func (c *evaluateCommand) Run(ctx context.Context, t *terminal) error {
	report, err := c.evaluate(ctx, t)
	if err != nil {
		return err
	}
	return t.result(c.JSON, report, report.print)
}

// check refuses a folder in which something else would be destroyed.
func (c *evaluateCommand) check(t *terminal) error {
	return t.checkOutputFolder(c.Output, []string{"evaluation_report.txt", "confusion_matrix.png", "predictions.csv"}, c.Model, c.TestData)
}

func (c *evaluateCommand) evaluate(ctx context.Context, t *terminal) (evaluateReport, error) {
	if err := c.check(t); err != nil {
		return evaluateReport{}, err
	}
	model, err := loadModel(c.Model)
	if err != nil {
		return evaluateReport{}, err
	}
	tested, err := testOn(ctx, t, model, c.TestData, c.readFlags)
	if err != nil {
		return evaluateReport{}, err
	}
	report := evaluateReport{modelScores: tested.modelScores, readReport: tested.read, text: tested.report.Text()}
	predictions := tested.report
	if predictions.OutOfScope != nil {
		predictions = predictions.WithNone()
	}
	for name, write := range map[string]func(io.Writer) error{
		"evaluation_report.txt": func(w io.Writer) error { _, err := io.WriteString(w, report.text); return err },
		"confusion_matrix.png":  tested.report.WriteConfusionPNG,
		"predictions.csv":       predictions.WriteCSV,
	} {
		path := filepath.Join(c.Output, name)
		if err := atomicfile.Write(path, write); err != nil {
			return report, fmt.Errorf("%s was not written: %w", path, err)
		}
		report.Files = append(report.Files, path)
	}
	slices.Sort(report.Files)
	return report, nil
}

func (r evaluateReport) print(w io.Writer) {
	fmt.Fprint(w, r.text)
	printf(w, "\nFiles: %s\n", strings.Join(r.Files, ", "))
}

// tested is a model's test on a file.
type tested struct {
	modelScores
	read   readReport
	report intent.Report
}

// testOn tests a model on the labelled messages of a file.
func testOn(ctx context.Context, t *terminal, model *intent.Model, path string, f readFlags) (tested, error) {
	file, err := readLabelled(ctx, t, path, f, true)
	if err != nil {
		return tested{}, err
	}
	r := intent.Evaluate(model, examplesOf(file.rows))
	scores := modelScores{
		Messages: r.Messages, Accuracy: r.Accuracy, MacroF1: r.Macro.F1, WeightedF1: r.Weighted.F1,
		PerCategory: map[string]categoryScores{}, Unknown: map[string]int{},
	}
	for _, c := range r.Categories {
		scores.PerCategory[c.Name] = categoryScores{c.Precision, c.Recall, c.F1, c.Support}
		if c.Support > 0 && !slices.Contains(model.Categories(), c.Name) {
			scores.Unknown[c.Name] = c.Support
			t.say("The model has not learned the category %q: its %d messages in %s count as mistakes.", c.Name, c.Support, path)
		}
	}
	if o := r.OutOfScope; o != nil {
		scores.OutOfScope = &outOfScopeScores{o.Messages, o.AUROC, o.FPR95, o.TurnedAway, o.Kept}
	}
	return tested{scores, file.read, r}, nil
}
