package pii

import (
	"slices"
	"testing"
)

func TestRecordIDsAreNoPersonalDetails(t *testing.T) {
	all := Options{Kinds: Kinds, Region: "DE"}
	for _, id := range []string{
		"23470179-5765-4751-af8d-bae96daae58c", "23470179-5765-4751-AF8D-BAE96DAAE58C", "93927566-bf36-4e54-be77-7e30f4fa3bf2", // digits like a card's and a telephone's
		"ad234107e94942639a9ea996", "4532015112830366aaaabbbbccccdddd",
	} {
		for _, text := range []string{id, "my ticket " + id + " is still open"} {
			if found := Find(text, all); len(found) > 0 {
				t.Errorf("%q: %v", text, found)
			}
		}
	}
	for text, kind := range map[string]Kind{
		"my password is 23470179-5765-4751-af8d-bae96daae58c": Secret,
		"call +49 30 901820 about 93927566-bf36-4e54-be77":    Phone,
		"4532015112830366": Card,
	} {
		if found := Find(text, all); !slices.ContainsFunc(found, func(d Detail) bool { return d.Kind == kind }) {
			t.Errorf("%q: %v", text, found)
		}
	}
}
