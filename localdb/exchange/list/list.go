// Package list reads lists that people write by hand: items with bullets or numbers, lines
// that carry their labels, lines in sections, and conversations with who speaks before
// each turn.
//
// Such files have no syntax that could be checked, so each kind is recognised by evidence:
// labels are few, short and come again, texts are many and different.
package list

import (
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// The formats of this package.
var (
	Labelled   = &exchange.Format{ID: "labelled-lines", Name: i18n.T("lines with labels"), Extension: ".txt"}
	Sections   = &exchange.Format{ID: "sections", Name: i18n.T("list in sections"), Extension: ".txt"}
	Items      = &exchange.Format{ID: "items", Name: i18n.T("list with bullets or numbers"), Extension: ".txt"}
	Transcript = &exchange.Format{ID: "transcript", Name: i18n.T("conversation in plain text"), Extension: ".txt"}
)

// Readers lists the formats of this family.
var Readers = []exchange.Reader{
	reader(Labelled, readLabelled, `A message and its label a line, whichever comes first: "label: text", "text => label", "[label] text", "text # label" and the like, and TREC's "COARSE:fine text". Labels are told by being few, short and coming again.`),
	reader(Sections, readSections, `Messages below the headings of their labels: "[label]", "# label", "== label ==", "label:", "intent: label"; with or without bullets or numbers.`),
	reader(Items, readItems, "Each item of the list is a message, without its bullet, number or box; lines that go on are joined. What stands above or between is counted."),
	reader(Transcript, readTranscript, `Turns with who speaks before them: "Customer: …", "Agent: …". The role is that name, in many languages; lines that go on are joined; blank lines and rules between groups of turns part conversations.`),
}

// evidence is what was found out about a file for one format.
type evidence struct {
	exchange.Evidence
	marked   bool // its items have bullets, numbers or boxes
	quoted   bool // its texts stand in quotes
	cut      cut
	heading  heading
	speakers *speakers
	doubt    i18n.Text // what else the names before the texts may be; zero for nothing
}

type surveyKey struct{}

// surveyOf looks at the beginning of a file, once for all formats.
func surveyOf(f *exchange.File) map[*exchange.Format]evidence {
	return exchange.Once(f, surveyKey{}, func() map[*exchange.Format]evidence { return survey(f.Sample()) })
}

func reader(format *exchange.Format, read func(evidence, *entries, *exchange.Reading) error, about string) exchange.Reader {
	return exchange.Reader{
		Format: format, About: about,
		Recognise: func(f *exchange.File) exchange.Evidence { return surveyOf(f)[format].Evidence },
		Read: func(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
			found, ok := surveyOf(f)[format]
			if !ok {
				return nil, i18n.Error("the file doesn't look like a {{.Format}}; choose another format", i18n.Values{"Format": format.Name})
			}
			facts := exchange.Facts{Format: format, Encoding: f.Guess(), Doubt: found.doubt}
			return exchange.NewReading(o, facts, func(r *exchange.Reading) error {
				return read(found, newEntries(f.Text(), found.marked, found.heading), r)
			}), nil
		},
	}
}

// What of a file is looked at to recognise it.
const (
	surveyedBytes = 1 << 16
	surveyedLines = 500
)

func survey(sample string) map[*exchange.Format]evidence {
	found := map[*exchange.Format]evidence{}
	if len(sample) > surveyedBytes {
		sample = sample[:strings.LastIndexByte(sample[:surveyedBytes], '\n')+1]
	}
	if begun := strings.TrimSpace(sample); begun == "" || begun[0] == '{' || begun[0] == '<' && !strings.HasPrefix(begun, "<|") && strings.Contains(begun, "</") {
		return found
	}
	lines := linesOf(sample)
	if len(lines) < 2 {
		return found
	}
	marked := hasMarks(lines)
	whole := entriesOf(sample, marked, nil)
	if e := findSections(sample, lines, whole, marked); e.Sureness > 0 {
		found[Sections] = e
	}
	if e := findTranscript(lines); e.Sureness > 0 {
		found[Transcript] = e
	}
	if e := findLabels(whole, marked); e.Sureness > 0 {
		found[Labelled] = e
	}
	if e := findItems(lines, whole, marked); e.Sureness > 0 {
		found[Items] = e
	}
	settle(found)
	doubt(found)
	return found
}

// doubt tells people of names that may be labels or those who speak: no sign in the text
// tells a conversation of Anna and Ben from lines with two labels.
func doubt(found map[*exchange.Format]evidence) {
	speak, labelled := found[Transcript], found[Labelled]
	if speak.Sureness == 0 || speak.Sureness >= takesTurns || labelled.Sureness == 0 {
		return
	}
	speak.doubt = i18n.T("the names before the texts are taken for those who speak; if they are labels, choose the format “{{.Format}}”", i18n.Values{"Format": Labelled.Name})
	labelled.doubt = i18n.T("the words before the texts are taken for labels; if they are those who speak, choose the format “{{.Format}}”", i18n.Values{"Format": Transcript.Name})
	found[Transcript], found[Labelled] = speak, labelled
}

// settle keeps a kind that explains more of a file than another one before it.
func settle(found map[*exchange.Format]evidence) {
	lower := func(format *exchange.Format, below *exchange.Format) {
		e, ok := found[format]
		if ok && found[below].Sureness >= sure && e.Sureness >= found[below].Sureness {
			e.Sureness = exchange.Possible
			found[format] = e
		}
	}
	if found[Transcript].Sureness > 0 {
		lower(Labelled, Transcript)
		lower(Sections, Transcript)
	}
	lower(Labelled, Sections)
	lower(Items, Sections)
	lower(Items, Labelled)
	lower(Items, Transcript)
}

// sure is from where on a kind is read without being chosen; hint is where it is but named.
const (
	sure = 0.46
	hint = exchange.Possible
)

// unquote takes the quotes off a text that stands in them.
func unquote(text string) string {
	for _, pair := range []string{`""`, "“”", "„“", "„”", "«»", "''", "‘’", "「」", "『』"} {
		open, closing := pair[:len(pair)/2], pair[len(pair)/2:]
		if inner, ok := strings.CutPrefix(text, open); ok {
			if inner, ok = strings.CutSuffix(inner, closing); ok && inner != "" && !strings.Contains(inner, closing) {
				return strings.TrimSpace(inner)
			}
		}
	}
	return text
}

// allQuoted tells whether nearly all texts stand in quotes, as language models write lists.
func allQuoted(texts []string) bool {
	n := 0
	for _, text := range texts {
		if unquote(text) != text {
			n++
		}
	}
	return n*10 >= len(texts)*9 && n > 1
}

// message is a text as it is meant.
func (e evidence) message(text string) string {
	if e.quoted {
		return unquote(text)
	}
	return text
}

// add adds a message; false where no more are wanted.
func (e evidence) add(r *exchange.Reading, at entry, text, category string) bool {
	return r.Add(exchange.Row{Line: at.number, Message: e.message(text), Category: category})
}
