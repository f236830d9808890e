package document

import "testing"

func TestEndsInHexString(t *testing.T) {
	for stream, want := range map[string]bool{
		"":                      false,
		"BT <41 42> Tj":         false,
		"BT <41 42":             true,
		"BT <4":                 true,
		"<< /A (b) >> <":        true,
		"(a < b) Tj":            false,
		"(a \\) < b) Tj":        false,
		"(a (b) < c) Tj <41":    true,
		"% a comment <\n(b) Tj": false,
		"<4g (text) Tj":         false,
	} {
		if endsInHexString([]byte(stream)) != want {
			t.Errorf("%q: want %v", stream, want)
		}
	}
}
