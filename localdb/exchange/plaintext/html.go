// Package plaintext gives what a person sees of a message written in a markup.
package plaintext

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// FromHTML gives what a person sees of a message written in HTML.
func FromHTML(source string) string {
	if !strings.ContainsAny(source, "<&") {
		return strings.TrimSpace(source)
	}
	var b strings.Builder
	unseen := false
	for z := html.NewTokenizer(strings.NewReader(source)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return strings.TrimSpace(strings.ReplaceAll(b.String(), "\u00A0", " "))
		case html.TextToken:
			if !unseen {
				b.Write(z.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			switch tag := z.Token().DataAtom; tag {
			case atom.Script, atom.Style:
				unseen = true
			case atom.Br, atom.P, atom.Div, atom.Li, atom.Tr, atom.H1, atom.H2, atom.H3:
				if b.Len() > 0 && !strings.HasSuffix(b.String(), "\n") {
					b.WriteByte('\n')
				}
			default:
			}
		case html.EndTagToken:
			unseen = false
		default: // comments
		}
	}
}
