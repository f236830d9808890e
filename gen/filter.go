package gen

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"seedbed/gen/direction"
	"seedbed/gen/knowledge"
	"seedbed/gen/questions"
	"seedbed/localdb"
	"seedbed/localdb/neardup"
)

// The reasons for which a run discards a message, in words for a person.
const (
	Empty         = "empty"
	TooLong       = "too long"
	ExactCopy     = "exact duplicate"
	NearCopy      = "near-duplicate"
	Echo          = "echo of the prompt"
	Refusal       = "refusal"
	Placeholder   = "placeholder"
	OtherCategory = "another category's"
	FromPassage   = "copied from the passage"
	NotOfPassage  = "names nothing of its passage"
	Surplus       = "more than asked"
)

// longestMessage is how many characters a generated message may have. People do
// type more, but a model that does has usually stopped writing messages.
const longestMessage = 1000

// filter decides what is stored. It knows every message of the dataset.
// Only known may be called beside the goroutine that uses the rest.
type filter struct {
	categories []string
	near       *neardup.Index
	worn       *direction.Worn
	answers    answers

	mu        sync.RWMutex        // locked by known, and where the maps are written
	existing  map[string]existing // by folded text
	discarded map[string]bool     // folded texts that this run has discarded
}

// existing is a message of the dataset.
type existing struct {
	id       int64
	category string
}

// newFilter reads the dataset once, and what a resumed run (0: none) has discarded
// before. It also returns some accepted messages of each category as
// examples. Real ones are never among them: examples are sent to the writer.
func newFilter(ctx context.Context, d *localdb.Dataset, run int64) (*filter, map[string][]string, error) {
	const examples = 300
	f := &filter{existing: map[string]existing{}, discarded: map[string]bool{}, near: neardup.NewIndex(), worn: direction.NewWorn()}
	accepted := map[string][]string{}
	for m, err := range d.Messages(ctx, localdb.Filter{}) {
		if err != nil {
			return nil, nil, err
		}
		f.add(m)
		if m.Status == localdb.Accepted && m.Source == localdb.Synthetic && len(accepted[m.Category]) < examples {
			accepted[m.Category] = append(accepted[m.Category], m.Text)
		}
	}
	categories, err := d.Categories(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, c := range categories {
		f.categories = append(f.categories, c.Name)
	}
	discarded, err := d.Discarded(ctx, run)
	if err != nil {
		return nil, nil, err
	}
	for _, message := range discarded {
		f.discarded[fold(message.Text)] = true
	}
	return f, accepted, nil
}

// add notes a message of the dataset.
func (f *filter) add(m localdb.Message) {
	f.near.Add(m.ID, m.Text)
	if m.Category != "" {
		f.worn.Add(m.Category, m.Text)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.existing[fold(m.Text)] = existing{m.ID, m.Category}
}

// known reports whether a text is in the dataset or was discarded by this run. It may be
// called from any goroutine.
func (f *filter) known(text string) bool {
	folded := fold(text)
	f.mu.RLock()
	defer f.mu.RUnlock()
	_, exists := f.existing[folded]
	return exists || f.discarded[folded]
}

// split splits a draft into what to keep, at most as much as the batch asked for, and what
// to discard.
func (f *filter) split(b Batch, d Draft) (keep []Item, discarded []localdb.Discarded) {
	prompt := fold(d.Prompt)
	texts, reasons, copyOf := make([]string, len(d.Items)), make([]string, len(d.Items)), make([]int64, len(d.Items))
	for i, item := range d.Items {
		item.Text = f.tidy(item.Text, b.Category.Name)
		texts[i] = item.Text
		reasons[i], copyOf[i] = f.reason(b, item, prompt)
	}
	var signs []string
	if prompt != "" { // a language model was asked
		signs = f.answers.look(b, texts, reasons)
	}
	for i, item := range d.Items {
		item.Text = texts[i]
		reason, of := reasons[i], copyOf[i]
		if reason == "" && signs != nil {
			reason = signs[i]
		}
		if reason == "" {
			reason, of = f.copyReason(b.Category.Name, item.Text, keep)
		}
		if reason == "" && len(keep) == b.Count {
			reason = Surplus
		}
		if reason == "" {
			keep = append(keep, item)
			continue
		}
		discarded = append(discarded, localdb.Discarded{Text: item.Text, Reason: reason, CopyOf: of})
		f.mu.Lock()
		f.discarded[fold(item.Text)] = true
		f.mu.Unlock()
	}
	return keep, discarded
}

// reason returns why an item is discarded whatever else there is; "" if it is not for that.
// What is copied from a passage comes with its id.
func (f *filter) reason(b Batch, item Item, prompt string) (reason string, copyOf int64) {
	text := item.Text
	switch {
	case strings.TrimSpace(text) == "":
		return Empty, 0
	case utf8.RuneCountInString(text) > longestMessage:
		return TooLong, 0
	case refusal.MatchString(text):
		return Refusal, 0
	case placeholder.MatchString(text):
		return Placeholder, 0
	case f.labelledOther(text, b.Category.Name):
		return OtherCategory, 0
	}
	for _, p := range b.Passages {
		if copies(text, p.Text) {
			return FromPassage, p.ID
		}
	}
	if prompt != "" && b.Category.Kind == ragKind && offPassage(b, item) {
		return NotOfPassage, 0
	}
	if prompt != "" && (preamble.MatchString(text) || copies(text, prompt) || f.repeatsExample(b, text)) {
		return Echo, 0
	}
	return "", 0
}

// copyReason returns why a text is discarded as a copy of a message in the dataset, or of
// what was kept of its batch before; "" if it is none.
func (f *filter) copyReason(category, text string, before []Item) (reason string, copyOf int64) {
	if at, ok := f.existing[fold(text)]; ok {
		if at.category != "" && at.category != category {
			return OtherCategory, at.id
		}
		return ExactCopy, at.id
	}
	for _, kept := range before {
		if fold(kept.Text) == fold(text) {
			return ExactCopy, 0
		}
	}
	if id, _, ok := f.near.Find(text); ok {
		return NearCopy, id
	}
	if slices.ContainsFunc(before, func(kept Item) bool { return neardup.Jaccard(kept.Text, text) >= neardup.Threshold }) {
		return NearCopy, 0
	}
	return "", 0
}

// offPassage reports whether a model's question names nothing of the passage that it was
// to ask about. One in another language than the passage can't be compared with it.
func offPassage(b Batch, item Item) bool {
	at := slices.IndexFunc(b.Passages, func(p localdb.Passage) bool { return p.ID == item.PassageID })
	if at < 0 {
		return false
	}
	p := b.Passages[at]
	base, _, _ := strings.Cut(strings.ToLower(b.Language), "-")
	return questions.LanguageOf(p.Title+" "+p.Text) == base && !questions.Names(item.Text, knowledge.Subject(p))
}

// repeatsExample reports whether a text repeats one of the examples it was shown.
func (f *filter) repeatsExample(b Batch, text string) bool {
	return slices.ContainsFunc(b.Examples, func(example string) bool {
		return neardup.Jaccard(example, text) >= neardup.Threshold
	})
}

var (
	// preamble is what a model says around its messages, or repeats from its prompt.
	preamble = regexp.MustCompile(`(?i)^\W*(` +
		`((sure|certainly|of course|absolutely|okay|ok)\b[,.!:]*\s+)?(here (are|is)|here's|below are)\s+(your |the |some |a list of )?(\d+|ten|eight|nine|eleven|twelve|\w+)?\s*((short|new|more|different|unique|diverse|realistic|requested|example|sample|user)\s+)*(messages?|examples?|questions?)\b.*` +
		`|(category|count|messages?)\s*:.*` +
		`|\d+\. [^;]*;[^;]*;[^;]*;.*` +
		`|"?messages"?\s*:\s*\[.*` +
		`)$`)
	// refusal wants the words for the task: "I'm sorry, but I can't do this job any
	// more" is a message like any other.
	refusal = regexp.MustCompile(`(?i)(` +
		`^\W*(i['’]?m|i am) (so |very |really )?(sorry|afraid)\b[,.;]?\s*(but )?(that )?(as an ai[^,]*, )?i\s?(can['’]?t|cannot|can not|won['’]?t|['’]?m unable to|['’]?m not able to|am unable to|am not able to) ((assist|help)( you)?( with (that|this|your request)\b|\W*$)|(comply|fulfil+|continue)\b|(generate|provide|create|produce|write|do) (that|this request|your request|such|any|those|messages|content)\b)` +
		`|^\W*i\s?(can['’]?t|cannot|can not|won['’]?t|['’]?m unable to|['’]?m not able to|am unable to|am not able to) ((assist|help) with (that|this request|your request)\b|comply\b|(fulfil+|generate|produce|create|provide) (that|this|your|such|content|messages)\b)` +
		`|\bas an? (ai|artificial intelligence)( language)?( model| assistant)?,? i (can|cannot|can['’]?t|am|do|don['’]?t|have|must|won['’]?t)\b` +
		`)`)
	placeholder = regexp.MustCompile(`(?i)([\[{<]+\s*(your|insert|enter|add)\b[^\]}>]{1,30}[\]}>]` +
		`|[\[{]+\s*((your|my|the|a) )?([a-z]+[ _-])?(name|company|employer|job|title|role|position|city|country|place|location|date|year|years|number|field|industry|skill|topic|subject|school|university|colleague|manager|friend|product|team|department|amount|placeholder)\s*[\]}]` +
		`|\blorem ipsum\b)`)
	ownLabel = regexp.MustCompile(`^\s*[\[(]?([\pL\pN_ -]{2,40})[\])]?\s*[:\]–—-]\s*(\S.*)$`)
)

// tidy removes the category's own label from the start of a text.
func (f *filter) tidy(text, category string) string {
	text = strings.TrimSpace(text)
	if m := ownLabel.FindStringSubmatch(text); m != nil && strings.EqualFold(m[1], category) {
		return m[2]
	}
	return text
}

// labelledOther reports whether a text begins with the name of another category. Only
// names that nobody types by chance count: "social: lunch?" may be a message.
func (f *filter) labelledOther(text, category string) bool {
	m := ownLabel.FindStringSubmatch(text)
	return m != nil && !strings.EqualFold(m[1], category) && slices.ContainsFunc(f.categories, func(name string) bool {
		return strings.EqualFold(m[1], name) && (strings.HasPrefix(text, "[") || strings.HasPrefix(text, "(") || strings.Contains(name, "_"))
	})
}

// copiedRun is how many words in a row a message may not share with its prompt:
// chance and set phrases stay below it.
const copiedRun = 8

// copies reports whether a text copies a run of words from a source. A question
// that the source asks may be asked: people do ask what headings ask.
func copies(text, source string) bool {
	words := strings.Fields(fold(text))
	if len(words) < copiedRun || strings.HasSuffix(strings.TrimSpace(text), "?") {
		return false
	}
	source = " " + fold(source) + " "
	for i := range len(words) - copiedRun + 1 {
		if strings.Contains(source, " "+strings.Join(words[i:i+copiedRun], " ")+" ") {
			return true
		}
	}
	return false
}

// fold makes texts equal that differ only in case and white space.
func fold(text string) string {
	return strings.ToLower(strings.Join(strings.Fields(text), " "))
}
