package document

import (
	"strings"
	"unicode/utf8"
)

// section is a stretch of a document under one heading.
type section struct {
	title  string // the headings above it, joined by headingSeparator
	blocks []block
}

// block is a paragraph, list or table. Its lines belong together, and each makes sense
// under the lead alone.
type block struct {
	lead  string // the sentence that introduces a list, or a table's caption
	lines []string
}

const (
	headingSeparator = " › "
	maxHeading       = 150 // characters of a heading or lead that are kept
)

// outline collects a document's text under its headings.
type outline struct {
	sections []section
	path     []heading
	list     []string // the items of the list that is being read
	size     int      // bytes of text
}

type heading struct {
	level int
	text  string
}

// heading starts a section. Level 1 is the highest.
func (o *outline) heading(level int, text string) {
	o.endList()
	text = headingNumber().ReplaceAllString(oneLine(text), "")
	if text == "" {
		return
	}
	for len(o.path) > 0 && o.path[len(o.path)-1].level >= level {
		o.path = o.path[:len(o.path)-1]
	}
	o.path = append(o.path, heading{level, shortened(text)})
	o.startSection()
}

// headingNumber matches the number of a section: "3.", "2.1 " and "§ 4 ".
var headingNumber = pattern(`^(?:\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+|§\s*\d+[a-z]?\.?)\s+`)

func (o *outline) startSection() {
	titles := make([]string, 0, len(o.path))
	for _, h := range o.path {
		if len(titles) == 0 || titles[len(titles)-1] != h.text {
			titles = append(titles, h.text)
		}
	}
	o.sections = append(o.sections, section{title: strings.Join(titles, headingSeparator)})
}

// leave ends the sections of a level and below it, without starting another heading.
func (o *outline) leave(level int) {
	o.endList()
	for len(o.path) > 0 && o.path[len(o.path)-1].level >= level {
		o.path = o.path[:len(o.path)-1]
	}
	o.startSection()
}

func (o *outline) paragraph(text string) {
	o.endList()
	if text = oneLine(text); text != "" {
		o.add(block{lines: []string{text}})
	}
}

// item adds an item of a list; depth 0 is that of a list in no other list.
func (o *outline) item(depth int, text string) {
	if text = oneLine(text); text != "" {
		o.list = append(o.list, strings.Repeat("  ", min(depth, 5))+"- "+text)
	}
}

// endList ends the list that is being read. It is kept with the sentence before it.
func (o *outline) endList() {
	if len(o.list) > 0 {
		o.add(block{lead: o.takeLead(), lines: o.list})
		o.list = nil
	}
}

func (o *outline) add(b block) {
	if len(o.sections) == 0 {
		o.sections = []section{{}}
	}
	for _, line := range b.lines {
		o.size += len(line)
	}
	if o.size <= MaxSize { // else done fails
		last := &o.sections[len(o.sections)-1]
		last.blocks = append(last.blocks, b)
	}
}

// takeLead takes the paragraph before a list or table, if that introduces it: it ends
// with a colon, or is a few words without an end, as in a line set in bold.
func (o *outline) takeLead() string {
	if len(o.sections) == 0 {
		return ""
	}
	last := &o.sections[len(o.sections)-1]
	n := len(last.blocks)
	if n == 0 || last.blocks[n-1].lead != "" || len(last.blocks[n-1].lines) != 1 {
		return ""
	}
	text := last.blocks[n-1].lines[0]
	introduces := strings.HasSuffix(text, ":") || !strings.ContainsAny(text[len(text)-1:], ".!?") && len(strings.Fields(text)) <= 12
	if strings.HasPrefix(text, "- ") || !introduces || utf8.RuneCountInString(text) > MaxPassage/3 {
		return ""
	}
	last.blocks = last.blocks[:n-1]
	return text
}

// done returns the sections that hold text.
func (o *outline) done() ([]section, error) {
	o.endList()
	if o.size > MaxSize {
		return nil, ErrTooLarge
	}
	kept := o.sections[:0]
	for _, s := range o.sections {
		if len(s.blocks) > 0 {
			kept = append(kept, s)
		}
	}
	return kept, nil
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// shortened cuts a text that is too long for a heading.
func shortened(text string) string {
	if utf8.RuneCountInString(text) <= maxHeading {
		return text
	}
	return strings.TrimSpace(string([]rune(text)[:maxHeading])) + "…"
}

// goodPassage is the length in bytes from which on a passage is not joined with the
// next block.
const goodPassage = 500

// cut joins short blocks and cuts long ones, so that each passage is about one thing
// and long enough to ask about.
func cut(blocks []block) []string {
	var passages []string
	var open strings.Builder
	flush := func() {
		if open.Len() > 0 {
			passages = append(passages, open.String())
			open.Reset()
		}
	}
	for _, b := range blocks {
		for _, piece := range b.pieces() {
			if open.Len() > 0 && open.Len()+len(piece) > MaxPassage {
				flush()
			}
			if open.Len() > 0 {
				open.WriteString("\n")
			}
			open.WriteString(piece)
			if open.Len() >= goodPassage {
				flush()
			}
		}
	}
	flush()
	return passages
}

// pieces cuts a block into texts of at most MaxPassage characters, each of whole lines
// under the lead where they are short enough.
func (b block) pieces() []string {
	var pieces []string
	var open strings.Builder
	room, begun := 0, false // characters left, and whether there is more than the lead
	start := func() {
		if begun {
			pieces = append(pieces, open.String())
		}
		open.Reset()
		open.WriteString(b.lead)
		room, begun = MaxPassage-utf8.RuneCountInString(b.lead), false
	}
	start()
	for _, rest := range b.lines {
		for rest != "" {
			piece, after := cutText(rest, room-1)
			if after != "" && begun {
				start()
				continue
			}
			if open.Len() > 0 {
				open.WriteString("\n")
			}
			open.WriteString(piece)
			room, begun = room-1-utf8.RuneCountInString(piece), true
			if rest = after; rest != "" {
				start()
			}
		}
	}
	start()
	return pieces
}
