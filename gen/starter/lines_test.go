package starter_test

import (
	"maps"
	"slices"
	"testing"
)

// What stands below a line, indented or with a bullet, and is a sentence, is an example.
func TestPastedLinesWithExamples(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"dashes":   "refund: wants money back\n- i want my money back, all of it\n- how do refunds work?\nopening hours\n- are you open on sunday?\n",
		"indented": "refund: wants money back\n   i want my money back, all of it\n   how do refunds work?\n\nopening hours\n\tare you open on sunday?\n",
		"quotes":   "refund: wants money back\r\n  • “i want my money back, all of it”\r\n  • “how do refunds work?”\r\nopening hours:\r\n  • \"are you open on sunday?\"\r\n",
		"numbers":  "refund - wants money back\n1. i want my money back, all of it\n2. how do refunds work?\nopening hours\n1. are you open on sunday?",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := readText(t, text)
			if names := namesOf(found.Categories); !slices.Equal(names, []string{"refund", "opening hours"}) {
				t.Fatalf("categories: %q", names)
			}
			refund := named(t, found, "refund")
			if want := []string{"i want my money back, all of it", "how do refunds work?"}; refund.Is != "wants money back" || !slices.Equal(refund.Examples, want) {
				t.Errorf("refund is %q with the examples %q", refund.Is, refund.Examples)
			}
			if got := named(t, found, "opening hours").Examples; !slices.Equal(got, []string{"are you open on sunday?"}) {
				t.Errorf("opening hours have the examples %q", got)
			}
		})
	}
}

// However a list nests its examples, they are those of the category above them.
func TestListsWithExamplesInManyForms(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"nested bullets": "* **refund** – wants money back\n  * i want my money back, all of it\n  * how do refunds work?\n* **opening hours**\n  * are you open on sunday?\n",
		"other bullets":  "• refund: wants money back\n◦ i want my money back, all of it\n◦ how do refunds work?\n• opening hours\n◦ are you open on sunday?\n",
		"numbered":       "1. refund: wants money back\n   a) i want my money back, all of it\n   b) how do refunds work?\n2. opening hours\n   a) are you open on sunday?\n",
		"Markdown":       "# Our intents\n\n## refund\nwants money back\n\n- i want my money back, all of it\n- how do refunds work?\n\n## opening hours\n- are you open on sunday?\n",
		"sections":       "[refund]\nDescription: wants money back\ni want my money back, all of it\nhow do refunds work?\n\n[opening hours]\nare you open on sunday?\n",
		"YAML records":   "categories:\n  - name: refund\n    description: wants money back\n    examples:\n      - i want my money back, all of it\n      - \"how do refunds work?\"\n  - name: opening hours\n    examples:\n      - are you open on sunday?\n",
		"forms":          "Category: refund\nDescription: wants money back\nExamples:\n- i want my money back, all of it\n- how do refunds work?\n\nCategory: opening hours\nExamples:\n- are you open on sunday?\n",
		"JSON by name":   `{"categories": {"refund": {"is": "wants money back", "examples": ["i want my money back, all of it", "how do refunds work?"]}, "opening hours": ["are you open on sunday?"]}}`,
		"headerless":     "1\trefund\twants money back\ti want my money back, all of it\thow do refunds work?\n2\topening hours\twhen the shop is open\tare you open on sunday?\t\n",
	} {
		found := readText(t, text)
		if len(found.Categories) != 2 {
			t.Errorf("%s: %q, read as %s", name, namesOf(found.Categories), found.Form)
			continue
		}
		refund, hours := named(t, found, "refund"), named(t, found, "opening hours")
		if want := []string{"i want my money back, all of it", "how do refunds work?"}; refund.Is != "wants money back" || !slices.Equal(refund.Examples, want) || !slices.Equal(hours.Examples, []string{"are you open on sunday?"}) {
			t.Errorf("%s: %q %q, %q", name, refund.Is, refund.Examples, hours.Examples)
		}
	}
}

func TestListsWithCounts(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"brackets": "refund (120)\norder status (80 messages)\nopening hours (40)",
		"colons":   "refund: 120\norder status: 80\nopening hours: 40",
		"times":    "refund x 120\norder status x 80\nopening hours × 40",
		"tabs":     "refund\t120\norder status\t80\nopening hours\t40",
		"commas":   "refund,120\norder status,80\nopening hours,40\n",
		"JSON":     `{"refund": 120, "order status": 80, "opening hours": 40}`,
	} {
		found := readText(t, text)
		counts := map[string]int{}
		for _, c := range found.Categories {
			counts[c.Name] = c.Target
			if c.Is != "" {
				t.Errorf("%s: %s is %q", name, c.Name, c.Is)
			}
		}
		if want := map[string]int{"refund": 120, "order status": 80, "opening hours": 40}; !maps.Equal(counts, want) {
			t.Errorf("%s: %v, read as %s", name, counts, found.Form)
		}
	}
}

// Names below headings are categories, as the headings are.
func TestNamesBelowHeadingsAreNoExamples(t *testing.T) {
	t.Parallel()
	found := readText(t, "Money\n- refund request\n- invoice copy\nDelivery\n- late parcel\n")
	if len(found.Categories) != 5 {
		t.Errorf("categories: %q", namesOf(found.Categories))
	}
}

func TestPastedLines(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"names":        "refund\norder status\nopening hours",
		"colons":       "refund: wants money back\norder status: where a parcel is\nopening hours: when the shop is open",
		"dashes":       "refund - wants money back\norder status – where a parcel is\nopening hours — when the shop is open",
		"bullets":      "- refund\n* order status\n• opening hours\n",
		"numbers":      "1. refund: wants money back\n2) order status\n(3) opening hours",
		"boxes":        "- [ ] refund\r\n- [x] order status\r\n☐ opening hours\r\n",
		"markdown":     "# refund\n\n**order status**: where a parcel is\n\n`opening hours`",
		"tabs":         "refund\twants money back\norder status\twhere a parcel is\nopening hours\twhen the shop is open",
		"one line":     "refund, order status, opening hours",
		"close commas": "refund,order status,opening hours\n",
		"Roman":        "i. refund\nii. order status\niii. opening hours",
		"spaces":       "\n\n   refund   \n\t order   status \n\n opening hours:\n",
		"quotes":       "\"refund\"\n“order status”\n'opening hours'",
		"twice":        "refund\norder status\nopening hours\nRefund",
		"with a table": "Category,Description\nrefund,wants money back\norder status,\"where, and when, a parcel is\"\nopening hours,",
		"semicolons":   "Kategorie;Beschreibung;Beispiele\nrefund;wants money back;\norder status;;\nopening hours;;",
		"headerless":   "refund;wants money back\norder status;where a parcel is\nopening hours;when the shop is open",
		"JSON names":   `["refund", "order status", "opening hours"]`,
		"JSON":         `{"categories": [{"name": "refund", "description": "wants money back"}, {"label": "order status"}, {"intent": "opening hours"}]}`,
		"a bom":        "\uFEFFrefund\norder status\nopening hours",
	} {
		found := readText(t, text)
		if got, want := namesOf(found.Categories), []string{"refund", "order status", "opening hours"}; !slices.Equal(got, want) {
			t.Errorf("%s: got %q, read as %s", name, got, found.Form)
			continue
		}
		if is := found.Categories[0].Is; is != "" && is != "wants money back" {
			t.Errorf("%s: it is %q", name, is)
		}
		keys, colours := map[string]bool{}, map[string]bool{}
		for _, c := range found.Categories {
			keys[c.Key], colours[c.Colour] = true, true
			if c.Target != 80 || !c.Training || c.Kind != "custom" {
				t.Errorf("%s: %+v", name, c)
			}
		}
		if len(keys) != 3 || len(colours) != 3 {
			t.Errorf("%s: keys %v, colours %v", name, keys, colours)
		}
		if joined := len(found.Notes) == 1; joined != (name == "twice") {
			t.Errorf("%s: notes %v", name, found.Notes)
		}
	}
}
