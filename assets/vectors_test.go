package assets

import (
	"bytes"
	"math"
	"testing"
)

func TestEnglishVectors(t *testing.T) {
	v, err := English()
	if err != nil {
		t.Fatal(err)
	}
	if v.Len() != 40_000 || v.Dim() != 100 {
		t.Fatalf("%d words of %d dimensions", v.Len(), v.Dim())
	}
	like := func(a, b string) float64 {
		x, y := vectorOf(t, v, a), vectorOf(t, v, b)
		var xy, xx, yy float64
		for k := range x {
			xy += float64(x[k]) * float64(y[k])
			xx += float64(x[k]) * float64(x[k])
			yy += float64(y[k]) * float64(y[k])
		}
		return xy / math.Sqrt(xx*yy)
	}
	for _, c := range [][3]string{{"salary", "wage", "banana"}, {"happy", "glad", "parking"}, {"teacher", "student", "oil"}} {
		if near, far := like(c[0], c[1]), like(c[0], c[2]); near < far+0.3 {
			t.Errorf("%s is like %s %.2f, like %s %.2f", c[0], c[1], near, c[2], far)
		}
	}
	if the, _ := v.Rank("the"); the != 0 {
		t.Errorf("rank of the: %d", the)
	}
	if _, ok := v.Rank("Salary"); ok {
		t.Error("words are in lower case")
	}
}

func vectorOf(t *testing.T, v *WordVectors, word string) []float32 {
	t.Helper()
	rank, ok := v.Rank(word)
	if !ok {
		t.Fatalf("%q has no vector", word)
	}
	to := make([]float32, v.Dim())
	v.Vector(rank, to)
	return to
}

func FuzzDecodeVectors(f *testing.F) {
	small := []byte("SEEDVEC1\x02\x00\x00\x00\x02\x00\x00\x00\x00\x00\x80?\x00\x00\x00?\x01\x02\x03\x04no\nyes")
	f.Add(small)
	f.Add(small[:20])
	f.Add(bytes.Replace(small, []byte("yes"), []byte("no"), 1))
	f.Add([]byte("SEEDVEC1\xff\xff\xff\xff\xff\xff\xff\xff"))
	f.Fuzz(func(_ *testing.T, table []byte) {
		v, err := decodeVectors(table)
		if err != nil {
			return
		}
		to := make([]float32, v.Dim())
		for rank := range v.Len() {
			v.Vector(rank, to)
		}
	})
}
