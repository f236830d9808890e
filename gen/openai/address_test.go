package openai_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"seedbed/gen/openai"
)

func TestBaseURL(t *testing.T) {
	tests := []struct{ given, want string }{
		{"", "https://api.openai.com/v1"},
		{"https://api.openai.com", "https://api.openai.com/v1"},
		{"https://api.openai.com/v1/", "https://api.openai.com/v1"},
		{" api.openai.com/v1/chat/completions ", "https://api.openai.com/v1"},
		{"https://openrouter.ai/api", "https://openrouter.ai/api/v1"},
		{"https://openrouter.ai/api/v1", "https://openrouter.ai/api/v1"},
		{"https://generativelanguage.googleapis.com/v1beta/openai/", "https://generativelanguage.googleapis.com/v1beta/openai"},
		{"localhost:11434", "http://localhost:11434/v1"},
		{"http://localhost:11434/api", "http://localhost:11434/v1"},
		{"http://0.0.0.0:8000/v1", "http://127.0.0.1:8000/v1"},
		{"[::1]:8080", "http://[::1]:8080/v1"},
		{"192.168.1.20:1234", "http://192.168.1.20:1234/v1"},
		{"https://me.openai.azure.com/", "https://me.openai.azure.com"},
		{"https://me.openai.azure.com/openai/v1/", "https://me.openai.azure.com/openai/v1"},
		{"https://me.openai.azure.com/openai/deployments/mini/chat/completions?api-version=x", "https://me.openai.azure.com"},
	}
	for _, test := range tests {
		if got := openai.New(openai.Config{BaseURL: test.given}).BaseURL(); got != test.want {
			t.Errorf("%q became %q, want %q", test.given, got, test.want)
		}
	}
	deployment := openai.New(openai.Config{BaseURL: tests[len(tests)-1].given, Model: "gpt-6-luna"})
	if deployment.Model() != "mini" {
		t.Errorf("the URL's deployment is lost: %q", deployment.Model())
	}
}

func TestAddressesThatCannotBeUsed(t *testing.T) {
	for given, says := range map[string]string{
		"http://api.example.com/v1":           "unencrypted",
		"http://192.168.1.20:1234":            "unencrypted",
		"https://user:pa55word@example.com":   "own field",
		"ftp://example.com":                   "should look like",
		"https://":                            "should look like",
		"https://a b?key=pa55word":            "should look like",
		"https://user:pa55word@exa mple.com/": "should look like",
	} {
		client := openai.New(openai.Config{BaseURL: given, Key: openai.NewSecret(key), Model: "m"})
		_, err := client.Complete(t.Context(), ask())
		if e := failure(t, err); e.Kind != openai.BadAddress || !e.Stop() || !e.Free || !strings.Contains(e.Error(), says) || strings.Contains(e.Error(), "pa55word") {
			t.Errorf("%s: %+v", given, e)
		}
		if _, err := client.Models(t.Context()); err == nil || client.BaseURL() != "" {
			t.Errorf("%s: was used all the same", given)
		}
	}
	lan := openai.New(openai.Config{BaseURL: "http://192.168.1.20:1234"})
	if lan.BaseURL() == "" {
		t.Error("plain http without a key is refused")
	}
}

func TestTheKeyIsNeverPrinted(t *testing.T) {
	config := openai.Config{Key: openai.NewSecret(key), Model: "m"}
	hidden := struct{ config openai.Config }{config} // fmt asks no methods of unexported fields
	client := openai.New(config)
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		for _, value := range []any{config, &config, config.Key, hidden, client} {
			fmt.Fprintf(&out, verb+"\n", value)
		}
	}
	slog.New(slog.NewTextHandler(&out, nil)).Info("config", "config", config, "key", config.Key)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("config", "config", config, "key", config.Key)
	if err := json.NewEncoder(&out).Encode(config); err != nil {
		t.Fatal(err)
	}
	for _, leak := range []string{key, fmt.Sprintf("%x", key)} {
		if strings.Contains(out.String(), leak) {
			t.Errorf("the key was printed:\n%s", out.String())
		}
	}
	if config.Key.Reveal() != key || !openai.NewSecret("").Empty() {
		t.Error("the key itself is lost")
	}
}
