// Package plaintext gives what a person sees of a message written in a markup, and what
// the sender of a reply wrote.
package plaintext

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"seedbed/localdb/exchange"
)

var (
	markup = exchange.Pattern(`(?i)</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|&(?:#\d+|#x[0-9a-f]+|[a-z]+\d*);|<!--`)
	blocks = exchange.Pattern(`(?i)<(?:p|div|br|td|li|tr|html|body|h[1-6]|blockquote|pre)\b`)
)

// FromHTML gives what a person sees of a message written in HTML. A text without markup
// stays as it is.
func FromHTML(source string) string { return fromHTML(source, false) }

// FromHTMLReply is FromHTML without what a mail program quotes and the signature.
func FromHTMLReply(source string) string { return Reply(fromHTML(source, true)) }

func fromHTML(source string, reply bool) string {
	if !strings.ContainsAny(source, "<&") || !markup().MatchString(source) {
		return strings.TrimSpace(source)
	}
	root, err := html.Parse(strings.NewReader(source))
	if err != nil { // elements inside one another without end
		return strings.TrimSpace(html.UnescapeString(markup().ReplaceAllString(source, " ")))
	}
	s := &seen{reply: reply, asWritten: !blocks().MatchString(source)}
	s.walk(root)
	return strings.TrimSpace(s.text.String())
}

// seen collects the text of elements as a browser shows it.
type seen struct {
	text      strings.Builder
	reply     bool // without quotes and signatures
	asWritten bool // line breaks in the source are line breaks
	pre       int
	lineEnd   bool // at the start of a line
	space     bool // one is to be written before the next word
}

func (s *seen) walk(n *html.Node) {
	if n.Type == html.TextNode {
		s.write(n.Data)
		return
	}
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Head, atom.Template, atom.Noscript:
		return
	case atom.Br:
		s.newLine(true)
		return
	case atom.Pre:
		s.pre++
		defer func() { s.pre-- }()
	}
	if s.reply && quoted(n) { // Reply takes the mark out, and knows by it that an answer may follow
		s.newLine(false)
		s.text.WriteString(">\n")
		s.lineEnd = true
		return
	}
	block := slices.Contains(blockElements, n.DataAtom)
	if block {
		s.newLine(false)
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		s.walk(child)
	}
	if block {
		s.newLine(false)
	}
	if n.DataAtom == atom.Td || n.DataAtom == atom.Th {
		s.space = true
	}
}

var blockElements = []atom.Atom{
	atom.P, atom.Div, atom.Li, atom.Ul, atom.Ol, atom.Tr, atom.Table, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
	atom.Blockquote, atom.Pre, atom.Hr, atom.Section, atom.Article, atom.Header, atom.Footer,
}

// newLine ends the line; one that is empty only where a person broke it.
func (s *seen) newLine(always bool) {
	s.space = false
	if s.text.Len() > 0 && (always || !s.lineEnd) {
		s.text.WriteByte('\n')
		s.lineEnd = true
	}
}

func (s *seen) write(text string) {
	text = strings.ReplaceAll(text, "\u00A0", " ")
	if s.pre > 0 || s.asWritten {
		s.text.WriteString(text)
		s.lineEnd = strings.HasSuffix(text, "\n")
		return
	}
	for i, word := range strings.Fields(text) {
		if (i > 0 || s.space || startsWithSpace(text)) && !s.lineEnd && s.text.Len() > 0 {
			s.text.WriteByte(' ')
		}
		s.text.WriteString(word)
		s.lineEnd, s.space = false, false
	}
	if text != "" && startsWithSpace(text[len(text)-1:]) {
		s.space = true
	}
}

func startsWithSpace(text string) bool { return strings.IndexAny(text, " \t\r\n") == 0 }

// quoteMarks are the classes and ids of the elements in which programs put the message
// that is replied to, and signatures.
var quoteMarks = exchange.Pattern(`(?i)\b(?:gmail_quote(?:_container)?|gmail_extra|gmail_attr|gmail_signature|yahoo_quoted|moz-cite-prefix|moz-signature|divRplyFwdMsg|appendonsend|` +
	`protonmail_quote|protonmail_signature_block|zmail_extra|freshdesk_quote|freshchat_quote|front-signature|x_gmail_quote|mail-editor-reference-message-container|ms-outlook-mobile-signature|` +
	`ms-outlook-mobile-reference-message|AppleMailSignature|tutanota_quote|intercom-quoted|zendesk_quote|signature|OLK_SRC_BODY_SECTION|reply-intro)\b`)

func quoted(n *html.Node) bool {
	if n.DataAtom == atom.Blockquote {
		return true
	}
	for _, a := range n.Attr {
		if (a.Key == "class" || a.Key == "id") && quoteMarks().MatchString(a.Val) && n.DataAtom != atom.Body {
			return true
		}
	}
	return false
}
