package cli

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"
)

// broken panics where a command writes to it.
type broken struct{ value any }

func (b broken) Write([]byte) (int, error) { panic(b.value) }

func TestAFaultIsOneSentenceAndAReport(t *testing.T) {
	t.Setenv("HOME", t.TempDir())
	t.Setenv("XDG_CACHE_HOME", "")
	const key, message = "sk-proj-0123456789abcdef0123", "my boss Zebediah keeps shouting"
	path := t.TempDir() + "/messages.csv"
	if err := os.WriteFile(path, []byte("message,category\nhello there,chitchat\nhow are you,chitchat\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	code := run(t.Context(), []string{"look", path}, broken{message + " " + key}, &said)
	if code != exitFailed {
		t.Errorf("the exit code is %d", code)
	}
	last := strings.TrimSpace(said.String()[strings.LastIndex(strings.TrimSpace(said.String()), "\n")+1:])
	saved := regexp.MustCompile(`is in (\S+\.txt)$`).FindStringSubmatch(last)
	if saved == nil {
		t.Fatalf("it said %q", said.String())
	}
	text, err := os.ReadFile(saved[1])
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"panic: a value of type string", "broken", "Report of Seedbed"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the report lacks %q:\n%s", want, text)
		}
	}
	for _, secret := range []string{key, "Zebediah", os.Getenv("HOME")} {
		if strings.Contains(string(text), secret) || strings.Contains(last, key) || strings.Contains(last, "Zebediah") {
			t.Errorf("%q is in the report or in what was said:\n%s", secret, text)
		}
	}
	if info, err := os.Stat(saved[1]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the report is %v, %v", info.Mode(), err)
	}
}
