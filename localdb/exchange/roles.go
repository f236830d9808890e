package exchange

import (
	"iter"
	"slices"
	"strings"
)

// RoleCount is one of the roles found in conversations.
type RoleCount struct {
	Role     string
	Count    int
	Examples []string // the first messages, at most three, at most 80 bytes each
	Keep     bool     // whether these look like the turns of users
}

// userRoles and otherRoles are what exports and people call the two sides, folded.
var (
	userRoles = roleSet(`user usr human customer client enduser visitor contact lead seeker patient student caller requester consumer member guest candidate me speaker1
		buyer shopper subscriber applicant passenger traveler traveller kunde kundin kunden nutzer nutzerin benutzer benutzerin anrufer anruferin besucher besucherin gast ich mandant
		cliente clienta usuario usuaria usuário usuária utente utilisateur utilisatrice visiteur visitante comprador klant gebruiker bezoeker klient klientka użytkownik uživatel zákazník
		kund användare kunde bruger bruker asiakas käyttäjä ügyfél felhasználó müşteri kullanıcı клиент клиентка пользователь покупатель клієнт користувач πελάτης χρήστης
		用户 客户 顾客 用戶 客戶 顧客 使用者 買家 买家 お客様 お客さま 客 ユーザー ユーザ 利用者 고객 사용자 손님 عميل العميل زبون المستخدم مستخدم לקוח משתמש ग्राहक उपयोगकर्ता ลูกค้า ผู้ใช้ pelanggan pengguna kháchhàng ngườidùng khách`)
	otherRoles = roleSet(`assistant ai bot chatbot agent admin system notification supporter support operator therapist counselor counsellor coach helper listener gpt chatgpt model tool function doctor advisor adviser
		wizard account officialaccount representative rep csr staff team speaker2 moderator clerk seller vendor helpdesk servicedesk customerservice customersupport customercare supportteam supportagent virtualassistant aiassistant claude gemini copilot alexa siri
		mitarbeiter mitarbeiterin berater beraterin kundenservice kundendienst kundenbetreuer kundenbetreuerin verkäufer verkäuferin assistent assistentin agentin system sachbearbeiter sachbearbeiterin
		asistente agente operador operadora soporte asesor asesora vendedor vendedora atendente assistente suporte atendimento operatore operatrice assistenza consulente conseiller conseillère assistante opérateur opératrice vendeur vendeuse conseil
		medewerker adviseur klantenservice doradca pracownik konsultant konsultantka sprzedawca obsługa medarbetare kundtjänst kundeservice rådgiver asiakaspalvelu asiakaspalvelija ügyfélszolgálat ügyintéző operatör temsilci destek asistan müşteritemsilcisi
		оператор агент поддержка бот ассистент помощник консультант менеджер продавец сотрудник підтримка помічник υποστήριξη βοηθός σύμβουλος εκπρόσωπος
		客服 坐席 助手 机器人 机器人客服 人工客服 客服人员 機器人 卖家 賣家 店员 店員 オペレーター オペレータ アシスタント ボット サポート 担当者 担当 상담원 상담사 봇 직원 챗봇 어시스턴트 موظف الموظف مساعد المساعد وكيل بوت الدعم נציג נציגה עוזר בוט תמיכה एजेंट सहायक बॉट เจ้าหน้าที่ พนักงาน บอท แอดมิน petugas asisten admincs nhânviên trợlý tổngđài`)
)

func roleSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(list) {
		set[Fold(word)] = true
	}
	return set
}

// Side is one of the two sides of a conversation.
type Side int

// Of whoever is named like neither side it isn't known.
const (
	NoSide Side = iota
	UserSide
	OtherSide
)

// RoleSide tells which side a role is named like, with or without a number: "Agent 2".
func RoleSide(role string) Side {
	name := Fold(role)
	for _, name := range []string{name, strings.TrimRight(name, "0123456789")} {
		switch {
		case otherRoles[name]:
			return OtherSide
		case userRoles[name]:
			return UserSide
		}
	}
	return NoSide
}

// Roles counts the roles in conversations, the most frequent first, and proposes
// which to keep: those named like a user; where there are none, those not named
// like the other side; and of people with names, all but the one who answers the others,
// or of two the one who speaks first.
func Roles(rows iter.Seq2[Row, error]) ([]RoleCount, error) {
	var roles []RoleCount
	at, turns, before := map[string]int{}, turns{}, ""
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
		turns.add(before, row.Role)
		before = row.Role
		if len(roles[i].Examples) < 3 {
			roles[i].Examples = append(roles[i].Examples, Beginning(row.Message, 80))
		}
	}
	propose(roles, turns.answers(len(roles)))
	slices.SortStableFunc(roles, func(a, b RoleCount) int { return b.Count - a.Count })
	return roles, nil
}

// turns counts how often somebody speaks right before or after somebody else.
type turns struct {
	all int
	of  map[string]map[string]int
}

func (t *turns) add(before, now string) {
	if before == "" || before == now {
		return
	}
	if t.of == nil {
		t.of = map[string]map[string]int{}
	}
	t.all++
	for _, pair := range [][2]string{{before, now}, {now, before}} {
		if t.of[pair[0]] == nil {
			t.of[pair[0]] = map[string]int{}
		}
		t.of[pair[0]][pair[1]]++
	}
}

// answers is who takes part in most turns, with most of several people, as a shop does that
// answers its customers; "" where nobody does, or more than one. The least share lies halfway
// between what each has of the turns in a group of equals, and all.
func (t *turns) answers(people int) (who string) {
	const fewest = 3
	if people < fewest {
		return ""
	}
	share := (1 + 2/float64(people)) / 2
	for name, others := range t.of {
		with := 0
		for _, n := range others {
			with += n
		}
		if 2*len(others) >= people && float64(with) >= share*float64(t.all) {
			if who != "" {
				return ""
			}
			who = name
		}
	}
	return who
}

// propose sets Keep; roles are in the order in which they first spoke, and one of them may
// be who answers the others.
func propose(roles []RoleCount, answers string) {
	user := func(r RoleCount) bool { return RoleSide(r.Role) == UserSide }
	other := func(r RoleCount) bool { return RoleSide(r.Role) == OtherSide }
	nobody := func(r RoleCount) bool { return r.Role == "" }
	for i, r := range roles {
		switch {
		case slices.ContainsFunc(roles, user):
			roles[i].Keep = user(r)
		case slices.ContainsFunc(roles, other):
			roles[i].Keep = !other(r)
		case answers != "":
			roles[i].Keep = r.Role != answers
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
		if k == KeepAll || k == KeepUsers && RoleSide(role) != OtherSide || Fold(k) == Fold(role) {
			return true
		}
	}
	return false
}
