package questions

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// In German, French and Spanish, questions are asked about headings, defined terms and
// abbreviations, which need no grammar beyond the article.

// foreign are the forms by which a language defines terms.
type foreign struct {
	definition func() *regexp.Regexp // article, term
	article    func() *regexp.Regexp // at the start of a term
	howTo      func() *regexp.Regexp // at the start of a heading
	asks       map[string]bool
	vague      map[string]bool // headings that name nothing
	compounds  bool            // a long word says as much as several
}

const foreignTerm = `([\pL\pN][\pL\pN'’-]*(?: [\pL\pN][\pL\pN'’-]*){0,3}?)`

var foreigns = map[string]foreign{
	"de": {
		compounds:  true,
		definition: pattern(`^(?:(Die|Der|Das|Eine|Ein) )?` + foreignTerm + `(?: \([\pL\pN .-]{2,20}\))? (?:ist|bezeichnet|bedeutet|beschreibt|meint) (?:eine?n? |der |die |das |den |jede |jeder )`),
		article:    pattern(`(?i)^(?:der|die|das|ein|eine) `),
		howTo:      pattern(`(?i)^(?:wie (?:man|sie) |so )`),
		asks:       setOf("was wie wo wer wann warum welche welcher welches darf muss kann wohin woher wieviel wem wen"),
		vague:      setOf("einleitung einführung überblick übersicht zusammenfassung hinweise hinweis allgemeines anhang inhalt inhaltsverzeichnis kontakt weiteres sonstiges beispiele beispiel ziel ziele grundlagen fazit links"),
	},
	"fr": {
		definition: pattern(`^(?:(La |Le |Les |L['’]|Une |Un ))?` + foreignTerm + `(?: \([\pL\pN .-]{2,20}\))? (?:est|désigne|signifie|correspond à) (?:une? |la |le |l['’])`),
		article:    pattern(`(?i)^(?:la |le |les |l['’]|une? |des )`),
		howTo:      pattern(`(?i)^comment `),
		asks:       setOf("comment quand où qui pourquoi quel quelle quels quelles combien que est-ce puis-je dois-je"),
		vague:      setOf("introduction présentation résumé sommaire généralités annexe contact exemples exemple objectif objectifs conclusion liens divers remarques remarque note notes"),
	},
	"es": {
		definition: pattern(`^(?:(La|El|Los|Las|Una|Un) )?` + foreignTerm + `(?: \([\pL\pN .-]{2,20}\))? (?:es|significa|se refiere a|consiste en) (?:una? |la |el )`),
		article:    pattern(`(?i)^(?:la|el|los|las|una?) `),
		howTo:      pattern(`(?i)^cómo `),
		asks:       setOf("cómo cuándo dónde quién por qué cuál cuáles cuánto cuánta cuántos cuántas qué puedo debo"),
		vague:      setOf("introducción resumen índice general anexo contacto ejemplos ejemplo objetivo objetivos conclusión enlaces varios notas nota"),
	},
}

// foreignFacts finds what can be asked about a passage in another language than English.
func foreignFacts(language, title string, lines []line) []Fact {
	grammar, seen := foreigns[language], map[string]bool{}
	var facts []Fact
	add := func(kind, slot, text, sentence string) {
		if key := kind + strings.ToLower(text); text != "" && !seen[key] {
			seen[key] = true
			facts = append(facts, Fact{Language: language, Kind: kind, Slots: map[string]string{slot: text}, Terms: strings.Fields(text), Score: threshold, Sentence: sentence})
		}
	}
	for i, l := range lines {
		if isQuestion := strings.HasSuffix(l.text, "?"); isQuestion {
			if i+1 < len(lines) && !strings.HasSuffix(lines[i+1].text, "?") && grammar.question(l.text) {
				add("asked", "question", l.text, l.text)
			}
			continue
		}
		for _, sentence := range sentencesOf(l.text) {
			if m := grammar.definition().FindStringSubmatch(sentence); m != nil && grammar.names(m[2]) {
				add("definition", "term", strings.TrimSpace(articleIn(m[1])+m[2]), sentence)
			}
		}
	}
	switch words := strings.Fields(title); {
	case strings.HasSuffix(title, "?") || len(words) > 2 && grammar.asks[strings.ToLower(words[0])]:
		if question := strings.TrimSuffix(title, "?") + "?"; grammar.question(question) {
			add("asked", "question", question, "")
		}
	case len(words) > 0 && len(words) <= 5 && grammar.names(title) && textOf(lines, shortestText):
		add("topic", "term", title, "")
	}
	return facts
}

// articleIn is a sentence's first article as it stands within one.
func articleIn(article string) string {
	if article == "" || strings.HasSuffix(article, "'") || strings.HasSuffix(article, "’") || strings.HasSuffix(article, " ") {
		return strings.ToLower(article)
	}
	return strings.ToLower(article) + " "
}

// question reports whether a line is a question that makes sense alone.
func (g foreign) question(text string) bool {
	words := strings.Fields(text)
	return len(words) >= 4 && len(words) <= 15 && g.asks[strings.ToLower(strings.TrimLeft(words[0], "¿"))] && !strings.ContainsAny(strings.TrimSuffix(text, "?"), `?!"()[]{}<>|@#*:;`)
}

// names reports whether a text can be the name of a thing.
func (g foreign) names(text string) bool {
	low := strings.ToLower(text)
	if utf8.RuneCountInString(text) < 4 && !isAcronym(text) || strings.ContainsAny(text, `?!"()[]{}<>|@#*:;,./\0123456789`) || g.vague[low] {
		return false
	}
	lists, err := stopWords()
	if err != nil {
		return false
	}
	for language := range foreigns {
		if first, _, _ := strings.Cut(low, " "); lists[language][first] && !g.article().MatchString(text) {
			return false // "Wenn …", "Cette …"
		}
	}
	// One word is too common to be asked about, unless it is long, as compounds are.
	bare := strings.TrimSpace(g.article().ReplaceAllString(text, ""))
	return strings.ContainsFunc(bare, unicode.IsLetter) && (strings.Contains(bare, " ") || isAcronym(bare) || utf8.RuneCountInString(bare) >= longWord && g.compounds)
}

// shortestText is the least number of characters of what can be asked for by its heading.
const shortestText = 80

// longWord is the length from which on a German noun is mostly a compound.
const longWord = 10

// textOf reports whether lines have so many characters of text.
func textOf(lines []line, enough int) bool {
	n := 0
	for _, l := range lines {
		n += len(l.text)
	}
	return n >= enough
}
