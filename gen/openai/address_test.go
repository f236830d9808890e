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
		"https://user:pa55word@example.com":   "own field",
		"https://pa55word@example.com":        "own field",
		"https://example.com/v1?key=pa55word": "own field",
		"example.com?api_key=pa55word":        "own field",
		"Authorization: Bearer pa55word":      "own field",
		"https://example.com:pa55word":        "should look like",
		"ftp://example.com":                   "should look like",
		"https://":                            "should look like",
		"https://a b?key=pa55word":            "own field",
		"https://user:pa55word@exa mple.com/": "own field",
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
}

func TestAKeyInTheClearIsSaid(t *testing.T) {
	for address, says := range map[string]string{
		"http://api.example.com/v1": "anybody on the way", "http://8.8.8.8/v1": "anybody on the way", "http://192.168.1.20:1234": "anybody in this network", "http://10.1.2.3": "anybody in this network",
		"http://nas.local:8080": "anybody in this network", "http://nas:8080": "anybody in this network", "http://[fe80::1]:80": "anybody in this network", "http://100.64.3.4": "anybody in this network",
		"http://127.0.0.1:1": "", "http://localhost": "", "http://[::1]:80": "", "https://api.example.com": "", "https://192.168.1.20": "", "": "",
	} {
		client := openai.New(openai.Config{BaseURL: address, Key: openai.NewSecret(key)})
		if said := client.Unencrypted().String(); (said == "") != (says == "") || !strings.Contains(said, says) || strings.Contains(said, key) || client.BaseURL() == "" {
			t.Errorf("%s: %q", address, said)
		}
		if said := openai.New(openai.Config{BaseURL: address}).Unencrypted(); !said.IsZero() {
			t.Errorf("%s without a key: %s", address, said)
		}
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
