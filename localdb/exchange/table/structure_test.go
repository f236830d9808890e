package table_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/exchangetest"
	"seedbed/localdb/exchange/formats"
)

// read gives "category role conversation message" of each row.
func read(t *testing.T, file string, o exchange.Options) (lines []string, reading *exchange.Reading) {
	t.Helper()
	rows, _, reading := exchangetest.Rows(t, exchange.BytesFile("file", []byte(file)), o, formats.Read)
	for _, r := range rows {
		lines = append(lines, strings.Join(strings.Fields(fmt.Sprintf("%s|%s|%s|%s", r.Category, r.Role, r.Conversation, r.Message)), " "))
	}
	return lines, reading
}

const tweets = `tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id
1,sprintcare,False,Tue Oct 31 22:10:47 +0000 2017,@115712 I understand.,2,3
2,115712,True,Tue Oct 31 22:11:45 +0000 2017,@sprintcare and how,,1
3,115712,True,Tue Oct 31 22:08:27 +0000 2017,nobody answers me,"1,7",
11,sprintcare,False,Tue Oct 31 22:10:35 +0000 2017,This is sad to hear.,,12
12,115713,True,Tue Oct 31 22:04:47 +0000 2017,change my line,11,15
`

func TestMessagesThatAnswerOneAnotherAreAConversation(t *testing.T) {
	lines, reading := read(t, tweets, exchange.Options{})
	want := []string{"|agent|1|@115712 I understand.", "|user|1|@sprintcare and how", "|user|1|nobody answers me", "|agent|11|This is sad to hear.", "|user|11|change my line"}
	if !slices.Equal(lines, want) {
		t.Errorf("read as\n%s", strings.Join(lines, "\n"))
	}
	rows, _, _ := exchangetest.Rows(t, exchange.BytesFile("", []byte(tweets)), exchange.Options{}, formats.Read)
	if got := rows[0].Time.Format("2006-01-02 15:04"); got != "2017-10-31 22:10" {
		t.Errorf("the first was said at %s", got)
	}
	for _, column := range reading.Facts.Columns {
		if column.Name == "in_response_to_tweet_id" && column.Use != exchange.Conversation {
			t.Errorf("the column of answers is used as %s", column.Use)
		}
	}
	lines, _ = read(t, tweets, exchange.Options{Columns: map[string]exchange.Field{"in_response_to_tweet_id": exchange.Ignore}})
	if lines[0] != "|agent||@115712 I understand." {
		t.Errorf("without the column of answers: %q", lines[0])
	}
	lines, _ = read(t, `{"id": "a1", "text": "where is it", "from_customer": true, "in_reply_to": null}
{"id": "a2", "text": "we will see", "from_customer": false, "in_reply_to": "a1"}
{"id": "b1", "text": "my invoice is wrong", "from_customer": true, "in_reply_to": null}
{"id": "a3", "text": "thanks a lot", "from_customer": true, "in_reply_to": "a2"}
`, exchange.Options{})
	conversation := func(line string) string { return strings.Split(line, "|")[2] }
	if a, b := conversation(lines[0]), conversation(lines[2]); a == b || a != conversation(lines[1]) || a != conversation(lines[3]) {
		t.Errorf("of JSON: %q", lines)
	}
}

func TestAColumnOfTheSideIsTheRole(t *testing.T) {
	for _, c := range []struct{ name, user, agent string }{
		{"inbound", "True", "False"},
		{"is_inbound", "1", "0"},
		{"direction", "in", "out"},
		{"Direction", "Incoming", "Outgoing"},
		{"from_customer", "yes", "no"},
		{"is_agent", "false", "true"},
		{"Richtung", "eingehend", "ausgehend"},
		{"vom Kunden", "ja", "nein"},
		{"sens", "entrant", "sortant"},
		{"dirección", "entrante", "saliente"},
		{"direzione", "ricevuto", "inviato"},
		{"направление", "входящее", "исходящее"},
	} {
		file := fmt.Sprintf("id;text;%s\n1;where is my parcel;%s\n2;we look into it;%s\n3;thanks a lot;%s\n4;you are welcome;%s\n", c.name, c.user, c.agent, c.user, c.agent)
		lines, _ := read(t, file, exchange.Options{})
		if want := []string{"|user||where is my parcel", "|agent||we look into it", "|user||thanks a lot", "|agent||you are welcome"}; !slices.Equal(lines, want) {
			t.Errorf("%s: %q", c.name, lines)
		}
	}
	for _, c := range []struct{ file, want string }{
		{"text,is_bot\nhello there,0\nhi dear,1\n", "|bot||hi dear"},
		{"text,sent_by\nhello there,customer\nhi dear,agent\n", "|agent||hi dear"},
		{"text,gesendet_von\nhallo da,Kunde\nguten Tag,Mitarbeiter\n", "|Mitarbeiter||guten Tag"},
		{"text,author,inbound\nhello there,Ann,true\nhi dear,Support Team,false\n", "|agent||hi dear"},
		{"text,role,is_bot\nhello there,user,0\nhi dear,assistant,1\n", "|assistant||hi dear"},
		{"text,direction\ngo there,north\nstay here,south\n", "|||stay here"}, // no side
		{"text,customer\nhello there,Ann Smith\nhi dear,Bob\n", "|||hi dear"}, // names, not yes and no
		{"text,outgoing\nhello there,7\nhi dear,2\n", "|||hi dear"},           // numbers
		{"text,inbound\nhello there,true\nhi dear,perhaps\n", "|||hi dear"},   // something else
		{"text,is_inbound,label\nhello there,1,a\nhi dear,0,b\n", "b|agent||hi dear"},
	} {
		if lines, _ := read(t, c.file, exchange.Options{}); len(lines) != 2 || lines[1] != c.want {
			t.Errorf("%q is read as %q, want %q", c.file, lines, c.want)
		}
	}
}

// marks are rows for three columns of yes and no.
func marks(names, yes, no string) string {
	file := names + "\n"
	for i, text := range []string{"hello there", "good morning", "bye for now", "see you later", "this is a mess", "not happy at all"} {
		cells := []string{no, no, no}
		cells[i/2] = yes
		file += text + ";" + strings.Join(cells, ";") + "\n"
	}
	return file
}

func TestColumnsThatExcludeOneAnotherAreLabels(t *testing.T) {
	for _, c := range [][2]string{{"1", "0"}, {"True", "False"}, {"x", ""}, {"yes", "no"}, {"ja", "nein"}, {"1.0", "0.0"}, {"1", ""}, {"✓", ""}} {
		for _, names := range []string{"text;greet;goodbye;complaint", "text;intent_greet;intent_goodbye;intent_complaint", "text;is_greet;is_goodbye;is_complaint"} {
			lines, _ := read(t, marks(names, c[0], c[1]), exchange.Options{})
			if len(lines) != 6 || lines[0] != "greet|||hello there" || lines[3] != "goodbye|||see you later" || lines[5] != "complaint|||not happy at all" {
				t.Errorf("%q of %s is read as %q", c, names, lines)
			}
		}
	}
	both := marks("text;greet;goodbye;complaint", "1", "0")
	lines, reading := read(t, both+"hi and bye;1;1;0\nthe sky is blue;0;0;0\n", exchange.Options{})
	if lines[6] != "|||hi and bye" || lines[7] != "|||the sky is blue" {
		t.Errorf("several and none: %q", lines[6:])
	}
	if r := reading.Tally.Reasons; len(r) != 1 || r[0].Text.String() != exchange.SeveralLabels.String() {
		t.Errorf("noted %+v", r)
	}
	off := map[string]exchange.Field{"greet": exchange.Ignore, "goodbye": exchange.Ignore, "complaint": exchange.Ignore}
	if lines, _ = read(t, both, exchange.Options{Columns: off}); lines[0] != "|||hello there" {
		t.Errorf("switched off: %q", lines[0])
	}
	some := map[string]exchange.Field{"flag a": exchange.Marked, "flag b": exchange.Marked}
	if lines, _ = read(t, "text;flag a;flag b\nhello there;1;0\nbye now;0;1\n", exchange.Options{Columns: some}); lines[0] != "flag a|||hello there" {
		t.Errorf("chosen by a person: %q", lines)
	}
}

func TestColumnsOfYesAndNoThatMeanSomethingElseAreNoLabels(t *testing.T) {
	for _, file := range []string{
		marks("text;resolved;escalated;vip", "1", "0"),
		marks("text;has_photo;has_link;has_order", "1", "0"),
		"text;mobile;weekend;member\none two;1;1;0\nthree four;1;1;1\nfive six;0;1;1\nseven eight;0;0;0\nnine ten;1;0;1\n",
		"text;on;off\none two;1;0\nthree four;0;1\n", // too few to tell
		strings.Replace(marks("text;greet;goodbye;complaint", "1", "0"), "hello there;1;0;0", "hello there;3;0;0", 1),
		"text;score a;score b;score c\none two;0.2;0.8;0\nthree four;0.9;0.1;0\nfive six;1;0;0\n",
	} {
		if lines, _ := read(t, file, exchange.Options{}); len(lines) == 0 || !strings.HasPrefix(lines[0], "|") {
			t.Errorf("%q is read as %q", file, lines)
		}
	}
	lines, _ := read(t, "text;category;a;b;c\none two;first;1;0;0\nthree four;second;0;1;0\nfive six;first;0;0;1\n", exchange.Options{})
	if lines[1] != "second|||three four" {
		t.Errorf("beside a column of categories: %q", lines)
	}
}

func TestColumnsOfMessagesUnderTheirCategory(t *testing.T) {
	lines, _ := read(t, "Greeting,Complaint,Order status\nhello there,this is a mess,where is my parcel\ngood morning,I am not happy,when does it arrive\nhey you all,,track my order\n,,is it sent yet\n", exchange.Options{})
	if len(lines) != 9 || lines[0] != "Greeting|||hello there" || lines[1] != "Complaint|||this is a mess" || lines[8] != "Order status|||is it sent yet" {
		t.Errorf("read as %q", lines)
	}
	for _, file := range []string{
		"Deutsch,English,Français\nguten Tag,good day,bonjour à tous\nwo ist es,where is it,où est-ce\ndanke sehr,thanks a lot,merci bien\n",
		"Frage,Antwort\nwo ist mein Paket,es ist unterwegs\nwie zahle ich das,mit der Karte\n",
		"text,note\nwhere is my parcel,ask again later\nI want it back,call the customer\n",
		"Issue,City\nwhere is my parcel,New York\nI want it back,New York\n,\nit is broken,San Jose\n",
	} {
		if lines, _ := read(t, file, exchange.Options{}); slices.ContainsFunc(lines, func(line string) bool { return !strings.HasPrefix(line, "|") }) {
			t.Errorf("%q is read as %q", file, lines)
		}
	}
}

func TestARowThatExplainsTheColumnsIsNoMessage(t *testing.T) {
	rows := "where is my parcel;order;0.9\ntrack my order;order;0.8\nthis is a mess;complaint;0.7\nI am not happy;complaint;0.9\n"
	for _, second := range []string{
		"the customer's words;one of order, complaint;0 to 1",
		"(free text);(see the legend);(0-1)",
		"Nachricht;Kategorie;Konfidenz",
		"string;string;float",
		"Text;Pflicht;optional",
	} {
		lines, reading := read(t, "message;category;confidence\n"+second+"\n"+rows, exchange.Options{})
		if len(lines) != 4 || reading.Tally.Skipped != 1 {
			t.Errorf("%q: %q, %+v", second, lines, reading.Tally)
		}
	}
	for _, first := range []string{"hello there you;greet;0.9", "please (now);complaint;1", "the customer is angry;order status;0.5"} {
		if lines, _ := read(t, "message;category;confidence\n"+first+"\n"+rows, exchange.Options{}); len(lines) != 5 {
			t.Errorf("%q was left out: %q", first, lines)
		}
	}
}
