package intent

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"reflect"
	"testing"
)

func saved(tb testing.TB, m *Model) []byte {
	tb.Helper()
	var file bytes.Buffer
	if err := m.Save(&file); err != nil {
		tb.Fatal(err)
	}
	return file.Bytes()
}

func TestLoadedModelPredictsTheSame(t *testing.T) {
	examples := part(t)
	for name, options := range map[string]Options{"with vectors": {}, "n-grams only": {NGramsOnly: true}} {
		m := mustTrain(t, examples, options)
		file := saved(t, m)
		loaded, err := Load(bytes.NewReader(file))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, e := range examples[:100] {
			if a, b := m.Predict(e.Text), loaded.Predict(e.Text); !reflect.DeepEqual(a, b) {
				t.Fatalf("%s: %q: %+v before, %+v after", name, e.Text, a, b)
			}
		}
		if !bytes.Equal(file, saved(t, loaded)) {
			t.Errorf("%s: saving the loaded model gives another file", name)
		}
	}
}

func TestLoadRejectsBrokenFiles(t *testing.T) {
	file := saved(t, mustTrain(t, part(t)[:200], Options{}))
	change := func(at int) []byte {
		other := bytes.Clone(file)
		other[at] ^= 0x40
		return other
	}
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"empty":           {nil, ErrNotModel},
		"a CSV":           {[]byte("message,category\nhi,greet\n"), ErrNotModel},
		"another version": {change(7), ErrOtherModel},
		"head only":       {file[:8], ErrBrokenModel},
		"cut short":       {file[:len(file)/2], ErrBrokenModel},
		"one bit wrong":   {change(len(file) / 2), ErrBrokenModel},
		"bytes behind":    {append(bytes.Clone(file), 0), ErrBrokenModel},
	} {
		if _, err := Load(bytes.NewReader(c.file)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// FuzzLoad breaks the body and puts a checksum that fits before it, so that
// the decoding itself has to stand.
func FuzzLoad(f *testing.F) {
	small := []Example{
		{Text: "hello there", Category: "greet"},
		{Text: "hi you", Category: "greet", Group: -1},
		{Text: "bye now", Category: "part", Group: -1},
		{Text: "see you later", Category: "part", Group: -1},
	}
	body := mustTrain(f, small, Options{}).encode()
	f.Add(body)
	f.Add(mustTrain(f, small, Options{NGramsOnly: true}).encode())
	f.Add(body[:20])
	f.Add([]byte{0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, body []byte) {
		var packed bytes.Buffer
		pack, _ := flate.NewWriter(&packed, flate.BestSpeed)
		_, _ = pack.Write(body)
		_ = pack.Close()
		file := binary.LittleEndian.AppendUint32([]byte(modelMagic), crc32.ChecksumIEEE(packed.Bytes()))
		m, err := Load(bytes.NewReader(append(file, packed.Bytes()...)))
		if err != nil {
			return
		}
		if p := m.Predict("hello, see you later"); p.Category == "" && len(p.Probabilities) == 0 {
			t.Errorf("a model without a prediction: %+v", p)
		}
	})
}
