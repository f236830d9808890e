package gen

import (
	"context"
	"log/slog"

	"seedbed/assets/i18n"
	"seedbed/gen/check"
	"seedbed/gen/scheduler"
)

// How many messages a dataset has that is checked after a run: fewer say too little of
// their categories, and more take longer than a second or two.
const (
	fewestChecked = 200
	mostChecked   = 20_000
)

// flagSuspects checks a dataset to which a language model has added messages: those that
// read as another category are flagged, and the result's note says how many. The built-in
// writer's own messages have been read by people.
func (job Job) flagSuspects(ctx context.Context, result *Result) {
	if result.State != scheduler.Done || result.Messages == 0 || job.Writer.Info().Model == "" {
		return
	}
	counts, err := job.Dataset.Counts(ctx)
	if err != nil || counts.Total < fewestChecked || counts.Total > mostChecked {
		return
	}
	if job.Progress != nil {
		job.Progress(Progress{Kept: result.Messages, Note: i18n.T("Looking for messages that read as another category.")})
	}
	checked, err := check.Run(ctx, job.Dataset, check.Options{})
	if err != nil { // there may be too few messages to learn from
		slog.Info("no check after the run", "cause", err)
		return
	}
	if result.Suspects = checked.Suspects; result.Suspects > 0 && result.Note.IsZero() {
		result.Note = i18n.T("{{.N}} messages of the dataset read as another category than theirs. They are flagged; look at them in Review.", i18n.Values{"N": result.Suspects})
	}
}
