package ui

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2/lang"

	"seedbed/localdb"
)

// thousands writes 1234567 as 1,234,567, or with the language's own mark.
func thousands(n int) string {
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

// decimal writes a number with so many digits after the language's point.
func decimal(number float64, digits int) string {
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

// cents writes dollars so that small sums show too.
func cents(m localdb.Money) string {
	usd := m.USD()
	switch {
	case usd == 0:
		return "$0"
	case usd < 0.1:
		return "$" + decimal(usd, 3)
	}
	return "$" + decimal(usd, 2)
}

// shortened cuts a text that is longer than n characters, at least 2.
func shortened(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return string([]rune(text)[:n-1]) + "…"
}

// amount reads a sum of money or a share as people type it, with a point or a comma.
func amount(text string) (float64, error) {
	text = strings.ReplaceAll(strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), "$")), ",", ".")
	n, err := strconv.ParseFloat(text, 64)
	if err == nil && (math.IsNaN(n) || math.IsInf(n, 0)) {
		err = strconv.ErrRange
	}
	return n, err
}

// short writes a large number in few letters, so that what stands beside it stays in
// its place: 8,120, 125k, 1.2M.
func short(n int) string {
	switch {
	case n < 10_000:
		return thousands(n)
	case n < 1_000_000:
		return strconv.Itoa(n/1000) + "k"
	}
	return strings.Replace(strconv.FormatFloat(float64(n/100_000)/10, 'f', -1, 64), ".", lang.X("number.point", "."), 1) + "M"
}
