package document

import (
	"context"
	"encoding/xml"
	"net/url"
	"path"
	"strings"
)

// readEPUB reads the chapters of a book in their order.
func readEPUB(ctx context.Context, data []byte) ([]section, error) {
	p, err := openParts(data)
	if err != nil {
		return nil, err
	}
	chapters, err := chaptersOf(p)
	if err != nil {
		return nil, err
	}
	r := pageReader{}
	for _, name := range chapters {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		data, err := p.read(name)
		if err != nil {
			return nil, err
		}
		chapter, err := parsePage([]byte(decodePage(data)))
		if err != nil {
			return nil, err
		}
		if len(r.outline.path) > 0 && find(chapter, isHeading) == nil { // a cover, or a page without a heading
			r.outline.leave(1)
		}
		r.walk(chapter)
		r.endParagraph()
	}
	return r.outline.done()
}

// chaptersOf returns the parts that a book's package document lists, without its table
// of contents.
func chaptersOf(p *parts) ([]string, error) {
	container, err := p.read("META-INF/container.xml")
	if err != nil {
		return nil, err
	}
	packageName := ""
	eachElement(container, "rootfile", func(e xml.StartElement) {
		if packageName == "" {
			packageName = value(e, "full-path")
		}
	})
	document, err := p.read(packageName)
	if err != nil {
		return nil, err
	}
	pages := map[string]string{}
	eachElement(document, "item", func(e xml.StartElement) {
		if strings.Contains(value(e, "media-type"), "html") && !strings.Contains(value(e, "properties"), "nav") {
			if name, err := url.PathUnescape(value(e, "href")); err == nil {
				pages[value(e, "id")] = path.Join(path.Dir(packageName), name)
			}
		}
	})
	var chapters []string
	eachElement(document, "itemref", func(e xml.StartElement) {
		if name, ok := pages[value(e, "idref")]; ok && value(e, "linear") != "no" {
			chapters = append(chapters, name)
		}
	})
	encrypted := false
	if list, err := p.read("META-INF/encryption.xml"); err == nil {
		eachElement(list, "CipherReference", func(e xml.StartElement) {
			encrypted = encrypted || len(chapters) > 0 && strings.HasSuffix(value(e, "URI"), path.Ext(chapters[0]))
		})
	}
	switch {
	case encrypted:
		return nil, errEncrypted
	case len(chapters) == 0:
		return nil, ErrBroken
	}
	return chapters, nil
}
