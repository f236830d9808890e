package generate

import (
	"context"
	"encoding/json"

	"seedbed/localdb"
)

// settingGenerate is where a dataset remembers how messages were last made for it.
const settingGenerate = "generate"

// generateChoices are a person's choices on the page. No secret is among them.
type generateChoices struct {
	BuiltIn  bool   `json:"built_in"`
	Address  string `json:"address,omitempty"`
	Model    string `json:"model,omitempty"`
	Language string `json:"language"`
	Style    string `json:"style,omitempty"`
	Cap      string `json:"cap,omitempty"`
}

// choicesOf reads what a dataset remembers; nil where nothing was ever chosen.
func choicesOf(ctx context.Context, d *localdb.Dataset) (*generateChoices, error) {
	text, err := d.Setting(ctx, settingGenerate)
	if err != nil || text == "" {
		return nil, err
	}
	c := &generateChoices{}
	if json.Unmarshal([]byte(text), c) != nil {
		return nil, nil //nolint:nilerr // as good as none: they only spare a few clicks
	}
	return c, nil
}

func (c generateChoices) keep(ctx context.Context, d *localdb.Dataset) error {
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return d.SetSetting(ctx, settingGenerate, string(text))
}
