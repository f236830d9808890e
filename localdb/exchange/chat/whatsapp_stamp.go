package chat

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// maxStamp bounds how much of a line is looked at for a date and time, in bytes.
const maxStamp = 120

// stamp is the date and time at the start of a line, as its language writes them.
type stamp struct {
	date    [3]number // in the order of the file; a name of a month is a number, too
	parts   int       // how many of them there are: 2 without a year
	month   int       // which of them is the name of a month; -1 for none
	era     int       // to be added to the year
	clock   [3]int    // hour, minute, second
	seconds bool
	period  period
	english bool   // the period is written as AM or PM
	style   string // how the line is built, the same in all lines of a file
}

type number struct{ value, digits int }

// messageStart parts a line into its stamp and what follows.
func messageStart(line string) (s stamp, rest string, ok bool) {
	line = strings.TrimLeft(line, marks)
	if line == "" {
		return stamp{}, "", false
	}
	if after, bracketed := strings.CutPrefix(line, "["); bracketed {
		end := strings.IndexByte(after[:min(len(after), maxStamp)], ']')
		if end < 0 {
			return stamp{}, "", false
		}
		s, ok = parseStamp(after[:end])
		s.style = "[" + s.style
		return s, strings.TrimLeft(after[end+1:], " \u00A0\u202F"), ok
	}
	head := line[:min(len(line), maxStamp)]
	if first, _ := utf8.DecodeRuneInString(line); !unicode.IsDigit(first) && !unicode.IsLetter(first) {
		return stamp{}, "", false
	}
	if at, length := dash(head); at > 0 {
		if s, ok = parseStamp(line[:at]); ok {
			s.style = "-" + s.style
			return s, strings.TrimLeft(line[at+length:], " \u00A0\u202F"), true
		}
	}
	if at := strings.Index(head, ": "); at > 0 { // as WhatsApp wrote until 2016
		if s, ok = parseStamp(line[:at]); ok && s.seconds {
			s.style = ":" + s.style
			return s, line[at+2:], true
		}
	}
	return stamp{}, "", false
}

// dash finds the first dash with spaces around it.
func dash(s string) (at, length int) {
	for i, r := range s {
		if !unicode.Is(unicode.Pd, r) && r != '\u2212' {
			continue
		}
		before := strings.TrimRight(s[:i], marks)
		last, _ := utf8.DecodeLastRuneInString(before)
		after := strings.TrimLeft(s[i+utf8.RuneLen(r):], marks)
		next, width := utf8.DecodeRuneInString(after)
		if unicode.IsSpace(last) && (unicode.IsSpace(next) || width == 0) {
			return i, len(s[i:]) - len(after) + width
		}
	}
	return -1, 0
}

// marks are the characters without a look of their own that WhatsApp writes for the
// direction of text.
const marks = "\uFEFF\u200B\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\u061C"

func isMark(r rune) bool { return strings.ContainsRune(marks, r) }

// stampNumber is a number of a stamp.
type stampNumber struct {
	number
	joint rune // what joins it to the next number, 0 for a space or a word
}

// units are what languages write behind numbers instead of between them.
var units = map[rune]rune{
	'年': '/', '月': '/', '日': ' ', '時': ':', '时': ':', '分': ':', '秒': ' ', '点': ':',
	'년': '/', '월': '/', '일': ' ', '시': ':', '분': ':', '초': ' ',
}

// parseStamp reads a date and a time in either order.
func parseStamp(text string) (stamp, bool) {
	numbers, words, ok := stampTokens(text)
	if !ok {
		return stamp{}, false
	}
	s := stamp{month: -1}
	if !s.takeWords(words, &numbers) {
		return stamp{}, false
	}
	clock, size := findClock(numbers)
	if size == 0 || len(numbers) < 4 {
		return stamp{}, false
	}
	for i := range size {
		s.clock[i] = numbers[clock+i].value
	}
	s.seconds = size == 3
	dates := numbers[:clock]
	order := "d"
	if clock == 0 {
		dates, order = numbers[size:], "t"
	} else if clock+size != len(numbers) {
		return stamp{}, false
	}
	if s.clock[0] > 24 || s.clock[1] > 59 || s.clock[2] > 60 || numbers[clock+1].digits != 2 || !s.takeDate(dates) {
		return stamp{}, false
	}
	s.parts = len(dates)
	if s.parts == 3 {
		order += "3"
	}
	s.style = order
	return s, true
}

// takeWords takes in the words of a stamp. One that nobody knows may stand in it, for an
// hour in a language that isn't listed; false for more.
func (s *stamp) takeWords(words []stampWord, numbers *[]stampNumber) bool {
	unknown := 0
	for _, w := range words {
		if s.word(w, numbers) {
			continue
		}
		if unknown++; unknown > 1 || w.at == 0 || utf8.RuneCountInString(w.text) > 20 {
			return false
		}
	}
	return true
}

// takeDate takes in the numbers of a date; false where they can't be one.
func (s *stamp) takeDate(numbers []stampNumber) bool {
	if len(numbers) < 2 || len(numbers) > 3 {
		return false
	}
	for i, d := range numbers {
		if d.value > 31 && d.digits != 4 && d.digits != 2 {
			return false
		}
		s.date[i] = d.number
	}
	return true
}

// findClock finds the numbers of the time of day.
func findClock(numbers []stampNumber) (at, size int) {
	for i := range numbers {
		if numbers[i].joint != ':' || i+1 == len(numbers) {
			continue
		}
		if numbers[i+1].joint == ':' && i+2 < len(numbers) {
			return i, 3
		}
		return i, 2
	}
	// Finns, Danes and Indonesians write 14.08.18.
	if n := len(numbers); (n == 5 || n == 6) && numbers[2].joint == 0 && numbers[3].joint == '.' && (n == 5 || numbers[4].joint == '.') {
		return 3, n - 3
	}
	return 0, 0
}

type stampWord struct {
	text string // in lower case without dots and spaces
	raw  string
	at   int // how many numbers stand before it
}

// stampTokens parts a stamp into numbers and words; ok is false where something stands
// in it that no date or time has.
func stampTokens(text string) (numbers []stampNumber, words []stampWord, ok bool) {
	var t stampTokenizer
	for _, r := range text {
		if !isMark(r) && !t.take(r) {
			return nil, nil, false
		}
	}
	t.endWord()
	return t.numbers, t.words, len(t.numbers) >= 3
}

// stampTokenizer takes in a stamp character by character.
type stampTokenizer struct {
	numbers   []stampNumber
	words     []stampWord
	word, raw []rune // the word so far, and as it is written
	inNumber  bool
}

// last is the number that was taken in last.
func (t *stampTokenizer) last() *stampNumber { return &t.numbers[len(t.numbers)-1] }

// take takes in a character; false for one that no stamp has.
func (t *stampTokenizer) take(r rune) bool {
	if digit, ok := digitOf(r); ok {
		return t.digit(digit)
	}
	t.inNumber = false
	behind := len(t.word) == 0 && len(t.numbers) > 0 // directly behind a number
	joint, unit := units[r]
	switch {
	case unit && behind:
		if joint != ' ' {
			t.last().joint = joint
		}
	case unicode.IsLetter(r) || unicode.Is(unicode.M, r):
		t.word, t.raw = append(t.word, unicode.ToLower(r)), append(t.raw, r)
	case behind && strings.ContainsRune("/.-:٫٬：．／", r):
		t.last().joint = plainJoint(r)
	case strings.ContainsRune(".'’ʼ\"”״׳·()（）", r):
		if len(t.word) > 0 {
			t.raw = append(t.raw, r)
		}
	case strings.ContainsRune(",،、，;", r):
		t.endWord()
	default:
		return unicode.IsSpace(r)
	}
	return true
}

func (t *stampTokenizer) digit(digit int) bool {
	t.endWord()
	if !t.inNumber {
		if len(t.numbers) == 6 {
			return false
		}
		t.numbers = append(t.numbers, stampNumber{})
		t.inNumber = true
	}
	n := t.last()
	n.digits++
	n.value = n.value*10 + digit
	return n.digits <= 4
}

func (t *stampTokenizer) endWord() {
	switch text := string(t.word); {
	case text == "":
		return
	case len(t.numbers) > 0 && (text == "h" || text == "min"): // 14 h 03 min 05 s
		t.last().joint = ':'
	case len(t.numbers) > 4 && text == "s":
	default:
		t.words = append(t.words, stampWord{text: text, raw: string(t.raw), at: len(t.numbers)})
	}
	t.word, t.raw = nil, nil
}

func plainJoint(r rune) rune {
	switch r {
	case '：', '٫':
		return ':'
	case '．', '٬':
		return '.'
	case '／':
		return '/'
	}
	return r
}

// zeros are the digits naught of the scripts that phones write dates in.
var zeros = []rune{'0', '٠', '۰', '०', '০', '੦', '૦', '୦', '௦', '౦', '೦', '൦', '๐', '໐', '༠', '၀', '០', '᠐', '０', '߀'}

func digitOf(r rune) (int, bool) {
	if r >= '0' && r <= '9' {
		return int(r - '0'), true
	}
	if r < 0x600 {
		return 0, false
	}
	for _, zero := range zeros {
		if r >= zero && r <= zero+9 {
			return int(r - zero), true
		}
	}
	return 0, false
}

// dateOrder is where year, month and day stand in a date of three numbers.
type dateOrder [3]int

var dateOrders = []dateOrder{dayFirst, monthFirst, yearFirst, {0, 2, 1}}

var (
	dayFirst   = dateOrder{2, 1, 0}
	monthFirst = dateOrder{2, 0, 1}
	yearFirst  = dateOrder{0, 1, 2}
)

// time reads a stamp; the zero time for what is no date since there is WhatsApp.
func (o dateOrder) time(s stamp) time.Time {
	if s.parts < 3 {
		return time.Time{}
	}
	if s.month >= 0 { // 20 Sep 2013, Sep 20 2013, 2013 Sep 20
		o = dayFirst
		switch {
		case s.month == 0:
			o = monthFirst
		case s.date[0].digits == 4:
			o = yearFirst
		}
	}
	year, month, day := s.date[o[0]], s.date[o[1]].value, s.date[o[2]].value
	if year.digits == 3 || s.date[o[1]].digits > 2 || s.date[o[2]].digits > 2 {
		return time.Time{}
	}
	y := year.value
	if year.digits <= 2 && s.era == 0 {
		y += 2000
	}
	y += s.era
	if y > 2400 { // the Thai calendar
		y -= 543
	}
	hour := s.period.hour(s.clock[0])
	t := time.Date(y, time.Month(month), day, hour, s.clock[1], s.clock[2], 0, time.UTC)
	if y < 2009 || y > 2099 || t.Day() != day || int(t.Month()) != month || s.clock[0] > 24 {
		return time.Time{}
	}
	return t
}
