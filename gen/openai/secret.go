package openai

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
)

// redacted is printed in place of a secret.
const redacted = "[secret]"

// Secret is a key that no print, log or JSON encoder shows. The zero value is
// "no key".
//
// It holds a pointer because fmt prints the unexported fields of a struct
// without asking their methods: what it finds there is an address.
type Secret struct {
	text *string
}

// NewSecret wraps a key. An empty key gives the zero Secret.
func NewSecret(key string) Secret {
	if key == "" {
		return Secret{}
	}
	return Secret{text: &key}
}

// Reveal returns the key itself, for the request's header and the keychain.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// Empty reports whether there is no key.
func (s Secret) Empty() bool { return s.text == nil }

// String hides the key.
func (s Secret) String() string {
	if s.Empty() {
		return ""
	}
	return redacted
}

// Format hides the key from every verb of fmt, %x and %#v included.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// GoString hides the key from %#v.
func (s Secret) GoString() string { return s.String() }

// LogValue hides the key from slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalJSON hides the key from JSON.
func (s Secret) MarshalJSON() ([]byte, error) { return json.Marshal(s.String()) }

// MarshalText hides the key from the other encoders.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
