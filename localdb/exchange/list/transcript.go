package list

import (
	"strconv"
	"strings"
	"unicode"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/columns"
)

// A turn begins with who speaks, and perhaps when: "[10:31] **Agent:** hello", "<Ann> hello",
// "Ann (10:31): hello", or a heading "### Human".
const (
	before = `^(?:[-*•]\s+)?(?:[\[(]?(?:\d{4}-\d\d-\d\d[T ])?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?Z?(?:\s?[AaPp][Mm])?[\])]?\s*[-–|]?\s*)?(?:\*\*|__|\*|#{1,6}\s)?`
	sign   = `(?:\*\*|__|\*)?\s?(?:[:：>|]|->|=>|[–—-]\s|\t)(?:\*\*|__|\*)?`
)

var (
	named     = exchange.Pattern(before + `(\pL[\pL\pM\p{Nd} ._'’-]{0,30}?)(?:\s?[(\[][^()\[\]]{1,25}[)\]])?` + sign + `(.*)$`)
	bracketed = exchange.Pattern(before + `(?:\[([^\[\]\d][^\[\]]{0,30})\]|<\|?([^<>|/\d][^<>|]{0,30})\|?>)(?:` + sign + `)?(.*)$`)
	headed    = exchange.Pattern(`^#{1,6}\s*(\pL[\pL ]{1,30})$`)
)

// turn parts a line into who speaks and what is said.
func turn(line string) (speaker, text string, ok bool) {
	if m := headed().FindStringSubmatch(line); m != nil && roleSide(m[1]) != exchange.NoSide {
		return m[1], "", true
	}
	if m := bracketed().FindStringSubmatch(line); m != nil {
		return strings.TrimSpace(m[1] + m[2]), strings.TrimSpace(m[3]), true
	}
	m := named().FindStringSubmatch(line + " ")
	if m == nil || strings.HasPrefix(m[2], "//") || m[2] != "" && m[2][0] >= '0' && m[2][0] <= '9' { // an address or a time
		return "", "", false
	}
	return strings.TrimSpace(m[1]), strings.TrimSpace(m[2]), true
}

// speakers are those who take turns in a conversation.
type speakers struct {
	known map[string]bool
	open  bool // whoever is named like a person begins a turn
	gaps  bool // blank lines part conversations
}

func (s *speakers) has(name string) bool {
	return s.known[name] || s.open && labelLike(name) || roleSide(name) != exchange.NoSide
}

// conversationWords are the names of the two sides of questions and answers.
var conversationWords = wordSet("q a question answer frage antwort pregunta respuesta pergunta resposta domanda risposta réponse вопрос ответ 问 答 質問 回答 질문 답변")

// answers are those of them that answer.
var answers = wordSet("a answer antwort respuesta resposta risposta réponse ответ 答 回答 답변")

func roleSide(name string) exchange.Side {
	if side := exchange.RoleSide(name); side != exchange.NoSide {
		return side
	}
	parts := strings.Fields(name)
	if len(parts) == 2 || len(parts) == 3 { // Agent Smith, Virtual Assistant
		if side := exchange.RoleSide(parts[len(parts)-1]); side == exchange.OtherSide {
			return side
		}
		return exchange.RoleSide(parts[0])
	}
	return exchange.NoSide
}

// takesTurns is how sure it is of a conversation whose speakers are named by their roles.
const takesTurns = 0.88

// findTranscript finds a conversation: lines of a few speakers in turn.
func findTranscript(lines []entry) evidence {
	var order []string
	counts := map[string]int{}
	gaps, firstTurn := 0, -1
	for i, line := range lines {
		name, _, ok := turn(line.whole)
		if !ok || !labelLike(name) {
			continue
		}
		if firstTurn < 0 {
			firstTurn = i
		}
		if line.gap && len(order) > 0 {
			gaps++
		}
		order = append(order, name)
		counts[name]++
	}
	if len(order) < 2 || firstTurn > 3 {
		return evidence{}
	}
	who := &speakers{known: map[string]bool{}, gaps: gaps > 0 && gaps*3 < len(order)*2}
	sureness := who.judge(order, counts, len(lines))
	if sureness == 0 {
		return evidence{}
	}
	return evidence{
		Evidence: exchange.Evidence{Sureness: sureness, Why: i18n.T("it is a conversation with who speaks before each turn, such as “{{.Speaker}}”", i18n.Values{"Speaker": order[0]})},
		speakers: who,
	}
}

// judge says how sure it is that the names are those of people or roles that take turns,
// and learns who does.
func (s *speakers) judge(order []string, counts map[string]int, lines int) float64 { //nolint:cyclop // one list of signs, which are weighed together
	users, others, asked, answered, known, turns := 0, 0, 0, 0, 0, len(order)
	for name, n := range counts {
		switch {
		case roleSide(name) == exchange.UserSide:
			users += n
		case roleSide(name) == exchange.OtherSide:
			others += n
		case answers[exchange.Fold(name)]:
			answered += n
		case conversationWords[exchange.Fold(name)]:
			asked += n
		}
		if isCategory(name) && roleSide(name) == exchange.NoSide && !conversationWords[exchange.Fold(name)] {
			known += n
		}
	}
	names := len(counts)
	if asked > 0 && answered > 0 && (asked+answered)*10 >= turns*9 {
		users, others = asked, answered
	}
	switch {
	case users > 0 && others > 0 && known*10 <= turns, (users+others)*2 >= turns && users+others >= 2 && known == 0 && users+others+2 >= turns && users+others >= lines/3:
		s.keep(counts, func(name string) bool {
			return roleSide(name) != exchange.NoSide || conversationWords[exchange.Fold(name)] && answered > 0 || counts[name] > 1 && personal(name)
		})
		return takesTurns
	case users+others > 0 && known > 0 && names > 1 && names <= 8 && turns > 2 && names*3 <= turns*2 && turns*2 >= lines:
		s.keep(counts, func(string) bool { return true })
		return hint // a department, such as support, may be a label
	case known > 0 || names < 2 || names > 8 || turns < 3 || names*3 > turns*2 || turns*2 < lines:
		return 0
	}
	changes := 0
	for i := 1; i < turns; i++ {
		if order[i] != order[i-1] {
			changes++
		}
	}
	changing := float64(changes) / float64(turns-1)
	capital, cased := 0, 0
	for name := range counts {
		if formal(name) || columns.FieldOf(name) != exchange.Ignore || fieldWords[exchange.Fold(name)] {
			return 0
		}
		switch first := []rune(name)[0]; {
		case unicode.IsUpper(first):
			capital++
			cased++
		case unicode.IsLower(first):
			cased++
		}
	}
	s.open = turns*20 >= lines*19 && turns >= 10
	s.keep(counts, func(string) bool { return true })
	switch {
	case capital == names && changing >= 0.5, cased < names && names == 2 && changing >= 0.6, names <= 3 && changing >= 0.85 && turns >= 4:
		return 0.66
	}
	return 0
}

func (s *speakers) keep(counts map[string]int, speaks func(string) bool) {
	for name := range counts {
		s.known[name] = speaks(name)
	}
}

// personal is true of what is written like a name.
func personal(name string) bool {
	first := []rune(name)[0]
	return !unicode.IsLower(first) && !formal(name) && columns.FieldOf(name) == exchange.Ignore
}

var (
	aboveTalk   = i18n.T("stands above the conversation")
	namesTalk   = i18n.T("names a conversation")
	talkHeading = exchange.Pattern(`(?i)^[#=*\-\s\[]*(?:conversation|dialog|dialogue|chat|session|transcript|ticket|case|gespräch|unterhaltung|sitzung|conversación|conversación|conversa|conversazione|discussion|rozmowa|разговор|диалог|чат|对话|對話|会話|대화)\s*(?:#|no\.?|nr\.?|id)?\s*[:#]?\s*\d[\w-]*\s*[\]:=*\-#]*$`)
)

// talk is the conversation that is being read.
type talk struct {
	found  evidence
	r      *exchange.Reading
	number int
	row    exchange.Row // the turn that has begun
	turns  int          // of this conversation
}

func readTranscript(found evidence, list *entries, r *exchange.Reading) error {
	t := &talk{found: found, r: r, number: 1}
	err := list.each(r, (*entries).line, t.line)
	t.end()
	return err
}

func (t *talk) line(line entry) bool {
	name, text, ok := turn(line.whole)
	ok = ok && t.found.speakers.has(name)
	switch {
	case rule().MatchString(line.whole):
		return t.part()
	case talkHeading().MatchString(line.whole):
		t.r.Skip(line.number, namesTalk, line.whole)
		return t.part()
	case !ok && t.row.Role == "":
		t.r.Skip(line.number, aboveTalk, line.whole)
		return true
	case !ok && len(t.row.Message)+len(line.whole) > exchange.MaxRecord:
		t.r.Reject(line.number, exchange.ErrTooLong, line.whole)
		return true
	case !ok:
		t.row.Message = strings.TrimSpace(t.row.Message + "\n" + line.whole)
		return true
	}
	if line.gap && t.found.speakers.gaps && t.turns > 0 {
		t.part()
	}
	goesOn := t.end()
	t.turns++
	t.row = exchange.Row{Line: line.number, Role: role(name), Message: text, Conversation: strconv.Itoa(t.number)}
	return goesOn
}

// part begins another conversation.
func (t *talk) part() bool {
	goesOn := t.end()
	if t.turns > 0 {
		t.number++
	}
	t.turns = 0
	return goesOn
}

// end adds the turn that has begun; false where no more are wanted.
func (t *talk) end() bool {
	row := t.row
	t.row = exchange.Row{}
	return row.Role == "" || t.r.Add(row)
}

// role is what a speaker is called: a name for a side that exchange.KeepsRole knows, or the
// name itself.
func role(name string) string {
	if exchange.RoleSide(name) != exchange.NoSide {
		return name
	}
	switch {
	case answers[exchange.Fold(name)]:
		return "assistant"
	case conversationWords[exchange.Fold(name)]:
		return "user"
	}
	switch roleSide(name) {
	case exchange.OtherSide:
		return "agent"
	case exchange.UserSide:
		return "user"
	default:
		return name
	}
}
