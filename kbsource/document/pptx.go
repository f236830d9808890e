package document

import (
	"cmp"
	"context"
	"encoding/xml"
	"path"
	"slices"
	"strings"
)

// readPPTX reads the slides of a presentation: the title of each is the heading of its
// text.
func readPPTX(ctx context.Context, data []byte) ([]section, error) {
	p, err := openParts(data)
	if err != nil {
		return nil, err
	}
	slides := slidesOf(p)
	if len(slides) == 0 {
		return nil, ErrBroken
	}
	var o outline
	for _, name := range slides {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		data, err := p.read(name)
		if err != nil {
			return nil, err
		}
		s := slideReader{xml: newXMLReader(data)}
		if err := s.xml.root(func(xml.StartElement) error { return s.content() }); err != nil {
			return nil, err
		}
		s.addTo(&o)
	}
	return o.done()
}

// slidesOf returns the names of the slides in the order in which they are shown, or else
// of their numbers.
func slidesOf(p *parts) []string {
	var names []string
	for name := range p.files {
		if ok, _ := path.Match("ppt/slides/slide*.xml", name); ok {
			names = append(names, name)
		}
	}
	shown := map[string]int{}
	for i, target := range relations(p) {
		shown[path.Join("ppt", target)] = i + 1
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(cmp.Compare(shown[a], shown[b]), cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	})
	return names
}

// relations returns the parts of a presentation that its list of slides refers to.
func relations(p *parts) (targets []string) {
	list, err := p.read("ppt/presentation.xml")
	if err != nil {
		return nil
	}
	links, err := p.read("ppt/_rels/presentation.xml.rels")
	if err != nil {
		return nil
	}
	byID := map[string]string{}
	eachElement(links, "Relationship", func(e xml.StartElement) { byID[value(e, "Id")] = value(e, "Target") })
	eachElement(list, "sldId", func(e xml.StartElement) {
		for _, a := range e.Attr { // "id" of no name space is a number
			if target, ok := byID[a.Value]; ok && a.Name.Local == "id" {
				targets = append(targets, target)
			}
		}
	})
	return targets
}

// eachElement calls do for the elements of a name in a part, as far as it can be read.
func eachElement(data []byte, name string, do func(xml.StartElement)) {
	x := newXMLReader(data)
	for {
		token, err := x.decoder.Token()
		if err != nil {
			return
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == name {
			do(e)
		}
	}
}

// slideReader reads a slide; its title may come after its text.
type slideReader struct {
	xml   *xmlReader
	title string
	parts []func(*outline)
	kind  string // of the place that the present shape fills: "title", "ftr"
}

func (s *slideReader) addTo(o *outline) {
	o.heading(1, s.title)
	if s.title == "" {
		o.leave(1)
	}
	for _, part := range s.parts {
		part(o)
	}
	o.endList()
}

func (s *slideReader) content() error {
	return s.xml.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "sp":
			s.kind = ""
		case "ph":
			s.kind = value(e, "type")
		case "txBody":
			return s.body()
		case "tbl":
			return s.table()
		case "Fallback", "transition", "timing":
			return s.xml.skip()
		}
		return s.content()
	}, nil)
}

type slideLine struct {
	depth int
	text  string
}

func (s *slideReader) body() error {
	lines, err := s.lines()
	if err != nil {
		return err
	}
	switch s.kind {
	case "title", "ctrTitle":
		for _, line := range lines {
			s.title = strings.TrimSpace(s.title + " " + line.text)
		}
		return nil
	case "sldNum", "dt", "ftr", "hdr":
		return nil
	}
	s.parts = append(s.parts, func(o *outline) {
		o.endList()
		for _, line := range lines {
			if len(lines) == 1 || strings.HasSuffix(line.text, ":") && line.depth == 0 {
				o.paragraph(line.text)
			} else {
				o.item(line.depth, line.text)
			}
		}
	})
	return nil
}

// lines reads the paragraphs of a shape or a table's cell.
func (s *slideReader) lines() (lines []slideLine, err error) {
	err = s.xml.children(func(e xml.StartElement) error {
		if e.Name.Local != "p" {
			return s.xml.skip()
		}
		var line slideLine
		var text strings.Builder
		var read func(e xml.StartElement) error
		read = func(e xml.StartElement) error {
			switch e.Name.Local {
			case "pPr":
				line.depth = intValue(e, "lvl", 0)
				return s.xml.skip()
			case "t":
				return s.xml.children(read, func(part string) { text.WriteString(part) })
			case "br", "tab":
				text.WriteByte(' ')
			}
			return s.xml.children(read, nil)
		}
		if err := s.xml.children(read, nil); err != nil {
			return err
		}
		if line.text = oneLine(text.String()); line.text != "" {
			lines = append(lines, line)
		}
		return nil
	}, nil)
	return lines, err
}

func (s *slideReader) table() error {
	var g grid
	var places spans
	err := s.xml.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "tblPr":
			if value(e, "firstRow") == "1" {
				g.marked = 1
			}
		case "tr":
			if err := s.xml.children(func(e xml.StartElement) error { return s.cell(e, &places) }, nil); err != nil {
				return err
			}
			g.rows = append(g.rows, places.endRow())
			return nil
		}
		return s.xml.skip()
	}, nil)
	s.parts = append(s.parts, func(o *outline) { o.table(g) })
	return err
}

func (s *slideReader) cell(e xml.StartElement, places *spans) error {
	if e.Name.Local != "tc" || value(e, "hMerge") == "1" || value(e, "vMerge") == "1" { // the last are parts of others
		return s.xml.skip()
	}
	var words []string
	err := s.xml.children(func(inner xml.StartElement) error {
		if inner.Name.Local != "txBody" {
			return s.xml.skip()
		}
		lines, err := s.lines()
		for _, line := range lines {
			words = append(words, line.text)
		}
		return err
	}, nil)
	places.cell(strings.Join(words, " "), intValue(e, "gridSpan", 1), intValue(e, "rowSpan", 1))
	return err
}
