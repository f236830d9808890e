package number

import (
	"math"
	"strconv"
	"strings"
	"testing"
)

func TestNumbersAreUnderstoodOrRefused(t *testing.T) {
	t.Parallel()
	all := Decimal{-1_000_000_000, 1_000_000_000}
	for text, want := range map[string]float64{
		"0": 0, " 12 ": 12, "+5": 5, "-5": -5, "−5": -5, "0,5": 0.5, "0.5": 0.5, ".5": 0.5, "1,25": 1.25, "12.3456": 12.3456, "$0.50": 0.5, "$ 3": 3,
		"0.125": 0.125, "0,125": 0.125, "1000.125": 1000.125, "1,000,000": 1e6, "1.000.000": 1e6, "1 000": 1000, "1\u202f000": 1000, "1’000": 1000, "1_000": 1000,
		"1,000.5": 1000.5, "1.000,5": 1000.5, "1 000,25": 1000.25, "1.000.000,125": 1000000.125, "٣٫٥": 3.5, "１２": 12, "१२": 12, "-0": 0, "007": 7, "𝟏𝟘": 10, "𝟿": 9,
	} {
		got, err := all.Parse(text)
		if err != nil || got != want || math.Signbit(got) != (want < 0) {
			t.Errorf("%q is read as %v, %v; want %v", text, got, err, want)
		}
	}
	for text, says := range map[string]string{
		"1,000": "can mean two numbers; write 1000 or 1.0000", "1.000": "can mean two numbers; write 1000 or 1.0000", "12,345": "write 12345 or 12.3450", "999.999": "write 999999 or 999.9990",
		"": "there is no number", " ": "there is no number", "NaN": "can't be read", "nan": "can't be read", "Inf": "can't be read", "-inf": "can't be read", "∞": "can't be read",
		"1e3": "can't be read", "1E400": "can't be read", "0x10": "can't be read", "1,00,000": "can't be read", "1,2,3": "can't be read", "1.000,000.5": "can't be read",
		"1..2": "can't be read", "1,": "can't be read", ".": "can't be read", "--1": "can't be read", "½": "can't be read", "five": "can't be read", "5 $": "can't be read", "1000,000,000": "can't be read",
		"99999999999": "out of range; enter a number from -1000000000 to 1000000000", strings.Repeat("9", 400): "out of range",
	} {
		if got, err := all.Parse(text); err == nil || !strings.Contains(err.Error(), says) || len(err.Error()) > 250 {
			t.Errorf("%q is read as %v, %v; want %q", text, got, err, says)
		}
	}
}

func TestWholeNumbersHaveBounds(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		"99999999999": "out of range; enter a whole number from 0 to 1000000", "-1": "out of range", "1,5": "not a whole number", "0.0000001": "not a whole number",
		"1,000": "can mean", "1000001": "out of range", "18446744073709551616": "out of range",
	} {
		if got, err := Messages.Int(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q is read as %v, %v; want %q", text, got, err, says)
		}
	}
	for text, want := range map[string]int{"1000000": 1_000_000, "1,000,000": 1_000_000, "-0": 0, "0": 0} {
		if got, err := Messages.Int(text); err != nil || got != want {
			t.Errorf("%q is read as %v, %v", text, got, err)
		}
	}
	if got, err := Seed.Parse("18446744073709551615"); err != nil || got != math.MaxUint64 {
		t.Error(got, err)
	}
	for _, n := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), -0.1, 1.1, 1e300} {
		if Share.Check(n) == nil {
			t.Errorf("%v is a share", n)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{"1,000", "-0", "1.000.000,5", "٣٫٥", "𝟿", "1e9", "NaN"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := Cap.Parse(text)
		if err == nil && (Cap.Check(n) != nil || math.Signbit(n)) {
			t.Fatalf("%q is read as %v", text, n)
		}
		if err != nil {
			return
		}
		again, err := Cap.Parse(Write(n))
		if err != nil || again != n {
			t.Fatalf("%q is read as %v, written as %q and read as %v (%v)", text, n, Write(n), again, err)
		}
		if native, err := strconv.ParseFloat(text, 64); err == nil && native != n {
			t.Fatalf("%q is read as %v instead of %v", text, n, native)
		}
	})
}
