package cli

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

// A command that is stopped before it has begun says so in words.
func TestStoppedAtOnce(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("OPENAI_API_KEY", "")
	ctx, stop := context.WithCancel(t.Context())
	stop()
	var out, errOut bytes.Buffer
	code := run(ctx, []string{"generate", "--output", "a.csv", "--writer", "builtin"}, &out, &errOut)
	if said := errOut.String(); code == exitDone || strings.Contains(said, "context canceled") || !strings.Contains(said, "stopped") {
		t.Errorf("code %d, %q", code, said)
	}
}
