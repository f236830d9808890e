// Package phrases is the built-in writer: messages without a network or a key,
// from what ships in assets. It writes from a bank of individually written
// messages (bank.go), then from patterns with slots (pattern.go), and asks about
// what passages of knowledge state (question.go); mess.go types as people do.
package phrases

import (
	"hash/fnv"
	"math/rand/v2"
	"strconv"
	"sync"

	"seedbed/assets"
	"seedbed/assets/i18n"
	"seedbed/gen/questions"
)

// ErrExhausted says that a subject has no further message.
var ErrExhausted = i18n.Error("the built-in writer has nothing new left to say")

// Index tells near copies; neardup.NewIndex makes one.
type Index interface {
	Add(id int64, text string)
	Find(text string) (id int64, jaccard float64, ok bool)
}

// Subject is what messages are wanted about.
type Subject struct {
	Category string
	Bank     string   // the shipped messages to begin with, as "starter/category"; "" for none
	Is       string   // what the category is, in a person's words
	Examples []string // what a category is written from when its bank is used up, or that has none
	Accepted []string // messages of the category that a person accepted, which serve as further examples

	Knowledge *questions.Collection // what the passage belongs to
	Passage   questions.Passage     // what the messages ask about; none when empty
	Again     int                   // how often each fact of the passage was asked about before, in other words
}

// Writer writes messages. The same seed gives the same messages for a subject,
// whatever else was asked for before. It may be used by several goroutines.
type Writer struct {
	seed     uint64
	language string
	mess     *mess
	asker    asker
	frames   *frames
	index    func() Index

	mu      sync.Mutex
	streams map[string]*stream
}

// New returns the writer of a language (a code such as "en"). Index makes what tells
// near copies within a subject.
func New(language string, seed uint64, index func() Index) (*Writer, error) {
	folder, err := assets.Phrases(language)
	if err != nil {
		return nil, i18n.Error(`the built-in writer can't write in "{{.Language}}", choose a language that it knows or another writer: {{.Cause}}`, i18n.Values{"Language": language, "Cause": err})
	}
	w := &Writer{seed: seed, language: language, index: index, streams: map[string]*stream{}}
	if w.mess, err = readMess(folder); err != nil {
		return nil, err
	}
	if w.frames, err = readFrames(language, folder); err != nil {
		return nil, err
	}
	w.asker, err = readAsker()
	return w, err
}

// Write returns the next n messages about a subject. With [ErrExhausted] come those that
// were left.
func (w *Writer) Write(about Subject, n int) ([]string, error) {
	s, err := w.stream(about)
	if err != nil {
		return nil, err
	}
	return s.take(n)
}

// stream finds the stream of a subject, or opens it.
func (w *Writer) stream(about Subject) (*stream, error) {
	seed := about.Category + "\x00" + about.Passage.Title + "\x00" + about.Passage.Text // of all askings, so that each has other forms
	key := seed + "\x00" + about.Bank + "\x00" + strconv.Itoa(about.Again)
	w.mu.Lock()
	defer w.mu.Unlock()
	if s := w.streams[key]; s != nil {
		return s, nil
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(seed))                    // a hash never fails
	rng := rand.New(rand.NewPCG(w.seed, h.Sum64())) // the same seed has to write the same
	s := &stream{index: w.index()}
	if err := w.fill(s, about, rng); err != nil {
		return nil, err
	}
	w.streams[key] = s
	return s, nil
}

// fill gives a new stream its sources, the best first.
func (w *Writer) fill(s *stream, about Subject, rng *rand.Rand) error {
	if about.Passage != (questions.Passage{}) {
		s.sources = []source{w.asker.about(about.Knowledge.Facts(about.Passage), about.Again, w.mess, rng)}
		return nil
	}
	b, err := readBank(about.Bank, w.language)
	if err != nil {
		return err
	}
	for i, example := range about.Examples {
		s.index.Add(-int64(i+1), example)
	}
	composed, err := w.frames.compose(about, w.mess, rng)
	s.sources = []source{fromBank(ordered(b.messages, b.cores, w.seed, rng), w.mess, rng), fromPatterns(b.patterns, b.slots, w.mess, rng), composed}
	return err
}

// source gives one candidate after the other until it has no more.
type source func() (text string, ok bool)

// stream is the messages of one subject, in their order.
type stream struct {
	mu      sync.Mutex
	sources []source
	index   Index
	given   int64
}

// take goes on by n messages, passing over near copies of earlier ones.
func (s *stream) take(n int) ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var texts []string
	for len(texts) < n {
		if len(s.sources) == 0 {
			return texts, ErrExhausted
		}
		text, ok := s.sources[0]()
		if !ok {
			s.sources = s.sources[1:]
			continue
		}
		text = tidy(text)
		if _, _, near := s.index.Find(text); near || text == "" {
			continue
		}
		s.given++
		s.index.Add(s.given, text)
		texts = append(texts, text)
	}
	return texts, nil
}
