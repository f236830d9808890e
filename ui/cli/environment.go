package cli

import (
	"bytes"
	"errors"
	"io/fs"
	"os"

	"github.com/joho/godotenv"
	"golang.org/x/text/encoding/unicode"

	"seedbed/gen/openai"
)

// environment holds what commands take from the environment or from a .env file
// in the working folder, never from an argument, where others could read it.
type environment struct {
	openAIKey   openai.Secret
	openAIURL   string
	databaseURL string
	// databasePassword is libpq's PGPASSWORD, for an address without one.
	databasePassword string
}

// readEnvironment reads both; the environment comes first.
func readEnvironment() (*environment, error) {
	file, err := readDotEnv(".env")
	if err != nil {
		// The reason may quote a line of the file, and so a secret.
		return nil, usageError{errors.New("the file .env in this folder can't be read: each line should be NAME=value")}
	}
	get := func(name string) string {
		if value := os.Getenv(name); value != "" {
			return value
		}
		return file[name]
	}
	return &environment{
		openAIKey:        openai.NewSecret(get("OPENAI_API_KEY")),
		openAIURL:        get("OPENAI_BASE_URL"),
		databaseURL:      get("DATABASE_URL"),
		databasePassword: get("PGPASSWORD"),
	}, nil
}

// endpoint is where a language model answers; ok is false without a key or an address.
func (e *environment) endpoint(baseURL, model string) (config openai.Config, ok bool) {
	if baseURL == "" {
		baseURL = e.openAIURL
	}
	return openai.Config{BaseURL: baseURL, Key: e.openAIKey, Model: model}, baseURL != "" || e.openAIKey.Reveal() != ""
}

// warnUnencrypted says that the key travels in the clear, where it does.
func (t *terminal) warnUnencrypted(config openai.Config) {
	if said := openai.New(config).Unencrypted(); !said.IsZero() {
		t.say("%s", said)
	}
}

// readDotEnv reads a file of NAME=value lines, at whose start Windows' Notepad
// may have put a byte-order mark. A file that is missing is empty.
func readDotEnv(path string) (map[string]string, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil //nolint:nilnil // reading from a nil map is fine
	}
	if err != nil {
		return nil, err
	}
	decoding := unicode.UTF8BOM
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		decoding = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	}
	text, err := decoding.NewDecoder().Bytes(data)
	if err != nil {
		return nil, err
	}
	return godotenv.UnmarshalBytes(text)
}
