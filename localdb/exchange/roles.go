package exchange

import (
	"iter"
	"slices"
)

// RoleCount is one of the roles found in conversations.
type RoleCount struct {
	Role     string
	Count    int
	Examples []string // the first messages, at most three, at most 80 bytes each
	Keep     bool     // whether these look like the turns of users
}

// userRoles and otherRoles are what exports call the two sides.
var (
	userRoles = []string{
		"user", "usr", "human", "customer", "client", "enduser", "visitor", "contact", "lead", "seeker", "patient", "student",
		"caller", "requester", "consumer", "member", "guest", "candidate", "me", "speaker1",
		"kunde", "kundin", "nutzer", "nutzerin", "benutzer", "anrufer", "besucher", "gast", "cliente", "utente", "usuario", "usuário", "utilisateur", "visiteur",
		"klant", "gebruiker", "klient", "użytkownik", "клиент", "покупатель", "пользователь", "клієнт", "kund", "kunde", "müşteri", "客户", "客戶", "用户", "顧客", "お客様", "ユーザー", "고객", "عميل",
	}
	otherRoles = []string{
		"assistant", "ai", "bot", "chatbot", "agent", "admin", "system", "supporter", "support", "operator", "therapist",
		"counselor", //nolint:misspell // as American data sets have it
		"counsellor", "coach", "helper", "listener", "gpt", "model", "tool", "function", "doctor", "advisor",
		"wizard", "representative", "staff", "team", "speaker2",
		"mitarbeiter", "mitarbeiterin", "berater", "beraterin", "kundendienst", "kundenservice", "agentin", "agente", "operatore", "operador", "conseiller", "conseillère",
		"medewerker", "konsultant", "pracownik", "оператор", "агент", "менеджер", "поддержка", "бот", "medarbetare", "temsilci", "客服", "坐席", "担当者", "オペレーター", "상담원", "موظف",
	}
)

// Roles counts the roles in conversations, the most frequent first, and proposes
// which to keep: those named like a user; where there are none, those not named
// like the other side; and of people with names, the one who speaks first.
func Roles(rows iter.Seq2[Row, error]) ([]RoleCount, error) {
	var roles []RoleCount
	at := map[string]int{}
	for row, err := range rows {
		if err != nil {
			return roles, err
		}
		i, ok := at[row.Role]
		if !ok {
			i = len(roles)
			at[row.Role] = i
			roles = append(roles, RoleCount{Role: row.Role})
		}
		roles[i].Count++
		if len(roles[i].Examples) < 3 {
			roles[i].Examples = append(roles[i].Examples, Beginning(row.Message, 80))
		}
	}
	propose(roles)
	slices.SortStableFunc(roles, func(a, b RoleCount) int { return b.Count - a.Count })
	return roles, nil
}

// propose sets Keep; roles are in the order in which they first spoke.
func propose(roles []RoleCount) {
	user := func(r RoleCount) bool { return slices.Contains(userRoles, Fold(r.Role)) }
	other := func(r RoleCount) bool { return slices.Contains(otherRoles, Fold(r.Role)) }
	nobody := func(r RoleCount) bool { return r.Role == "" }
	for i, r := range roles {
		switch {
		case slices.ContainsFunc(roles, user):
			roles[i].Keep = user(r)
		case slices.ContainsFunc(roles, other):
			roles[i].Keep = !other(r)
		default:
			roles[i].Keep = i == 0 || slices.ContainsFunc(roles, nobody)
		}
	}
}

// Roles that KeepsRole knows besides those of a file.
const (
	KeepUsers = "user" // everybody but assistants, agents and systems
	KeepAll   = "all"
)

// KeepsRole tells whether the turns of a role are to be kept: it is one of those to keep,
// or KeepUsers is, and the role isn't named like the other side.
func KeepsRole(keep []string, role string) bool {
	for _, k := range keep {
		if k == KeepAll || k == KeepUsers && !slices.Contains(otherRoles, Fold(role)) || Fold(k) == Fold(role) {
			return true
		}
	}
	return false
}
