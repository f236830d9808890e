package intent

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"seedbed/gen/intent/outofscope"

	"seedbed/assets/visible"

	"seedbed/assets/i18n"
)

// mistakesShown is how many mistakes the text of a report lists.
const mistakesShown = 20

// Text is the report to read: evaluation_report.txt.
func (r Report) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d messages\naccuracy  %.1f %%\nmacro F1  %.1f %%\n\n", r.Messages, 100*r.Accuracy, 100*r.Macro.F1)
	wide := utf8.RuneCountInString("weighted mean")
	for _, c := range r.Categories {
		wide = max(wide, utf8.RuneCountInString(visible.Line(c.Name)))
	}
	fmt.Fprintf(&b, "%-*s  precision  recall     F1  messages\n", wide, "category")
	line := func(name string, s Scores, messages int) {
		fmt.Fprintf(&b, "%-*s  %8.1f%%  %5.1f%%  %4.1f%%  %8d\n", wide, name, 100*s.Precision, 100*s.Recall, 100*s.F1, messages)
	}
	for _, c := range r.Categories {
		line(visible.Line(c.Name), c.Scores, c.Support)
	}
	b.WriteByte('\n')
	line("mean", r.Macro, r.Messages)
	line("weighted mean", r.Weighted, r.Messages)

	if o := r.OutOfScope; o != nil {
		fmt.Fprintf(&b, "\n%d more messages belong to none of the categories. The out-of-scope score tells them from the others with an AUROC of %.3f "+
			"and lets %.1f %% of them through where it keeps 95 %% of the others. The model's default threshold turns away %.1f %% of them and keeps %.1f %% of the others.\n",
			o.Messages, o.AUROC, 100*o.FPR95, 100*o.TurnedAway, 100*o.Kept)
	}

	if t := r.Transfer; t != nil {
		fmt.Fprintf(&b, "\nTrained on synthetic messages alone, the model reaches %.1f %% (%.1f to %.1f %%) of the accuracy that training on real ones gives: "+
			"%.1f %% against %.1f %% on the same %d real messages.\n",
			100*t.Share, 100*t.Low, 100*t.High, 100*t.Synthetic, 100*t.Real, t.Messages)
	}

	if pairs := r.ConfusedPairs(); len(pairs) > 0 {
		b.WriteString("\nmost often confused\n")
		for _, p := range pairs[:min(len(pairs), 10)] {
			fmt.Fprintf(&b, "%4d  %s read as %s\n", p.Messages, visible.Line(p.Given), visible.Line(p.Predicted))
		}
	}
	if wrong := r.Mistakes(); len(wrong) > 0 {
		shown := wrong[:min(len(wrong), mistakesShown)]
		fmt.Fprintf(&b, "\nmistakes, the surest %d of %d\n", len(shown), len(wrong))
		for _, row := range shown {
			fmt.Fprintf(&b, "%.2f  %s read as %s: %s\n", row.Confidence, visible.Line(row.Given), visible.Line(row.Predicted), visible.Line(strings.Join(strings.Fields(row.Text), " ")))
		}
	}
	return b.String()
}

// WriteCSV writes predictions.csv: each message with the category given and
// predicted, the confidence, whether it is right, and its out-of-scope score. A foreign
// message is right as None (see WithNone).
func (r Report) WriteCSV(to io.Writer) error {
	out := csv.NewWriter(to)
	lines := make([][]string, 1, 1+len(r.Rows))
	lines[0] = []string{"message", "category", "predicted", "confidence", "correct", "out_of_scope"}
	for _, row := range r.Rows {
		right := row.Given == row.Predicted || row.Foreign && row.Predicted == outofscope.None
		lines = append(lines, []string{
			row.Text, row.Given, row.Predicted,
			strconv.FormatFloat(row.Confidence, 'f', 4, 64), strconv.FormatBool(right), strconv.FormatFloat(row.OutOfScope, 'f', 4, 64),
		})
	}
	if err := out.WriteAll(lines); err != nil {
		return i18n.Error("the predictions could not be written: {{.Cause}}", i18n.Values{"Cause": err})
	}
	return nil
}
