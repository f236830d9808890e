package privacy

import "testing"

func TestRedactingKeepsTheRest(t *testing.T) {
	t.Parallel()
	w := newWhat(Request{Text: `Ann "Q" <é>`})
	w.texts["whole"] = true
	w.names["ann \"q\" <é> fans"] = true
	for text, want := range map[string]string{
		``:                                    ``,
		`nothing`:                             `nothing`,
		`[broken`:                             `[broken`,
		`say hi to ANN "q" <É>!`:              `say hi to …!`,
		"decomposed ann \"q\" <e\u0301>":      "…",
		`["a","ann \"q\" \u003cé\u003e","b"]`: `["a","b"]`,
		`{"n":12345678901234567890,"s":"x ann \"q\" <é> y","e":["whole","wholesome"]}`: `{"e":["wholesome"],"n":12345678901234567890,"s":"x … y"}`,
		`{"category":"ann \"q\" <é> fans"}`:                                            `{"category":"ann \"q\" <é> fans"}`,
		`{"nested":[{"deep":["whole"]}]}`:                                              `{"nested":[{"deep":[]}]}`,
		`whole`:                                                                        `…`,
		`"whole"`:                                                                      `"…"`,
		`{"a":1} trailing`:                                                             `{"a":1} trailing`,
	} {
		if got := w.redactValue(text); got != want {
			t.Errorf("%s becomes %s, want %s", text, got, want)
		}
	}
}
