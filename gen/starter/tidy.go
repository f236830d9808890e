package starter

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"seedbed/assets/i18n"
	"seedbed/gen/intent/outofscope"
	"seedbed/localdb"
)

// What a category has of which a list says nothing, and how long its name may be.
const (
	defaultCount   = 80
	longestName    = 60 // characters
	mostCategories = 1000
	mostExamples   = 200
)

// tidy makes categories of the entries of a list, as a dataset allows them, and notes what
// it changed or guessed.
func tidy(entries []entry) ([]localdb.Category, []Note, error) {
	t := tidying{at: map[string]int{}}
	for _, e := range entries {
		t.add(e)
	}
	switch {
	case len(t.categories) == 0:
		return nil, nil, errNoList
	case len(t.categories) > mostCategories:
		return nil, nil, i18n.Error("it names {{.N}} categories, of which {{.Most}} are allowed; the column or file with the categories may be another one", i18n.Values{"N": len(t.categories), "Most": mostCategories})
	}
	for i := range t.categories {
		if t.categories[i].Colour == "" {
			t.categories[i].Colour = FreeColour(t.categories)
		}
	}
	for i := range t.categories {
		if c := &t.categories[i]; c.Key == "" && !t.noKey[c.Name] {
			c.Key = FreeKey(t.categories)
		}
	}
	t.shownNames()
	return t.categories, t.notes, nil
}

type tidying struct {
	categories []localdb.Category
	at         map[string]int // by name in lower case
	notes      []Note
	noKey      map[string]bool
}

func (t *tidying) note(category string, text i18n.Text) {
	t.notes = append(t.notes, Note{Category: category, Text: text})
}

// add adds an entry, or joins it with an earlier one of the same name.
func (t *tidying) add(e entry) {
	name, cut := cleanName(e.name)
	if name == "" {
		return
	}
	if cut {
		t.note(name, i18n.T("its name was longer than {{.N}} characters and is cut", i18n.Values{"N": longestName}))
	}
	if at, ok := t.at[strings.ToLower(name)]; ok {
		t.join(&t.categories[at], e)
		return
	}
	c := localdb.Category{Name: name, ShownName: t.shownName(name, e), Is: e.is, IsNot: e.isNot, Bank: e.bank}
	c.Examples = addExamples(nil, e.examples)
	c.Kind = t.kind(name, e)
	c.Training = t.training(name, e)
	c.Target = t.target(name, e)
	c.Colour = t.colour(name, e)
	c.Key = t.key(name, e)
	t.at[strings.ToLower(name)] = len(t.categories)
	t.categories = append(t.categories, c)
}

// join adds what a second entry of the same name says.
func (t *tidying) join(c *localdb.Category, e entry) {
	t.note(c.Name, i18n.T("it stands in the list more than once; the entries are joined"))
	c.ShownName = cmp.Or(c.ShownName, t.shownName(c.Name, e))
	c.Is, c.IsNot = joined(c.Is, e.is), joined(c.IsNot, e.isNot)
	c.Examples = addExamples(c.Examples, e.examples)
}

// joined puts two texts one after the other, unless the first says the second already.
func joined(text, more string) string {
	if strings.Contains(text, more) {
		return text
	}
	return strings.TrimSpace(text + " " + more)
}

func addExamples(examples, more []string) []string {
	for _, text := range more {
		text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
		if text != "" && len(examples) < mostExamples && !slices.Contains(examples, text) {
			examples = append(examples, text)
		}
	}
	return examples
}

// cleanName is a name on one line, without signs around it that belong to the list.
func cleanName(name string) (clean string, cut bool) {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || !unicode.IsPrint(r) && !unicode.Is(unicode.Join_Control, r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	name = strings.Join(strings.Fields(name), " ")
	for before := ""; name != before; { // one may stand in the other
		before = name
		name = strings.TrimSpace(strings.TrimRight(unquoted(name), ":,;"))
		name = strings.Trim(name, "*_` ")
	}
	if strings.Trim(name, "-=:| ") == "" { // the line below the header of a table in Markdown
		return "", false
	}
	if utf8.RuneCountInString(name) > longestName {
		return strings.TrimSpace(string([]rune(name)[:longestName])), true
	}
	return name, false
}

// shownName is what people read in place of the name; "" where the list says nothing else.
func (t *tidying) shownName(name string, e entry) string {
	shown, cut := cleanName(e.shownName)
	if cut {
		t.note(name, i18n.T("its name was longer than {{.N}} characters and is cut", i18n.Values{"N": longestName}))
	}
	if shown == name {
		return ""
	}
	return shown
}

// shownNames takes away those by which people could mean another category, too.
func (t *tidying) shownNames() {
	for i := range t.categories {
		c := &t.categories[i]
		taken := func(other localdb.Category) bool { return other.Name != c.Name && other.IsNamed(c.ShownName) }
		if c.ShownName != "" && slices.ContainsFunc(t.categories, taken) {
			t.note(c.Name, i18n.T("its shown name {{.Name}} is one of another category, so it is shown as it is in files", i18n.Values{"Name": strconv.Quote(c.ShownName)}))
			c.ShownName = ""
		}
	}
}

// kinds are those that a category can have.
var kinds = []string{"rag", "context", "chitchat", "custom"}

// kind is the kind that the list says, or one that the name suggests.
func (t *tidying) kind(name string, e entry) string {
	if slices.Contains(kinds, e.kind) {
		return e.kind
	}
	if e.kind != "" {
		t.note(name, i18n.T("its kind {{.Kind}} is not known, so it is custom", i18n.Values{"Kind": strconv.Quote(e.kind)}))
		return "custom"
	}
	switch {
	case nameSuggests(name, smallTalk):
		t.note(name, i18n.T("taken for small talk by its name"))
		return "chitchat"
	case nameSuggests(name, factual):
		t.note(name, i18n.T("taken for factual questions by its name, which ask about the knowledge where there is some"))
		return "rag"
	}
	return "custom"
}

// training tells whether the category is part of training.
func (t *tidying) training(name string, e entry) bool {
	switch {
	case e.training != "":
		return yes(e.training)
	case e.outOfTraining:
		return false
	case outofscope.IsNone(strings.ToLower(name)) || nameSuggests(name, offTopic):
		t.note(name, i18n.T("kept out of training, since its name says that it holds what belongs to no category"))
		return false
	}
	return true
}

func (t *tidying) target(name string, e entry) int {
	if e.count == "" {
		return defaultCount
	}
	n, ok := number(e.count)
	if !ok {
		t.note(name, i18n.T("its number of messages {{.Count}} is no whole number from 0 to {{.Most}}, so it is {{.N}}",
			i18n.Values{"Count": strconv.Quote(e.count), "Most": mostMessages, "N": defaultCount}))
		return defaultCount
	}
	return n
}

var hexColour = regexp.MustCompile(`^#?([0-9a-fA-F]{6})$`)

// colour is what the list says; "" where it says none or it is no colour.
func (t *tidying) colour(name string, e entry) string {
	m := hexColour.FindStringSubmatch(e.colour)
	if m == nil && e.colour != "" {
		t.note(name, i18n.T("its colour {{.Colour}} is not of the form #2e6bdc, so it has another one", i18n.Values{"Colour": strconv.Quote(e.colour)}))
	}
	if m == nil {
		return ""
	}
	return "#" + strings.ToLower(m[1])
}

// key is what the list says; "" where it says none, or it can't be one.
func (t *tidying) key(name string, e entry) string {
	key := strings.ToLower(e.key)
	taken := func(c localdb.Category) bool { return c.Key == key }
	switch {
	case key == "":
		return ""
	case utf8.RuneCountInString(key) > 1 || !strings.Contains(keys, key) || slices.ContainsFunc(t.categories, taken):
		t.note(name, i18n.T("its key {{.Key}} is taken or can't be one, so it has another one", i18n.Values{"Key": strconv.Quote(e.key)}))
		return ""
	}
	return key
}

// keys label a message in Review; other letters mean something else there.
const keys = "123456789bdefghijklmnopqstvwyz"

// FreeKey is the first key in Review that none of the categories has; "" where all are
// taken.
func FreeKey(categories []localdb.Category) string {
	for _, key := range keys {
		if !slices.ContainsFunc(categories, func(c localdb.Category) bool { return c.Key == string(key) }) {
			return string(key)
		}
	}
	return ""
}

// Colours are easy to tell apart, in the light and in the dark.
var Colours = []string{"#2e6bdc", "#0b8a82", "#8350cf", "#b86e00", "#c93f72", "#d2452b", "#3b8f3c", "#667085", "#8a6d3b", "#00838f", "#ad1457", "#558b2f"}

// FreeColour is a colour that none of the categories has.
func FreeColour(categories []localdb.Category) string {
	taken := map[string]bool{}
	for _, c := range categories {
		taken[strings.ToLower(c.Colour)] = true
	}
	for _, colour := range Colours {
		if !taken[colour] {
			return colour
		}
	}
	for i := len(categories); ; i++ {
		if colour := hue(math.Mod(float64(i)*0.618034, 1)); !taken[colour] { // the golden angle, so that hues stay far apart
			return colour
		}
	}
}

// hue is a colour of medium lightness of a hue from 0 to 1.
func hue(h float64) string {
	channel := func(shift float64) int {
		distance := math.Abs(math.Mod(h*6+shift, 6) - 3)
		return int(60 + 130*min(max(distance-1, 0), 1))
	}
	return fmt.Sprintf("#%02x%02x%02x", channel(0), channel(4), channel(2))
}

// The names by which a kind is guessed, as words or beginnings of them, in several languages.
var (
	smallTalk = words(`smalltalk small_talk chitchat chit_chat greet greeting greetings hello goodbye bye thanks thank_you
		thankyou pleasantries begrüßung gruß grüße dank danke verabschiedung plauderei saludo saludos despedida charla
		gracias salutation salutations bavardage merci au_revoir saluti saudação приветствие болтовня 闲聊 寒暄 挨拶 雑談`)
	factual = words(`faq faqs question questions knowledge factual rag wissensfrage frage fragen pregunta preguntas domande
		perguntas вопрос вопросы 问题 質問`)
	offTopic = words(`off_topic offtopic out_of_scope outofscope oos out_of_domain ood none nothing irrelevant unrelated
		fallback nonsense sonstiges_unpassend themenfremd hors_sujet fuera_de_tema fora_do_tema fuori_tema`)
)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		set[word] = true
	}
	return set
}

// nameSuggests tells whether a name, or a part of it between spaces, dashes and the like,
// is one of the words.
func nameSuggests(name string, of map[string]bool) bool {
	parts := strings.FieldsFunc(splitCamel(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	for from := range parts {
		for to := from + 1; to <= min(len(parts), from+3); to++ {
			if of[strings.ToLower(strings.Join(parts[from:to], "_"))] {
				return true
			}
		}
	}
	return false
}

var camel = regexp.MustCompile(`(\p{Ll})(\p{Lu})`)

func splitCamel(name string) string { return camel.ReplaceAllString(name, "$1 $2") }
