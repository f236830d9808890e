package shell

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2/lang"

	"seedbed/localdb"
)

// Thousands writes 1234567 as 1,234,567, or with the language's own mark.
func Thousands(n int) string {
	if n > -1000 && n < 1000 {
		return strconv.Itoa(n)
	}
	mark := lang.X("number.thousands", ",")
	digits := strconv.Itoa(n)
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && d != '-' && digits[i-1] != '-' && (len(digits)-i)%3 == 0 {
			b.WriteString(mark)
		}
		b.WriteRune(d)
	}
	return b.String()
}

// Decimal writes a number with so many digits after the language's point.
func Decimal(number float64, digits int) string {
	text := strconv.FormatFloat(number, 'f', digits, 64)
	if digits == 0 {
		return text
	}
	return strings.Replace(text, ".", lang.X("number.point", "."), 1)
}

// sentence gives a text a capital and a full stop.
func sentence(text string) string {
	r, n := utf8.DecodeRuneInString(text)
	if n == 0 {
		return text
	}
	text = string(unicode.ToUpper(r)) + text[n:]
	if !strings.ContainsAny(text[len(text)-1:], ".!?:") {
		text += "."
	}
	return text
}

// Dollars writes an amount so that small sums show too.
func Dollars(m localdb.Money) string {
	usd := m.USD()
	switch {
	case usd == 0:
		return "$0"
	case usd < 0.1:
		return "$" + Decimal(usd, 3)
	}
	return "$" + Decimal(usd, 2)
}

// Truncate cuts a text that is longer than n characters, at least 2.
func Truncate(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return string([]rune(text)[:n-1]) + "…"
}

// Short writes a large number in few letters, so that what stands beside it stays in
// its place: 8,120, 125k, 1.2M.
func Short(n int) string {
	switch {
	case n < 10_000:
		return Thousands(n)
	case n < 1_000_000:
		return strconv.Itoa(n/1000) + "k"
	}
	return strings.Replace(strconv.FormatFloat(float64(n/100_000)/10, 'f', -1, 64), ".", lang.X("number.point", "."), 1) + "M"
}

// Percent writes a share with one decimal.
func Percent(share float64) string { return Decimal(100*share, 1) + " %" }

// Day is a date as people say it.
func Day(t time.Time) string {
	now := time.Now()
	switch {
	case t.IsZero():
		return ""
	case t.YearDay() == now.YearDay() && t.Year() == now.Year():
		return lang.L("today")
	case t.Year() == now.Year():
		return t.Format(lang.X("date.day", "2 Jan"))
	}
	return t.Format(lang.X("date.year", "2 Jan 2006"))
}

// OneLine is a text without its line breaks.
func OneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// CharactersAdded is how many characters a change put in.
func CharactersAdded(before, after string) int {
	a, b := []rune(before), []rune(after)
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	return len(b)
}

// CountMessages says how many messages there are.
func CountMessages(n int) string {
	return lang.N("{{.N}} messages", n, map[string]any{"N": Thousands(n)})
}

// CountCategories says how many categories there are.
func CountCategories(n int) string {
	return lang.N("{{.N}} categories", n, map[string]any{"N": Thousands(n)})
}
