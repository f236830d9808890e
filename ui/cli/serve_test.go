//go:build unix

package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"seedbed/gen/intent"
)

func TestServeAnswersUntilItIsInterrupted(t *testing.T) {
	const secret = "zanzibar: my shower drips"
	var examples []intent.Example
	for category, texts := range map[string][]string{
		"repair": {"the lift is broken again", "my kitchen tap drips all night", "the shower does not start"},
		"travel": {"when is the bus", "which platform is the train on", "how long is the flight"},
	} {
		for _, text := range texts {
			examples = append(examples, intent.Example{Text: text, Category: category, Group: -1})
		}
	}
	model, err := intent.Train(t.Context(), examples, intent.Options{})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "intent.model")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(model.Save(file), file.Close()); err != nil {
		t.Fatal(err)
	}

	for name, flags := range map[string][]string{"local": {"--address", "127.0.0.1:0"}, "public": {"--address", "0.0.0.0:0", "--public"}} {
		t.Run(name, func(t *testing.T) {
			ctx, interrupt := context.WithCancel(t.Context())
			defer interrupt()
			out, writer := io.Pipe()
			var errOut bytes.Buffer
			code := make(chan int, 1)
			go func() {
				code <- run(ctx, append([]string{"serve", "--model", path, "--always", "--json"}, flags...), writer, &errOut)
				writer.Close()
			}()
			var where serveReport
			if err := json.NewDecoder(out).Decode(&where); err != nil {
				t.Fatalf("%v: %s", err, errOut.String())
			}
			answer, err := http.Post(where.URL+"/predict", "text/plain", strings.NewReader(secret))
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(answer.Body)
			answer.Body.Close()
			if err != nil || !strings.Contains(string(text), `"category":"repair"`) {
				t.Errorf("%v: %s", err, text)
			}
			interrupt()
			if c := <-code; c != exitDone {
				t.Errorf("exit code %d: %s", c, errOut.String())
			}
			if strings.Contains(errOut.String(), "zanzibar") {
				t.Errorf("a message was logged: %s", errOut.String())
			}
			if warned := strings.Contains(errOut.String(), "Other computers can reach"); warned != (name == "public") {
				t.Errorf("warned: %v", warned)
			}
		})
	}
}

func TestPredictStopsWaitingWhenItIsInterrupted(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	in, writer := io.Pipe()
	defer writer.Close()
	got := make(chan string)
	go func() {
		defer close(got)
		for text, err := range lines(ctx, in) {
			if err != nil {
				got <- err.Error()
				return
			}
			got <- text
		}
	}()
	if _, err := io.WriteString(writer, "\ufeffhello\r\n\n"); err != nil {
		t.Fatal(err)
	}
	if text := <-got; text != "hello" {
		t.Errorf("%q", text)
	}
	interrupt()
	if text := <-got; !strings.Contains(text, "stopped before the end") {
		t.Errorf("%q", text)
	}
	for _, err := range lines(t.Context(), strings.NewReader("short\n"+strings.Repeat("x", maxLine+1))) {
		if err != nil && !strings.Contains(err.Error(), "line 2") {
			t.Error(err)
		}
	}
}
