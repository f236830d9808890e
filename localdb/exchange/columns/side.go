package columns

import (
	"strings"

	"seedbed/localdb/exchange"
)

// The roles of the two sides of a conversation, and of programs that answer, where a file
// says them as a direction or as yes and no.
const (
	sideUser  = "user"
	sideAgent = "agent"
	sideBot   = "bot"
)

// polarity is what "yes" in a column means, and what "no" does; "" where the file does not
// say. A column of words for the direction has none.
type polarity struct{ yes, no string }

// sideColumns are columns that say in yes and no, or by a direction, who wrote a message,
// by their folded names.
var sideColumns = func() map[string]polarity {
	columns := map[string]polarity{}
	add := func(p polarity, names string) {
		for name := range strings.FieldsSeq(names) {
			columns[name] = p
		}
	}
	add(polarity{sideUser, sideAgent}, `inbound isinbound incoming isincoming fromcustomer isfromcustomer iscustomer customer fromuser isfromuser isuser
		byuser bycustomer isclient fromclient fromvisitor isvisitor isenduser received isreceived userwrote customerwrote
		eingehend isteingehend vomkunden istkunde vonkunde kunde kundennachricht entrant estentrant duclient estclient entrante esentrante delcliente escliente
		recibido éentrante docliente dalcliente inentrata inkomend vanklant isklant входящее входящий отклиента вхідне przychodząca przychodzące odklienta`)
	add(polarity{sideAgent, sideUser}, `outbound isoutbound outgoing isoutgoing isagent fromagent isfromagent isstaff fromstaff isemployee isoperator isadmin
		issupport fromsupport isrepresentative fromcompany byagent agent staff issent
		ausgehend istausgehend istmitarbeiter vommitarbeiter vonagent istagent sortant estsortant estagent saliente essaliente esagente
		enviado uscente uitgaand ismedewerker исходящее исходящий отоператора вихідне wychodząca wychodzące`)
	add(polarity{sideBot, sideUser}, `isbot bot frombot isfrombot bybot isautomated automated isassistant isai fromai istbot vombot estbot esbot isbotmessage botmessage`)
	add(polarity{}, `direction messagedirection msgdirection richtung nachrichtenrichtung sens dirección direccion direção direcao direzione richting kierunek
		направление напрямок riktning yön 方向 방향 sentby sender sendertype authortype senderrole fromtype usertype writtenby inout gesendetvon absender absendertyp
		enviadopor envoyépar inviatoda verzonden verzondendoor wysłaneprzez отправитель від 发送方 發送方 送信者 発信者 author from who participant type messagetype smstype kind`)
	return columns
}()

// yes and no are how cells say so.
var (
	yesWords = wordSet("true t yes y 1 1.0 ja j wahr oui o vrai sí si s verdadero sim verdadeiro vero да д истина tak prawda ano igen kyllä ja evet 是 真 はい 예 نعم")
	noWords  = wordSet("false f no n 0 0.0 nein falsch non faux falso não nao нет н ложь nie fałsz ne nem ei nej nee hayır 否 假 いいえ 아니요 لا")
)

// directions are words for a direction, which say who wrote a message, folded.
var directions = func() map[string]string {
	sides := map[string]string{}
	for word := range wordSet(`in inbound incoming received eingehend eingang empfangen entrant entrante reçu reçue recu recibido recibida recebido recebida ricevuto
		inentrata inkomend ontvangen входящее входящая входящий вхідне przychodząca przychodzące przychodzący otrzymane inkommande gelen 受信 接收 收到 受信済み 수신 messagetooperator offlinemessage`) {
		sides[word] = sideUser
	}
	for word := range wordSet(`out outbound outgoing sent ausgehend ausgang gesendet versendet sortant sortante envoyé envoyée envoye saliente enviado enviada inviato uscente
		inuscita uitgaand verzonden исходящее исходящая исходящий вихідне wychodząca wychodzące wychodzący wysłane utgående giden 送信 发送 發送 发出 送信済み 발신 messagetovisitor`) {
		sides[word] = sideAgent
	}
	return sides
}()

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// DirectionOf gives the side that a word for a direction stands for, in several languages:
// "user" for what came in, "agent" for what went out; "" for any other word.
func DirectionOf(word string) string {
	if side := directions[exchange.Fold(word)]; side != "" {
		return side
	}
	begin, _, more := strings.Cut(strings.TrimSpace(word), "-") // outbound-api, as Twilio says it
	if !more || len(begin) < 4 {
		return ""
	}
	return directions[exchange.Fold(begin)]
}

// sideColumn tells what a column's name says of its values; of a path into nested objects the
// last name counts, as in FieldOf.
func sideColumn(name string) (p polarity, known bool) {
	if p, known = sideColumns[exchange.Fold(name)]; known {
		return p, true
	}
	segments := strings.Split(name, ".")
	for _, segment := range segments[:len(segments)-1] {
		if !wrappers[exchange.Fold(segment)] {
			return polarity{}, false
		}
	}
	p, known = sideColumns[exchange.Fold(segments[len(segments)-1])]
	return p, known
}

// findSide takes as the role a column that says by yes and no, or by a direction, who wrote
// a message. One whose values are known roles comes before it.
func (c *Columns) findSide(records [][]string, taken []bool) {
	if at := c.at[exchange.Role]; at >= 0 && (c.List[at].Use == exchange.Role || knownRoles(records, at)) {
		return
	}
	best, weight := -1, 0
	for i, name := range c.header {
		p, known := sideColumn(name)
		if !known || i >= len(taken) || taken[i] && c.at[exchange.Role] != i {
			continue
		}
		var w int
		switch {
		case !says(records, i, p):
			continue
		case p.yes == sideUser:
			w = 4
		case p == polarity{}:
			w = 3
		case p.yes == sideAgent:
			w = 2
		default:
			w = 1
		}
		if w > weight {
			best, weight = i, w
		}
	}
	if best >= 0 {
		if before := c.at[exchange.Role]; before >= 0 {
			taken[before] = false
		}
		c.at[exchange.Role], taken[best] = best, true
	}
}

// says tells whether all values of a column say which side wrote a message.
func says(records [][]string, column int, p polarity) bool {
	found := false
	for _, r := range records {
		if column >= len(r) || NoLabel(strings.TrimSpace(r[column])) {
			continue
		}
		if p.of(r[column]) == "" && (p != polarity{} || !isRole(r[column])) {
			return false
		}
		found = true
	}
	return found
}

// of gives the side that a value stands for; "" where it says none.
func (p polarity) of(value string) string {
	word := strings.ToLower(strings.TrimSpace(value))
	switch {
	case p.yes != "" && yesWords[word]:
		return p.yes
	case p.no != "" && noWords[word]:
		return p.no
	}
	return DirectionOf(word)
}

func isRole(value string) bool { return exchange.RoleSide(value) != exchange.NoSide }

func knownRoles(records [][]string, column int) bool {
	found := false
	for _, r := range records {
		if column < len(r) && strings.TrimSpace(r[column]) != "" {
			if !isRole(r[column]) {
				return false
			}
			found = true
		}
	}
	return found
}

// role gives who wrote the message of a record.
func (c *Columns) role(record []string) string {
	value := c.text(record, exchange.Role)
	if c.sided {
		if side := c.side.of(value); side != "" {
			return side
		}
	}
	return value
}
