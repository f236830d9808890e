package sentence

import (
	"errors"
	"fmt"
	"io"
	"testing"
)

func TestSentence(t *testing.T) {
	errClosed := Error("the shop is closed")
	err := Error("could not buy {{.N}} {{.Thing}}: {{.Cause}}", Values{"N": 3, "Thing": "{{.N}} eggs", "Cause": fmt.Errorf("at the door: %w", errClosed)})
	if got, want := err.Error(), "could not buy 3 {{.N}} eggs: at the door: the shop is closed"; got != want {
		t.Errorf("%q, not %q", got, want)
	}
	if !errors.Is(err, errClosed) || errors.Is(err, io.EOF) || errors.Is(err, Error("the shop is closed")) {
		t.Error("its causes are not its own")
	}
	var found *Sentence
	if !errors.As(fmt.Errorf("today: %w", err), &found) {
		t.Fatal("it can't be found in a chain")
	}
	if template, values := found.Parts(); template != "could not buy {{.N}} {{.Thing}}: {{.Cause}}" || values["N"] != 3 {
		t.Errorf("it falls into %q and %v", template, values)
	}
	if nothing := (Sentence{}); nothing.String() != "" {
		t.Errorf("the zero sentence says %q", nothing)
	}
}
