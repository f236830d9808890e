package ui

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"seedbed/ui/theme"
)

// settings are a person's choices on this computer. What belongs to a dataset is
// in the dataset; secrets are in the keychain.
type settings struct{ prefs fyne.Preferences }

const (
	prefMode     = "mode"
	prefTextSize = "text-size"
	prefLanguage = "language"
	prefBaseURL  = "base-url"
	prefModel    = "model"
	prefPrices   = "prices"
	prefRecent   = "recent"
	prefColumns  = "columns"
)

const recentLimit = 8

// recent is a dataset that was open lately.
type recent struct {
	Path     string    `json:"path"`
	Messages *int      `json:"messages,omitempty"` // when it was last closed; nil where it never was
	Opened   time.Time `json:"opened"`
	Page     string    `json:"page,omitempty"` // the page that was up when it was left
}

func (s *settings) theme() *theme.Theme {
	return theme.New(s.mode(), s.textSize())
}

func (s *settings) mode() theme.Mode {
	return theme.Mode(s.prefs.StringWithFallback(prefMode, string(theme.System)))
}

func (s *settings) textSize() float32 { return float32(s.prefs.FloatWithFallback(prefTextSize, 1)) }

// recents lists the datasets that were open lately, newest first.
func (s *settings) recents() []recent {
	var list []recent
	// A list that can't be read is as good as none: it only holds short cuts.
	_ = json.Unmarshal([]byte(s.prefs.String(prefRecent)), &list)
	return list
}

// remember puts a dataset at the top of the recent ones, with what changed about it.
func (s *settings) remember(path string, change func(*recent)) recent {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	list := s.recents()
	r := recent{Path: path}
	if at := slices.IndexFunc(list, func(r recent) bool { return r.Path == path }); at >= 0 {
		r = list[at]
		list = slices.Delete(list, at, at+1)
	}
	r.Opened = time.Now()
	change(&r)
	list = slices.Insert(list, 0, r)
	s.keep(list[:min(len(list), recentLimit)])
	return r
}

// forget takes a dataset off the list; the file stays where it is.
func (s *settings) forget(path string) {
	s.keep(slices.DeleteFunc(s.recents(), func(r recent) bool { return r.Path == path }))
}

func (s *settings) keep(list []recent) {
	data, err := json.Marshal(list)
	if err != nil {
		return
	}
	s.prefs.SetString(prefRecent, string(data))
}

// language is the code of the window's language; "" follows the system.
func (s *settings) language() string { return s.prefs.String(prefLanguage) }
