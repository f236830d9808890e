// Package phrases is the built-in writer: messages without a network or a key,
// from what ships in assets. It writes from a bank of individually written
// messages (bank.go), then from patterns with slots (pattern.go), and asks about
// what passages of knowledge state (question.go); mess.go types as people do.
package phrases

import (
	"hash/fnv"
	"math/rand/v2"
	"strconv"
	"strings"
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
	Wanted   int      // how many messages the plan asks for, which decides the bank's share; 0 if unknown
	Style    string   // in a person's own words
	Habits   *Habits  // quotas; nil for the writer's own

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
	styles   []styleWord
	index    func() Index

	mu      sync.Mutex
	streams map[string]*stream
}

// New returns the writer of a language (a code such as "en"). Index makes what tells
// near copies within a subject.
func New(language string, seed uint64, index func() Index) (*Writer, error) {
	folder, err := assets.Phrases(language)
	if err != nil {
		return nil, err
	}
	w := &Writer{seed: seed, language: language, index: index, streams: map[string]*stream{}}
	if w.mess, err = readMess(folder); err != nil {
		return nil, err
	}
	if w.frames, err = readFrames(language, folder); err != nil {
		return nil, err
	}
	if w.styles, err = readStyleWords(); err != nil {
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
	key := strings.Join([]string{seed, about.Bank, about.Style, strconv.Itoa(about.Again)}, "\x00")
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
	lightly := func(text string) string { return w.mess.lightly(text, rng) }
	freely := func(text string) string { return w.mess.freely(text, rng) }
	if m := mannerOf(about.Style, about.Habits, w.styles); m != nil {
		s.typist = newTypist(m, w.mess, w.frames, rng)
		lightly = func(text string) string { return text }
		freely = lightly
	}
	s.lookAhead = lookAhead
	if len(b.messages) > 0 {
		s.lookAhead = lookAheadInBank
	}
	s.sources = []source{
		mixed(fromBank(b.ordered(rng), lightly), fromPatterns(b.patterns, b.slots, freely, rng), b.share(about.Wanted)),
		w.frames.compose(about, s.typist, freely, rng),
	}
	return nil
}

// source gives one candidate after the other until it has no more.
type source func() (text string, ok bool)

// typing types a neat text as somebody would.
type typing func(text string) string

// stream is the messages of one subject, in their order.
type stream struct {
	mu        sync.Mutex
	sources   []source
	typist    *typist // types by quotas; nil where the sources have typed
	lookAhead int
	// waiting are candidates that the typist has passed over, by their length.
	waiting [len(LengthBounds) + 1][]string
	index   Index
	given   int64
}

// take goes on by n messages, passing over near copies of earlier ones.
func (s *stream) take(n int) ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var texts []string
	for len(texts) < n {
		text, ok := s.next()
		if !ok {
			return texts, ErrExhausted
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

// How many candidates are read for a message of the length that is wanted: many where a bank
// begins with its dense messages, which are long, and fewer where what was composed would
// soon be used up.
const (
	lookAheadInBank = 200
	lookAhead       = 40
)

// next is the next message, typed.
func (s *stream) next() (string, bool) {
	if s.typist == nil {
		return s.candidate()
	}
	for range s.lookAhead {
		if bucket, now := s.typist.wanted(&s.waiting); now {
			return s.typist.write(s.chosen(bucket)), true
		}
		text, ok := s.candidate()
		if !ok {
			break
		}
		bucket := LengthBucket(len(strings.Fields(text)))
		s.waiting[bucket] = append(s.waiting[bucket], text)
	}
	bucket, _ := s.typist.wanted(&s.waiting)
	if bucket < 0 {
		return "", false
	}
	return s.typist.write(s.chosen(bucket)), true
}

// chosen takes the first of the candidates of a length that wait.
func (s *stream) chosen(bucket int) string {
	text := s.waiting[bucket][0]
	s.waiting[bucket] = s.waiting[bucket][1:]
	return text
}

// candidate is the next text of the sources.
func (s *stream) candidate() (string, bool) {
	for len(s.sources) > 0 {
		if text, ok := s.sources[0](); ok {
			return text, true
		}
		s.sources = s.sources[1:]
	}
	return "", false
}
