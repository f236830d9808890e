package generate

import (
	"context"
	"encoding/json"

	"seedbed/localdb"
)

// choicesSetting is where a dataset remembers how messages were last made for it.
const choicesSetting = "generate"

// choices are a person's choices on the page. No secret is among them.
type choices struct {
	BuiltIn  bool   `json:"built_in"`
	Address  string `json:"address,omitempty"`
	Model    string `json:"model,omitempty"`
	Language string `json:"language"`
	Style    string `json:"style,omitempty"`
	Cap      string `json:"cap,omitempty"`

	LikeUsers bool `json:"like_users,omitempty"`
}

// readChoices reads what a dataset remembers; nil where nothing was ever chosen.
func readChoices(ctx context.Context, d *localdb.Dataset) (*choices, error) {
	text, err := d.Setting(ctx, choicesSetting)
	if err != nil || text == "" {
		return nil, err
	}
	c := &choices{}
	if json.Unmarshal([]byte(text), c) != nil {
		return nil, nil //nolint:nilerr // as good as none: they only spare a few clicks
	}
	return c, nil
}

func (c choices) save(ctx context.Context, d *localdb.Dataset) error {
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return d.SetSetting(ctx, choicesSetting, string(text))
}
