package exchange_test

import (
	"slices"
	"strings"
	"testing"

	"seedbed/localdb/exchange"
)

// Of people with names, all are users but the one who answers them.
func TestWhoIsAUser(t *testing.T) {
	for name, chat := range map[string]struct{ speakers, users string }{
		"a shop and its customers": {"Ana Shop Ana Shop Ben Shop Cem Cem Shop Dee Shop Dee Shop Eli", "Ana Ben Cem Dee Eli"},
		"the shop begins":          {"Shop Ana Shop Ana Shop Ben Shop Cem Shop", "Ana Ben Cem"},
		"some without an answer":   {"Ana Shop Ben Cem Shop Dee Shop Eli Ana Shop Ben Shop Cem Shop Dee", "Ana Ben Cem Dee Eli"},
		"a group":                  {"Ana Ben Cem Ana Cem Ben Dee Ana Ben Dee Cem Ana", "Ana"},
		"two people":               {"Ana Ben Ana Ben", "Ana"},
		"two and a third":          {"Ana Ben Ana Ben Cem Ana Ben Ana Ben Ana Ben", "Ana"},
		"one is named":             {"Ana Support Ben Support Cem Support", "Ana Ben Cem"},
		"users are named":          {"customer Shop customer Ana", "customer"},
	} {
		t.Run(name, func(t *testing.T) {
			roles, err := exchange.Roles(func(yield func(exchange.Row, error) bool) {
				for speaker := range strings.FieldsSeq(chat.speakers) {
					if !yield(exchange.Row{Role: speaker, Message: "hello"}, nil) {
						return
					}
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			var users []string
			for _, r := range roles {
				if r.Keep {
					users = append(users, r.Role)
				}
			}
			slices.Sort(users)
			if got := strings.Join(users, " "); got != chat.users {
				t.Errorf("users: %s; want %s", got, chat.users)
			}
		})
	}
}
