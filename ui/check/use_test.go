package check

import (
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"seedbed/gen/intent"
)

func TestTheModelIsExported(t *testing.T) {
	c := open(t, clearMessages(30)...)
	c.press(c.page.begin)
	dir := t.TempDir()
	const own = "a program of mine"
	if err := os.WriteFile(filepath.Join(dir, "predict.js"), []byte(own), 0o600); err != nil {
		t.Fatal(err)
	}
	c.page.use.exportTo(filepath.Join(dir, "mine"))
	c.Sees("Files that were there already", "predict.js differ")
	file, err := os.Open(filepath.Join(dir, "mine.model"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	model, err := intent.Load(file, info.Size())
	if err != nil || model.Predict("my manager and the neighbours").Category != "social" {
		t.Errorf("the model: %v", err)
	}
	if text, err := os.ReadFile(filepath.Join(dir, "predict.py")); err != nil || !strings.Contains(string(text), "import") {
		t.Errorf("predict.py: %v", err)
	}
	if text, err := os.ReadFile(filepath.Join(dir, "predict.js")); err != nil || string(text) != own {
		t.Errorf("predict.js is %q, %v", text, err)
	}
}

// TestTheModelIsServed serves it beside another program that has the usual port.
func TestTheModelIsServed(t *testing.T) {
	if other, err := net.Listen("tcp", preferredAddress); err == nil {
		defer other.Close()
	}
	c := open(t, clearMessages(30)...)
	c.press(c.page.begin)
	c.InParallel()
	use := c.page.use
	serve := func() (address string) {
		c.press(use.start)
		c.Until("it is served", func() bool { return use.url != "" })
		return use.url
	}
	first := serve()
	c.Sees("It answers at "+first, "curl "+first+"/predict", "Stop serving")
	if !strings.HasPrefix(first, "http://127.0.0.1:") || strings.HasSuffix(first, ":8080") {
		t.Errorf("it is served at %s", first)
	}
	answer, err := http.Get(first + "/health")
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("it answers %s", answer.Status)
	}
	c.press(use.copy)
	if got := c.App.Clipboard().Content(); got != first {
		t.Errorf("the clipboard has %q", got)
	}
	c.press(use.start)
	c.Until("it is stopped", func() bool { return use.url == "" })
	c.Sees("Serve it on this computer")
	c.SeesNot("It answers at")
	gone := func(address string) {
		if answer, err := http.Get(address + "/health"); err == nil {
			answer.Body.Close()
			t.Errorf("%s still answers", address)
		}
	}
	gone(first)

	// It ends with the dataset.
	second := serve()
	closed := false
	c.CloseDataset()
	c.Until("the dataset is closed", func() bool {
		conn, err := net.Dial("tcp", strings.TrimPrefix(second, "http://"))
		if err == nil {
			conn.Close()
		}
		closed = err != nil
		return closed
	})
	gone(second)
}
