package intent

import (
	"math"
	"strings"
	"testing"
)

func TestGauges(t *testing.T) {
	varied := []string{"where is my parcel", "could I move the meeting to Monday", "thanks a lot"}
	same := strings.Split(strings.Repeat("where is my parcel\n", 50), "\n")[:50]
	for name, c := range map[string]struct {
		got   Gauge
		value float64
		n     int
	}{
		"distinct-2, all different":   {Distinct2(varied), 1, 3 + 6 + 2},
		"distinct-2, all the same":    {Distinct2(same), 3.0 / 150, 150},
		"distinct-2 of nothing":       {Distinct2(nil), 0, 0},
		"repetition, all different":   {SelfRepetition(varied), 0, 2},
		"repetition, all the same":    {SelfRepetition(same), 1, 50},
		"repetition in one message":   {SelfRepetition([]string{"a b c d a b c d"}), 0, 1},
		"balance, even":               {Balance(map[string]int{"a": 5, "b": 5}, nil), 1, 10},
		"balance, one only":           {Balance(map[string]int{"a": 5, "b": 0}, nil), 0, 5},
		"balance of nothing":          {Balance(nil, nil), 0, 0},
		"balance, as wanted":          {Balance(map[string]int{"a": 10, "b": 30}, map[string]int{"a": 1, "b": 3}), 1, 40},
		"balance, half of it missing": {Balance(map[string]int{"a": 10}, map[string]int{"a": 1, "b": 1}), 0.5, 10},
	} {
		if math.Abs(c.got.Value-c.value) > 1e-9 || c.got.N != c.n {
			t.Errorf("%s: %+v, want %v of %d", name, c.got, c.value, c.n)
		}
	}
	one, other := CompressionRatio(part50(t)), CompressionRatio(same)
	if one.N != 50 || one.Value < 1.2 || one.Value > 3 || other.Value < 10 {
		t.Errorf("compression: varied %+v, the same %+v", one, other)
	}
}

func part50(t *testing.T) []string {
	t.Helper()
	return texts(part(t)[:50])
}
