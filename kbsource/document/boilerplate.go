package document

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// mainContent removes what surrounds the text of a page: menus, notes about cookies,
// footers. What is surely none of it is removed first; then the Readability algorithm,
// known from Firefox, chooses the main part. As it is made for articles, its choice is
// not taken where it would leave out much of the text, as in a page of many short
// parts.
func mainContent(document *html.Node) *html.Node {
	prune(document, measure(document).prose)
	chosen := chosenNodes(document)
	if chosen == nil {
		return document
	}
	unchosen, _ := unchosenIn(document, chosen)
	left := measure(document).prose
	lost := 0
	for _, node := range unchosen {
		lost += measure(node).prose
	}
	if 4*lost <= left {
		for _, node := range unchosen {
			node.Parent.RemoveChild(node)
		}
	}
	return document
}

// unchosenIn returns the elements in a node that Readability left out, and whether it
// kept any. Headings, tables and lists stay where what is around them was kept, and so
// do parts that have their own heading and are text rather than links.
func unchosenIn(node *html.Node, chosen map[string]bool) (unchosen []*html.Node, kept bool) {
	here := chosen[attribute(node, mark)]
	kept = here
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		if child.Type != html.ElementNode {
			continue
		}
		inner, found := unchosenIn(child, chosen)
		switch {
		case found && child.DataAtom == atom.Table:
			kept = true
		case found:
			unchosen, kept = append(unchosen, inner...), true
		case child.DataAtom == atom.H1, hasOwnText(child), here && (isStructure(child) || isList(child)):
		case isBlock[child.DataAtom], isStructure(child), isList(child):
			unchosen = append(unchosen, child)
		}
	}
	return unchosen, kept
}

func hasOwnText(node *html.Node) bool {
	a := measure(node)
	return a.headings > 0 && a.buttons == 0 && a.prose > 2*a.linked
}

// amounts are what an element holds, in characters.
type amounts struct {
	text, linked   int
	prose          int // text outside links and buttons
	links, buttons int
	headings       int
	main           bool // it has the page's heading or main part
}

func (a *amounts) add(b amounts) {
	a.text += b.text
	a.linked += b.linked
	a.prose += b.prose
	a.links += b.links
	a.buttons += b.buttons
	a.headings += b.headings
	a.main = a.main || b.main
}

func measure(node *html.Node) (a amounts) {
	if node.Type == html.TextNode {
		a.text = utf8.RuneCountInString(strings.TrimSpace(node.Data))
		a.prose = a.text
		return a
	}
	for child := node.FirstChild; child != nil; child = child.NextSibling {
		a.add(measure(child))
	}
	return a.of(node)
}

// of turns the amounts inside an element into its own.
func (a amounts) of(node *html.Node) amounts {
	switch {
	case node.Type != html.ElementNode:
	case node.DataAtom == atom.A && attribute(node, "href") != "":
		a.links++
		a.linked, a.prose = a.text, 0
	case isQuestionButton(node):
		a.headings++
	case node.DataAtom == atom.Button || node.DataAtom == atom.Input || attribute(node, "role") == "button":
		a.buttons++
		a.linked, a.prose = a.text, 0
	case leftOut[node.DataAtom] && node.DataAtom != atom.Nav && node.DataAtom != atom.Footer && node.DataAtom != atom.Dialog:
		return amounts{}
	case node.DataAtom == atom.H1 || node.DataAtom == atom.Main || node.DataAtom == atom.Article:
		a.main = true
		a.headings++
	case isHeading(node):
		a.headings++
	}
	return a
}

// prune removes what is surely not the text of a page, of which total is the prose. The
// inner elements come first, so that as little as possible is removed.
func prune(node *html.Node, total int) (a amounts) {
	if node.Type == html.TextNode {
		return measure(node)
	}
	var next *html.Node
	for child := node.FirstChild; child != nil; child = next {
		next = child.NextSibling
		inner := prune(child, total)
		if child.Type == html.ElementNode && !inner.main && 2*inner.prose <= total && surrounds(child, inner) {
			node.RemoveChild(child)
			continue
		}
		a.add(inner)
	}
	return a.of(node)
}

// surrounds reports whether an element is no part of a page's own text.
func surrounds(node *html.Node, a amounts) bool {
	switch node.DataAtom {
	case atom.Nav, atom.Footer, atom.Dialog:
		return true
	case atom.Aside:
		return !words(node).any(callouts)
	case atom.Div, atom.Section, atom.Ul, atom.Ol, atom.P, atom.Header, atom.Form, atom.Small, atom.Span, atom.Table:
	default:
		if !strings.Contains(node.Data, "-") { // elements with a hyphen are a site's own
			return false
		}
	}
	named := words(node)
	return surroundingRoles[attribute(node, "role")] || named["sidebar"] ||
		isCookieNotice(node, named, a) || isMenu(node, named, a) || a.mostlyLinks() ||
		a.text < 600 && a.headings <= 1 && named.any(extras) ||
		isFinePrint(node, a)
}

// isCookieNotice reports whether an element asks for consent to cookies, or tells of them.
func isCookieNotice(node *html.Node, named wordSet, a amounts) bool {
	isPhrasing := node.DataAtom == atom.P || node.DataAtom == atom.Span || node.DataAtom == atom.Table
	if !isPhrasing && a.text < 3000 && a.links+a.buttons > 0 &&
		(named.any(consents) || (a.buttons > 0 || a.text < 600) && cookieNote().MatchString(rawText(node))) {
		return true
	}
	return a.headings == 0 && a.text < 600 && node.DataAtom != atom.Span &&
		(named.any(consents) || a.text < 300 && cookieUse().MatchString(rawText(node)))
}

// isMenu reports whether an element has the name of a menu, and is as short as one or
// mostly links.
func isMenu(node *html.Node, named wordSet, a amounts) bool {
	if !named.any(menus) {
		return false
	}
	isShort := a.headings == 0 && a.text < 150 && !strings.HasSuffix(strings.TrimSpace(rawText(node)), ".")
	return isShort || 2*a.linked > a.text || a.links+a.buttons > 0 && a.prose < 100 && a.headings == 0
}

// mostlyLinks reports whether an element is buttons or links with few words around them.
func (a amounts) mostlyLinks() bool {
	switch {
	case a.headings > 0:
		return false
	case a.buttons > 0 && a.prose < 60: // "Was this page helpful?"
		return true
	case a.links == 2:
		return a.prose <= 5 && a.text < 60
	}
	return a.links >= 3 && 10*a.linked >= 7*a.text && a.linked < 60*a.links
}

func isFinePrint(node *html.Node, a amounts) bool {
	return a.text > 0 && a.text < 200 && a.headings == 0 && finePrint().MatchString(strings.TrimSpace(rawText(node)))
}

// surroundingRoles are the roles of elements around a page's own text (WAI-ARIA).
var surroundingRoles = set("navigation", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar", "banner")

var (
	cookieUse  = pattern(`(?i)\b(use[sd]?|using|verwende[nt]|nutz(t|en|t)|setzt?|utilis\w+|usa\w*|usiamo)\s+(\S+\s+){0,2}cookies\b`)
	cookieNote = pattern(`(?i)\bcookies?\b`)
	finePrint  = pattern(`(?i)^(©|\(c\)|copyright\b)|\b(all rights reserved|alle rechte vorbehalten)\b`)
)

// The words in the names that a page gives its elements. Menus are removed where they
// are mostly links, extras where they are short, as headings have names too.
var (
	callouts = set("note", "tip", "warning", "info", "callout", "admonition", "important", "hint", "caution", "example", "infobox")
	consents = set("cookie", "cookies", "consent", "gdpr", "dsgvo", "onetrust", "cookiebot", "usercentrics", "klaro", "truste", "ccpa")
	menus    = set("menu", "nav", "navbar", "navigation", "sidebar", "breadcrumb", "breadcrumbs", "footer", "header", "topbar", "share", "social", "related", "toc",
		"pagination", "pager", "search", "login", "toolbar", "tabs", "widget", "recommended", "popular", "tags")
	extras = set("newsletter", "subscribe", "advert", "advertisement", "ads", "promo", "breadcrumb", "breadcrumbs", "pagination", "footer", "skip", "popup", "toast")
)

type wordSet map[string]bool

func set(list ...string) wordSet {
	s := make(wordSet, len(list))
	for _, word := range list {
		s[word] = true
	}
	return s
}

func (s wordSet) any(of wordSet) bool {
	for word := range s {
		if of[word] {
			return true
		}
	}
	return false
}

// words are those in the name and classes of an element: "navBar-top" has three.
func words(node *html.Node) wordSet {
	s := wordSet{}
	for _, name := range []string{attribute(node, "id"), attribute(node, "class"), node.Data} {
		s[strings.ToLower(name)] = true
		var word []rune
		for _, r := range name + " " {
			if len(word) > 0 && (!unicode.IsLetter(r) || unicode.IsUpper(r) && unicode.IsLower(word[len(word)-1])) {
				s[strings.ToLower(string(word))] = true
				word = word[:0]
			}
			if unicode.IsLetter(r) {
				word = append(word, r)
			}
		}
	}
	return s
}

// mark is the attribute by which elements are found again in Readability's copy.
const mark = "data-node"

// maxElements is how many elements Readability is given, which takes it some seconds.
const maxElements = 50_000

// chosenNodes returns the marks of the elements that Readability keeps, or nil where it
// finds nothing.
func chosenNodes(document *html.Node) map[string]bool {
	n := 0
	var number func(*html.Node)
	number = func(node *html.Node) {
		if node.Type == html.ElementNode {
			n++
			node.Attr = append(node.Attr, html.Attribute{Key: mark, Val: strconv.Itoa(n)})
		}
		for child := node.FirstChild; child != nil; child = child.NextSibling {
			number(child)
		}
	}
	number(document)
	if n > maxElements {
		return nil
	}
	parser := readability.NewParser()
	parser.DisableJSONLD = true
	article, err := parser.ParseDocument(document, &url.URL{})
	if err != nil || article.Node == nil {
		return nil
	}
	chosen := map[string]bool{}
	var collect func(*html.Node)
	collect = func(node *html.Node) {
		if at := attribute(node, mark); at != "" {
			chosen[at] = true
		}
		for child := node.FirstChild; child != nil; child = child.NextSibling {
			collect(child)
		}
	}
	collect(article.Node)
	return chosen
}
