package i18n

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"testing"
)

func TestErrorFillsInItsValuesAndUnwrapsItsCauses(t *testing.T) {
	errClosed := Error("the shop is closed")
	err := Error("could not buy {{.N}} {{.Thing}}: {{.Cause}}", Values{"N": 3, "Thing": "{{.N}} eggs", "Cause": fmt.Errorf("at the door: %w", errClosed)})
	if got, want := err.Error(), "could not buy 3 {{.N}} eggs: at the door: the shop is closed"; got != want {
		t.Errorf("%q, not %q", got, want)
	}
	if !errors.Is(err, errClosed) || errors.Is(err, io.EOF) || errors.Is(err, Error("the shop is closed")) {
		t.Error("its causes are not its own")
	}
	var found *Text
	if !errors.As(fmt.Errorf("today: %w", err), &found) {
		t.Fatal("it can't be found in a chain")
	}
	if template, values := found.Parts(); template != "could not buy {{.N}} {{.Thing}}: {{.Cause}}" || values["N"] != 3 {
		t.Errorf("it falls into %q and %v", template, values)
	}
	if nothing := (Text{}); nothing.String() != "" {
		t.Errorf("the zero text is %q", nothing)
	}
}

func TestTextSurvivesJSON(t *testing.T) {
	said := T("{{.First}} {{.Then}}", Values{
		"First": T("{{.N}} of them are right.", Values{"N": 7}), "Then": T("That is {{.How}}.", Values{"How": "{{.N}} é"}),
	})
	data, err := json.Marshal([]Text{said})
	if err != nil {
		t.Fatal(err)
	}
	var back []Text
	if err := json.Unmarshal(data, &back); err != nil || len(back) != 1 || back[0].String() != said.String() {
		t.Fatalf("%s became %v: %v", data, back, err)
	}
	_, values := back[0].Parts()
	if first, ok := values["First"].(Text); !ok || first.template != "{{.N}} of them are right." || first.values["N"] != "7" {
		t.Errorf("the first has become %v", values["First"])
	}
	var text Text
	if err := json.Unmarshal([]byte(`"as it was kept before"`), &text); err != nil || text.String() != "as it was kept before" {
		t.Errorf("a text became %q: %v", text, err)
	}
}

func TestOneIsNotMany(t *testing.T) {
	for n, want := range map[int]string{0: "0 messages of a", 1: "1 message of a", 2: "2 messages of a"} {
		if got := N("1 message of {{.Name}}", "{{.N}} messages of {{.Name}}", n, Values{"Name": "a"}).String(); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
}
