// Package number reads the numbers that people write, and holds the bounds of every one
// that they may choose. What could mean two numbers is refused, not guessed.
package number

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"seedbed/assets/i18n"
)

// A Whole is what a whole number may be, both bounds included.
type Whole struct{ Min, Max uint64 }

// A Decimal is what a number with decimals may be, both bounds included.
type Decimal struct{ Min, Max int64 }

// Parse reads a whole number in decimal digits of any script, with or without marks
// between its thousands.
func (b Whole) Parse(text string) (uint64, error) {
	digits, err := plain(text)
	switch {
	case err != nil:
		return 0, explain(err, text, b.describe())
	case strings.Contains(digits, "."):
		return 0, notWhole(text, b.describe())
	}
	n, err := strconv.ParseUint(digits, 10, 64)
	if err != nil || n < b.Min || n > b.Max { // ParseUint refuses a minus
		return 0, outside(text, b.describe())
	}
	return n, nil
}

// Int is Parse for bounds that an int can hold.
func (b Whole) Int(text string) (int, error) {
	n, err := b.Parse(text)
	return int(n), err
}

// Check returns an error if n is out of bounds.
func (b Whole) Check(n int) error {
	if n < 0 || uint64(n) < b.Min || uint64(n) > b.Max {
		return outside(strconv.Itoa(n), b.describe())
	}
	return nil
}

func (b Whole) describe() i18n.Text {
	limit := func(n uint64) any {
		if n > math.MaxInt64 {
			return strconv.FormatUint(n, 10)
		}
		return int(n)
	}
	return i18n.T("a whole number from {{.Min}} to {{.Max}}", i18n.Values{"Min": limit(b.Min), "Max": limit(b.Max)})
}

// Parse reads a number with a decimal point or comma, with or without marks between its
// thousands. A dollar sign before it is left out.
func (b Decimal) Parse(text string) (float64, error) {
	digits, err := plain(strings.TrimPrefix(strings.TrimSpace(text), "$"))
	if err != nil {
		return 0, explain(err, text, b.describe())
	}
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil || b.Check(n) != nil {
		return 0, outside(text, b.describe())
	}
	return n + 0, nil // a negative zero becomes zero
}

// Check returns an error if n is out of bounds or no number.
func (b Decimal) Check(n float64) error {
	if n >= float64(b.Min) && n <= float64(b.Max) { // NaN is not
		return nil
	}
	return outside(strconv.FormatFloat(n, 'g', -1, 64), b.describe())
}

func (b Decimal) describe() i18n.Text {
	return i18n.T("a number from {{.Min}} to {{.Max}}", i18n.Values{"Min": int(b.Min), "Max": int(b.Max)})
}

// Write is a number as Parse reads it again: in 1.125, the point could be a thousands mark.
func Write(n float64) string {
	text := strconv.FormatFloat(n, 'f', -1, 64)
	if _, err := plain(text); err != nil {
		text += "0"
	}
	return text
}

func outside(text string, wanted i18n.Text) error {
	return i18n.Error("{{.Number}} is out of range; enter {{.Wanted}}", i18n.Values{"Number": short(text), "Wanted": wanted})
}

func notWhole(text string, wanted i18n.Text) error {
	return i18n.Error(`"{{.Text}}" is not a whole number; enter {{.Wanted}}`, i18n.Values{"Text": short(text), "Wanted": wanted})
}

func explain(err error, text string, wanted i18n.Text) error {
	if ambiguous, ok := errors.AsType[ambiguousError](err); ok {
		return i18n.Error(`"{{.Text}}" can mean two numbers; write {{.One}} or {{.Another}}`,
			i18n.Values{"Text": short(text), "One": ambiguous.whole, "Another": ambiguous.decimal})
	}
	if strings.TrimSpace(text) == "" {
		return i18n.Error("there is no number; enter {{.Wanted}}", i18n.Values{"Wanted": wanted})
	}
	return i18n.Error(`"{{.Text}}" can't be read as a number; enter {{.Wanted}} in digits, without an exponent`, i18n.Values{"Text": short(text), "Wanted": wanted})
}

// short is as much of a text as identifies it.
func short(text string) string {
	const most = 40
	if text = strings.TrimSpace(text); utf8.RuneCountInString(text) > most {
		return string([]rune(text)[:most]) + "…"
	}
	return text
}

// ambiguousError is a number with one mark and three digits after it.
type ambiguousError struct{ whole, decimal string }

func (ambiguousError) Error() string { return "ambiguous" }

var errNoNumber = errors.New("no number")

// plain turns what people write into what strconv reads: an optional minus, digits and
// perhaps a point.
func plain(text string) (string, error) {
	text = strings.TrimSpace(text)
	sign := ""
	switch r, size := utf8.DecodeRuneInString(text); r {
	case '-', '−':
		sign, text = "-", text[size:]
	case '+':
		text = text[size:]
	}
	parts, marks, err := split(text)
	if err != nil {
		return "", err
	}
	digits, err := join(parts, marks)
	if sign == "-" && strings.Trim(digits, "0.") == "" {
		sign = ""
	}
	return sign + digits, err
}

// split separates the digits from the marks between them: "." and ",", and "'" for
// everything that only ever marks thousands.
func split(text string) (parts []string, marks []byte, err error) {
	var part strings.Builder
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Nd, r):
			part.WriteByte(digit(r))
			continue
		case r == '.' || r == '٫': // the Arabic decimal mark
			marks = append(marks, '.')
		case r == ',':
			marks = append(marks, ',')
		case strings.ContainsRune(" '’_\u00a0\u2009\u202f٬", r): // the last is the Arabic mark of thousands
			marks = append(marks, '\'')
		default:
			return nil, nil, errNoNumber
		}
		parts = append(parts, part.String())
		part.Reset()
	}
	return append(parts, part.String()), marks, nil
}

// digit is the value of a decimal digit. Those of a script follow each other from a zero on.
func digit(r rune) byte {
	value := byte('0')
	for r > 0 && value < '9' && unicode.Is(unicode.Nd, r-1) && !startsTen(r) {
		r, value = r-1, value+1
	}
	return value
}

// startsTen reports whether r is a zero: Unicode keeps the digits of a script in tens, but
// not always at a multiple of ten.
func startsTen(r rune) bool {
	for _, table := range unicode.Nd.R16 {
		if uint32(r) >= uint32(table.Lo) && uint32(r) <= uint32(table.Hi) {
			return (uint32(r)-uint32(table.Lo))%10 == 0
		}
	}
	for _, table := range unicode.Nd.R32 {
		if uint32(r) >= table.Lo && uint32(r) <= table.Hi {
			return (uint32(r)-table.Lo)%10 == 0
		}
	}
	return false
}

// join puts digits and marks together, if they can mean one number only.
func join(parts []string, marks []byte) (string, error) {
	first, last := parts[0], parts[len(parts)-1]
	switch {
	case len(marks) == 0:
		if first == "" {
			return "", errNoNumber
		}
		return first, nil
	case len(marks) == 1 && marks[0] != '\'':
		if last == "" || first == "" && last == "" {
			return "", errNoNumber
		}
		if len(last) == 3 && thousands(parts) {
			return "", ambiguousError{first + last, strings.TrimLeft(first, "0") + "." + last + "0"}
		}
		return "0" + first + "." + last, nil
	}
	// Several marks: all of one kind between thousands, and perhaps another one before the
	// decimals.
	if end := len(marks) - 1; marks[end] != marks[0] && marks[end] != '\'' {
		if !same(marks[:end]) || !thousands(parts[:end+1]) || last == "" {
			return "", errNoNumber
		}
		return strings.Join(parts[:end+1], "") + "." + last, nil
	}
	if !same(marks) || !thousands(parts) {
		return "", errNoNumber
	}
	return strings.Join(parts, ""), nil
}

func same(marks []byte) bool {
	return strings.Count(string(marks), string(marks[:1])) == len(marks)
}

// thousands reports whether digits are in groups of three, the first of one to three and
// without a leading zero.
func thousands(parts []string) bool {
	if first := parts[0]; first == "" || len(first) > 3 || first[0] == '0' {
		return false
	}
	for _, part := range parts[1:] {
		if len(part) != 3 {
			return false
		}
	}
	return true
}
