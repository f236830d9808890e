package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"seedbed/assets/i18n"
	"seedbed/gen/openai/openaitest"
	"seedbed/gen/starter"
	"seedbed/localdb"
)

func TestLabellingLearnsFromTheDataset(t *testing.T) {
	t.Setenv("OPENAI_API_KEY", "")
	folder := t.TempDir()
	data, input, output := filepath.Join(folder, "own.seedbed"), filepath.Join(folder, "in.csv"), filepath.Join(folder, "out.csv")
	d, err := starter.Default().Create(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	var list []localdb.Message
	for i := range 40 {
		list = append(list, localdb.Message{Text: fmt.Sprintf("my mentor number %d helps", i), Category: "social", Confidence: 1, LabelledBy: localdb.ByPerson, Status: localdb.Accepted, Source: localdb.Real})
	}
	if _, err := d.Add(t.Context(), i18n.T("Merge"), list); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	rows := "message\n"
	for i := range 35 {
		rows += fmt.Sprintf("who is the %d. mentor\n", i)
	}
	if err := os.WriteFile(input, []byte(rows+"how hot is the sun\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := openaitest.New(t, openaitest.Options{Label: func(text string, _ []string) (string, float64) {
		if strings.Contains(text, "sun") {
			return "none of these", 1
		}
		return "social", 1
	}})
	var out, said bytes.Buffer
	code := run(t.Context(), []string{"label", "--input", input, "--output", output, "--labeller", "openai", "--base-url", s.URL, "--model", "gpt-6-luna", "--dataset", data}, &out, &said)
	printed := out.String() + said.String()
	for _, part := range []string{
		"gpt-6-luna also labels 36 messages that people labelled.", "4 requests will cost about $", "35 of 36 messages are labelled; the other 1 seem to belong to none",
		"Their confidence is calibrated: gpt-6-luna also labelled 36 messages that people had labelled, 36 of them the same.",
	} {
		if code != 0 || !strings.Contains(printed, part) {
			t.Errorf("%d, without %q:\n%s", code, part, printed)
		}
	}
	for _, call := range s.Calls() {
		if !strings.Contains(call.System, `Example: "my mentor number `) {
			t.Errorf("the dataset's messages are not in\n%s", call.System)
		}
	}
	written, err := os.ReadFile(output)
	if err != nil || !strings.Contains(string(written), "how hot is the sun,,") || strings.Count(string(written), ",social,0.9") != 35 {
		t.Errorf("%v:\n%s", err, written)
	}
}

func TestLabelsAreEstimated(t *testing.T) {
	t.Setenv("OPENAI_API_KEY", "")
	folder := t.TempDir()
	input, output := filepath.Join(folder, "in.csv"), filepath.Join(folder, "out.csv")
	if err := os.WriteFile(input, []byte("message\nhow hot is the sun\nwho is my mentor\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := openaitest.New(t, openaitest.Options{})
	var out, said bytes.Buffer
	code := run(t.Context(), []string{"label", "--input", input, "--output", output, "--labeller", "openai", "--base-url", s.URL, "--model", "gpt-4o-mini", "--estimate"}, &out, &said)
	for _, part := range []string{"2 messages in about 1 requests to gpt-4o-mini.", "Price: $0.15 and $0.6 for a million tokens", "Cost: about $0.0", "Nothing was written, and the model was not asked."} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("without %q:\n%s%s", part, out.String(), said.String())
		}
	}
	if _, err := os.Stat(output); code != 0 || err == nil || len(s.Calls()) > 0 {
		t.Errorf("%d, %d requests, %v", code, len(s.Calls()), err)
	}
}
