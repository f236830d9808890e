package shell

import (
	"encoding/json"
	"image"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"seedbed/assets/credential"
	"seedbed/gen/llm"
	"seedbed/gen/openai"
	"seedbed/ui/system"
	"seedbed/ui/theme"
)

// Settings are a person's choices on this computer. What belongs to a dataset is in the
// dataset; secrets are in the keychain.
type Settings struct {
	Prefs fyne.Preferences // for what only one page knows

	preferred system.Preferences // what the desktop says
}

const (
	prefMode           = "mode"
	prefTextSize       = "text-size"
	prefMotion         = "motion"
	prefLanguage       = "language"
	prefBaseURL        = "base-url"
	prefModel          = "model"
	prefPrices         = "prices" // of earlier versions, for every address
	prefEndpointPrices = "endpoint-prices"
	prefRecent         = "recent"
	prefBackups        = "backups"
	prefWindow         = "window"
)

// What a dataset itself remembers of its knowledge base, for the pages that read from
// it. Never a password.
const (
	DatasetKnowledgeAddress = "knowledge.address"
	DatasetKnowledgeTable   = "knowledge.table"
	DatasetKnowledgeColumn  = "knowledge.column"
	// DatasetConversations is how far conversations were read, by table, as JSON.
	DatasetConversations = "conversations.read"
)

// Theme is the theme of the chosen colours and text size.
func (s *Settings) Theme() *theme.Theme { return theme.New(s.Mode(), s.TextSize()) }

// Mode is light, dark, or as the system has it.
func (s *Settings) Mode() theme.Mode {
	return theme.Mode(s.Prefs.StringWithFallback(prefMode, string(theme.System)))
}

// SetMode chooses the colours; Window.ApplyTheme shows them.
func (s *Settings) SetMode(m theme.Mode) { s.Prefs.SetString(prefMode, string(m)) }

// TextSize is the size of text, as a factor of the usual one: what a person chose, or the
// system's.
func (s *Settings) TextSize() float32 {
	size := s.Prefs.Float(prefTextSize)
	if !(size >= SmallestText && size <= LargestText) { // NaN too
		size = s.preferred.TextSize
	}
	if !(size > 0) {
		return 1
	}
	return float32(min(max(size, SmallestText), LargestText))
}

// FollowTextSize takes the size of text from the system again.
func (s *Settings) FollowTextSize() { s.Prefs.RemoveValue(prefTextSize) }

// Motion says whether things may move.
type Motion string

// The choices that Settings offers.
const (
	SystemMotion Motion = ""        // as the system has it
	FullMotion   Motion = "full"    // also where the system asks for less
	LessMotion   Motion = "reduced" // nothing blinks or slides
)

// Motion is what a person chose.
func (s *Settings) Motion() Motion { return Motion(s.Prefs.String(prefMotion)) }

// SetMotion chooses it; it holds at once.
func (s *Settings) SetMotion(m Motion) { s.Prefs.SetString(prefMotion, string(m)) }

// Animated reports whether things may move.
func (s *Settings) Animated() bool {
	return s.Motion() == FullMotion || s.Motion() != LessMotion && !s.preferred.Still
}

// The bounds of the size of text, as factors of the usual one.
const (
	SmallestText = 0.8
	LargestText  = 2
)

// SetTextSize chooses the size of text; Window.ApplyTheme shows it.
func (s *Settings) SetTextSize(factor float64) { s.Prefs.SetFloat(prefTextSize, factor) }

// WindowPlace is where the window was last on the screen, in pixels, and the size of its
// content; zero when it was never closed.
func (s *Settings) WindowPlace() (at image.Point, known bool, size fyne.Size) {
	kept := s.Prefs.FloatList(prefWindow)
	if len(kept) >= 2 {
		size = fyne.NewSize(float32(kept[0]), float32(kept[1]))
	}
	if known = len(kept) == 4; known {
		at = image.Pt(int(kept[2]), int(kept[3]))
	}
	return at, known, size
}

// SetWindowPlace remembers where the window is, as far as that is known. It is one value,
// since Fyne may lose all but the first of those that are set just before the end.
func (s *Settings) SetWindowPlace(at image.Point, known bool, size fyne.Size) {
	place := []float64{float64(size.Width), float64(size.Height)}
	if known {
		place = append(place, float64(at.X), float64(at.Y))
	}
	s.Prefs.SetFloatList(prefWindow, place)
}

// Language is the code of the window's language; "" follows the system.
func (s *Settings) Language() string { return s.Prefs.String(prefLanguage) }

// SetLanguage chooses the window's language from the next start on.
func (s *Settings) SetLanguage(code string) { s.Prefs.SetString(prefLanguage, code) }

// BaseURL is the address of the language model's endpoint; "" is OpenAI. A key that an
// earlier version kept in it is left out.
func (s *Settings) BaseURL() string {
	bare, _ := credential.Cut(s.Prefs.String(prefBaseURL))
	return bare
}

// SetBaseURL chooses the endpoint. A key in the address is not kept.
func (s *Settings) SetBaseURL(address string) {
	bare, _ := credential.Cut(address)
	s.Prefs.SetString(prefBaseURL, bare)
}

// Model is the model that is asked; "" for the default.
func (s *Settings) Model() string { return s.Prefs.String(prefModel) }

// SetModel chooses the model.
func (s *Settings) SetModel(model string) { s.Prefs.SetString(prefModel, model) }

// Prices are a person's own at an address, by model.
func (s *Settings) Prices(address string) map[string]llm.Price {
	return s.allPrices()[priceAddress(address)]
}

// SetPrices keeps a person's own prices at an address.
func (s *Settings) SetPrices(address string, own map[string]llm.Price) {
	all := s.allPrices()
	all[priceAddress(address)] = own
	data, err := json.Marshal(all)
	if err != nil {
		LogError("keeping prices", err)
		return
	}
	s.Prefs.SetString(prefEndpointPrices, string(data))
	s.Prefs.RemoveValue(prefPrices)
}

// allPrices are a person's own by address. Those of earlier versions, which held at every
// address, are taken for the address that is chosen.
func (s *Settings) allPrices() map[string]map[string]llm.Price {
	all := map[string]map[string]llm.Price{}
	// Prices that can't be read are as good as none: the shipped ones hold.
	_ = json.Unmarshal([]byte(s.Prefs.String(prefEndpointPrices)), &all)
	var earlier map[string]llm.Price
	if json.Unmarshal([]byte(s.Prefs.String(prefPrices)), &earlier) == nil && len(earlier) > 0 && all != nil {
		at := priceAddress(s.BaseURL())
		maps.Copy(earlier, all[at]) // the newer ones win
		all[at] = earlier
	}
	if all == nil { // what was kept is "null"
		all = map[string]map[string]llm.Price{}
	}
	return all
}

// priceAddress is an address as prices are kept by: however it is written, the same.
func priceAddress(address string) string {
	return openai.New(openai.Config{BaseURL: address}).BaseURL()
}

// Backups reports whether datasets are backed up while they change.
func (s *Settings) Backups() bool { return s.Prefs.BoolWithFallback(prefBackups, true) }

// SetBackups switches backups on or off.
func (s *Settings) SetBackups(on bool) { s.Prefs.SetBool(prefBackups, on) }

// Recent is a dataset that was open lately.
type Recent struct {
	Path     string    `json:"path"`
	Messages *int      `json:"messages,omitempty"` // when it was last closed; nil where it never was
	Opened   time.Time `json:"opened"`
	Page     string    `json:"page,omitempty"`   // the page that was up when it was left
	Checked  time.Time `json:"checked,omitzero"` // when all of its file was last found sound
}

const recentLimit = 8

// Recents lists the datasets that were open lately, newest first.
func (s *Settings) Recents() []Recent {
	var list []Recent
	// A list that can't be read is as good as none: it only holds short cuts.
	_ = json.Unmarshal([]byte(s.Prefs.String(prefRecent)), &list)
	return list
}

// Remember puts a dataset at the top of the recent ones, with what changed about it.
func (s *Settings) Remember(path string, change func(*Recent)) Recent {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	list := s.Recents()
	r := Recent{Path: path}
	if at := slices.IndexFunc(list, func(r Recent) bool { return r.Path == path }); at >= 0 {
		r = list[at]
		list = slices.Delete(list, at, at+1)
	}
	r.Opened = time.Now()
	change(&r)
	list = slices.Insert(list, 0, r)
	s.setRecents(list[:min(len(list), recentLimit)])
	return r
}

// Forget takes a dataset off the list; the file stays where it is.
func (s *Settings) Forget(path string) {
	s.setRecents(slices.DeleteFunc(s.Recents(), func(r Recent) bool { return r.Path == path }))
}

func (s *Settings) setRecents(list []Recent) {
	if data, err := json.Marshal(list); err == nil {
		s.Prefs.SetString(prefRecent, string(data))
	}
}
