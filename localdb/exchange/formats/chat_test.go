package formats

import (
	"strings"
	"testing"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/charset"
	"seedbed/localdb/exchange/chat"
	"seedbed/localdb/exchange/exchangetest"
	"seedbed/localdb/exchange/helpdesk"
)

// A conversation in which the person went back and asked again: only the branch
// of the current node was said.
const chatGPTFile = `[
{"title":"CV","conversation_id":"c1","current_node":"a2","mapping":{
 "root":{"id":"root","message":null,"parent":null,"children":["sys"]},
 "sys":{"id":"sys","message":{"author":{"role":"system"},"content":{"content_type":"text","parts":["be nice"]},"metadata":{"is_visually_hidden_from_conversation":true}},"parent":"root"},
 "ctx":{"id":"ctx","message":{"author":{"role":"user"},"content":{"content_type":"user_editable_context","user_profile":"x"},"metadata":{"is_user_system_message":true}},"parent":"sys"},
 "u0":{"id":"u0","message":{"author":{"role":"user"},"create_time":1700000000.5,"content":{"content_type":"text","parts":["the question not taken"]}},"parent":"ctx"},
 "u1":{"id":"u1","message":{"author":{"role":"user"},"create_time":1700000100.5,"content":{"content_type":"multimodal_text","parts":[{"content_type":"image_asset_pointer","asset_pointer":"file-service://x"},"is this CV good?"]}},"parent":"ctx"},
 "t1":{"id":"t1","message":{"author":{"role":"assistant"},"recipient":"python","content":{"content_type":"code","text":"print(1)"}},"parent":"u1"},
 "t2":{"id":"t2","message":{"author":{"role":"tool"},"content":{"content_type":"execution_output","text":"1"}},"parent":"t1"},
 "a1":{"id":"a1","message":{"author":{"role":"assistant"},"recipient":"all","content":{"content_type":"text","parts":["Yes, it is."]}},"parent":"t2"},
 "u2":{"id":"u2","message":{"author":{"role":"user"},"content":{"content_type":"text","parts":["thanks"]}},"parent":"a1"},
 "a2":{"id":"a2","message":{"author":{"role":"assistant"},"content":{"content_type":"thoughts","thoughts":[]}},"parent":"u2"}}},
{"title":"no node","id":"c2","mapping":{
 "x":{"id":"x","message":{"author":{"role":"user"},"create_time":1,"content":{"content_type":"text","parts":["old"]}},"parent":"y"},
 "y":{"id":"y","message":{"author":{"role":"user"},"create_time":2,"content":{"content_type":"text","parts":["a circle"]}},"parent":"x"}}},
{"title":"broken"},
"not even an object"
]`

func TestReadChatGPT(t *testing.T) {
	skipped := map[string]int{"file": 5, "zip": 6} // and user.json
	for name, file := range map[string][]byte{"file": []byte(chatGPTFile), "zip": exchangetest.Zip(t, "user.json", "{}", "conversations.json", chatGPTFile)} {
		rows, rejected, reading := readAny(t, file, exchange.Options{})
		want := "c1 user \"is this CV good?\"\nc1 assistant \"Yes, it is.\"\nc1 user \"thanks\"\nc2 user \"old\"\nc2 user \"a circle\"\n"
		if got := exchangetest.Turns(rows); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
		if len(rejected) != 2 || reading.Tally.Skipped != skipped[name] || rows[0].Time.Unix() != 1700000100 {
			t.Errorf("%s: rejected %v, tally %+v, time %v", name, rejected, reading.Tally, rows[0].Time)
		}
	}
}

func TestReadSlack(t *testing.T) {
	export := exchangetest.Zip(t,
		"users.json", `[{"id":"U1","name":"ann"},{"id":"U2","name":"deploy","is_bot":true}]`,
		"channels.json", `[{"id":"C1","name":"help"}]`,
		"help/2024-05-02.json", `[{"type":"message","user":"U1","text":"next day","ts":"1714640000.0001"}]`,
		"help/2024-05-01.json", `[
			{"type":"message","subtype":"channel_join","user":"U1","text":"<@U1> has joined","ts":"1714550000.0"},
			{"type":"message","user":"U1","text":"how do I &lt;log in&gt;, <@U2>? see <https:\/\/x.org|the guide> <mailto:a@b.co|a@b.co> <!here> <#C1|help>","ts":"1714550001.0","thread_ts":"1714550001.0"},
			{"type":"message","user":"U2","text":"like so","ts":"1714550002.0","thread_ts":"1714550001.0"},
			{"type":"message","subtype":"bot_message","bot_id":"B1","text":"build done","ts":"1714550003.0"},
			{"type":"message","user":"U1","text":"","files":[{"name":"x.png"}],"ts":"1714550004.0"}]`,
		"help/2024-05-03.json", `[{"type":"message","user":"U1","text":"before the cut"},{"type":`,
	)
	rows, rejected, reading := readAny(t, export, exchange.Options{})
	want := "help/1714550001.0 user \"how do I <log in>, @deploy? see the guide a@b.co @here #help\"\n" +
		"help/1714550001.0 bot \"like so\"\nhelp/2024-05-01 bot \"build done\"\nhelp/2024-05-02 user \"next day\"\nhelp/2024-05-03 user \"before the cut\"\n"
	if got := exchangetest.Turns(rows); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if len(rejected) != 1 || rejected[0].Place != "help/2024-05-03.json" || reading.Tally.Skipped != 2 {
		t.Errorf("rejected %v, tally %+v", rejected, reading.Tally)
	}
}

func TestReadWhatsApp(t *testing.T) {
	for name, c := range map[string]struct{ file, want string }{
		"Android, British": {
			"31/12/2023, 23:58 - Messages and calls are end-to-end encrypted.\n31/12/2023, 23:59 - Ann: hi\nsecond line\n\nfourth: line\n01/01/2024, 00:01 - Bob B.: <Media omitted>\n01/01/2024, 00:02 - Bob B.: yes?\n",
			"2023-12-31 Ann \"hi\\nsecond line\\n\\nfourth: line\"\n2024-01-01 Bob B. \"yes?\"\n",
		},
		"iOS, American": {
			"\uFEFF[12/31/23, 11:59:07\u202fPM] Ann: \u200eMessages and calls are end-to-end encrypted.\r\n[12/31/23, 11:59:08\u202fPM] Ann: hi\r\n\u200e[1/1/24, 12:01:00\u202fAM] ~ Bob: \u200eimage omitted\r\n[1/1/24, 12:02:00\u202fAM] ~ Bob: yes? \u200e<This message was edited>\r\n",
			"2023-12-31 Ann \"hi\"\n2024-01-01 Bob \"yes?\"\n",
		},
		"German":     {"31.12.23, 23:59 - Ann: hallo\n01.01.24, 00:01 - Bob: <Medien ausgeschlossen>\n01.01.24, 00:02 - Bob: ja\n", "2023-12-31 Ann \"hallo\"\n2024-01-01 Bob \"ja\"\n"},
		"ISO-like":   {"2023-12-31, 23:59 - Ann: hi\n", "2023-12-31 Ann \"hi\"\n"},
		"Dutch iOS":  {"[31-12-2023 23:59:00] Ann: hoi\n", "2023-12-31 Ann \"hoi\"\n"},
		"lower-case": {"5/3/24, 9:15 am - Ann: hi\n5/4/24, 9:15 pm - Ann: ho\n", "2024-05-03 Ann \"hi\"\n2024-05-04 Ann \"ho\"\n"},
		"deleted":    {"1/2/24, 9:15 - Ann: This message was deleted\n1/2/24, 9:15 - Ann: IMG-1.jpg (file attached)\n1/2/24, 9:16 - Ann: http://x.org: look\n", "2024-02-01 Ann \"http://x.org: look\"\n"},
	} {
		rows, rejected, reading := readAny(t, []byte(c.file), exchange.Options{})
		if got := exchangetest.Turns(rows); got != c.want || len(rejected) > 0 || reading.Facts.Format != chat.WhatsApp {
			t.Errorf("%s: %s, got\n%s\nwant\n%s, rejected %v", name, reading.Facts.Format, got, c.want, rejected)
		}
	}
	rows, rejected, _ := readAny(t, []byte("what is this\n31/12/2023, 23:59 - Ann: hi\n"), exchange.Options{Format: chat.WhatsApp})
	if len(rows) != 1 || rows[0].Line != 2 || len(rejected) != 1 || rejected[0].Line != 1 {
		t.Errorf("with a line before: %v, rejected %v", rows, rejected)
	}
	zipped := exchangetest.Zip(t, "photo.jpg", "x", "WhatsApp Chat with Ann.txt", "31/12/2023, 23:59 - Ann: hi\n")
	if rows, _, _ := readAny(t, zipped, exchange.Options{}); len(rows) != 1 {
		t.Errorf("zipped: %v", rows)
	}
}

func TestReadIntercom(t *testing.T) {
	const conversation = `{"type":"conversation","id":"55","created_at":1700000000,
		"source":{"body":"<p>Hi,</p><p>I can&#39;t <b>log in</b><br>at all</p>","author":{"type":"lead","id":"1"}},
		"conversation_parts":{"type":"conversation_part.list","conversation_parts":[
			{"part_type":"note","body":"<p>a note</p>","author":{"type":"admin"}},
			{"part_type":"comment","body":"<p>Try again</p>","author":{"type":"admin"},"created_at":1700000100},
			{"part_type":"assignment","body":null,"author":{"type":"bot"}},
			{"part_type":"comment","body":"<p>works</p><script>x</script>","author":{"type":"user"}}]}}`
	line := strings.NewReplacer("\n", "", "\t", "").Replace(conversation)
	want := "55 user \"Hi,\\nI can't log in\\nat all\"\n55 admin \"Try again\"\n55 user \"works\"\n"
	for name, c := range map[string]struct {
		file string
		want string
	}{
		"one": {conversation, want}, "list": {`{"type":"conversation.list","conversations":[` + conversation + `]}`, want},
		"array": {"[" + conversation + "]", want}, "lines": {line + "\n" + line + "\n", want + want},
	} {
		rows, rejected, reading := readAny(t, []byte(c.file), exchange.Options{})
		if got := exchangetest.Turns(rows); got != c.want || len(rejected) > 0 || reading.Facts.Format != helpdesk.Intercom {
			t.Errorf("%s: %s, got\n%s\nrejected %v", name, reading.Facts.Format, got, rejected)
		}
	}
	_, rejected, _ := readAny(t, []byte(`[{"type":"conversation","id":"9"}]`), exchange.Options{})
	if len(rejected) != 1 {
		t.Errorf("an empty conversation: %v", rejected)
	}
}

func TestReadZendesk(t *testing.T) {
	const ticket = `{"id":7,"requester_id":1,"description":"help","comments":[
		{"id":1,"author_id":1,"body":"help me","public":true,"created_at":"2024-05-01T10:00:00Z"},
		{"id":2,"author_id":2,"body":"internal","public":false},
		{"id":3,"author_id":2,"html_body":"<p>done</p>","public":true}]}`
	rows, _, _ := readAny(t, []byte(`{"tickets":[`+ticket+`],"users":[{"id":2,"role":"admin"}]}`), exchange.Options{})
	if got, want := exchangetest.Turns(rows), "7 end-user \"help me\"\n7 admin \"done\"\n"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	lines := strings.NewReplacer("\n", "", "\t", "").Replace(ticket) + "\n{\"id\":8,\"requester_id\":1,\"description\":\"only this\"}\n{broken\n"
	rows, rejected, _ := readAny(t, []byte(lines), exchange.Options{})
	if got, want := exchangetest.Turns(rows), "7 end-user \"help me\"\n7 agent \"done\"\n8 end-user \"only this\"\n"; got != want || len(rejected) != 1 {
		t.Errorf("lines: got\n%s\nwant\n%s, rejected %v", got, want, rejected)
	}
}

func TestReadJSON(t *testing.T) {
	for name, c := range map[string]struct{ file, want string }{
		"messages":         {`[{"text":"hi","intent":"chat","confidence":0.5},{"text":"ho","label":null}]`, "1 \"hi\" chat 0.5\n2 \"ho\" \n"},
		"lines":            {"{\"message\":\"hi\",\"category\":\"chat\"}\n\n{broken\n{\"message\":\"ho\"}\n{\"message\":\"\",\"category\":\"x\"}\n", "1 \"hi\" chat\n4 \"ho\" \n! 3 it is not JSON: invalid character 'b' looking for beginning of object key string\n! 5 it has no message\n"},
		"in an object":     {`{"version":1,"data":[{"query":"hi","category":"chat"}]}`, "1 \"hi\" chat\n"},
		"pairs":            {`{"train":[["hi there you","chat"],["what is it","rag"],["hello there","chat"]]}`, "1 \"hi there you\" chat\n2 \"what is it\" rag\n3 \"hello there\" chat\n"},
		"texts":            {`["hi","ho","he","ha"]`, "1 \"hi\" \n2 \"ho\" \n3 \"he\" \n4 \"ha\" \n"},
		"examples":         {`[{"intent":"greet","examples":["hi","hello"]},{"intent":"bye","examples":["bye"]}]`, "1 \"hi\" greet\n2 \"hello\" greet\n3 \"bye\" bye\n"},
		"Rasa":             {`{"rasa_nlu_data":{"common_examples":[{"text":"hi Bob","intent":"greet","entities":[{"start":3,"end":6,"value":"Bob","entity":"name"}]}]}}`, "1 \"hi Bob\" greet\n"},
		"a mark":           {charset.ByteOrderMark + `[{"text":"hi"}]`, "1 \"hi\" \n"},
		"UTF-16":           {exchangetest.UTF16(`[{"text":"é"}]`, true, true), "1 \"é\" \n"},
		"a nested speaker": {`[{"id":5,"author":{"role":"user","name":"x"},"content":{"content_type":"a","parts":["hi","you"]}}]`, "1 \"hi\\nyou\" \n"},
	} {
		rows, rejected, _ := readAny(t, []byte(c.file), exchange.Options{})
		if got := exchangetest.Labels(rows, rejected); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

func TestReadDialogues(t *testing.T) {
	for name, c := range map[string]struct{ file, want string }{
		"emotional support": {
			`[{"emotion_type":"anxiety","situation":"I lost my job","survey_score":{"seeker":{"relevance":"5"}},"dialog":[{"speaker":"seeker","annotation":{},"content":"hello"},{"speaker":"supporter","annotation":{"strategy":"Question"},"content":"hi, what is up"}]},{"dialog":[{"speaker":"seeker","content":"bye"}]}]`,
			"1 seeker \"hello\"\n1 supporter \"hi, what is up\"\n2 seeker \"bye\"\n",
		},
		"role and content": {
			"{\"messages\":[{\"role\":\"system\",\"content\":\"be nice\"},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"},{\"type\":\"image_url\",\"image_url\":{}}]}]}\n{\"id\":\"b\",\"messages\":[{\"role\":\"user\",\"content\":\"ho\"}]}\n",
			"1 system \"be nice\"\n1 user \"hi\"\nb user \"ho\"\n",
		},
		"from and value": {`[{"id":"x","conversations":[{"from":"human","value":"hi"},{"from":"gpt","value":"ho"}]}]`, "x human \"hi\"\nx gpt \"ho\"\n"},
		"lists of texts": {`[{"dialog":["hi","hello","bye"]}]`, "1 speaker 1 \"hi\"\n1 speaker 2 \"hello\"\n1 speaker 1 \"bye\"\n"},
		"by id":          {`{"d1":{"turns":[{"speaker":"USER","utterance":"hi"}]},"d2":{"turns":[{"speaker":"USER","utterance":"ho"}]}}`, "1 USER \"hi\"\n2 USER \"ho\"\n"},
	} {
		rows, rejected, _ := readAny(t, []byte(c.file), exchange.Options{})
		if got := exchangetest.Turns(rows); got != c.want || len(rejected) > 0 {
			t.Errorf("%s: got\n%s\nwant\n%s\nrejected %v", name, got, c.want, rejected)
		}
	}

	// Where the names say nothing a person picks, from examples.
	const odd = `[{"turns":[{"wer":"A","was":"wie geht es dir"},{"wer":"B","was":"gut"}]}]`
	_, _, reading := readAny(t, []byte(odd), exchange.Options{})
	names := ""
	for _, c := range reading.Facts.Columns {
		names += c.Name + "=" + c.Example + " "
	}
	if names != "was=wie geht es dir wer=A " {
		t.Errorf("to pick from: %s", names)
	}
	rows, _, _ := readAny(t, []byte(odd), exchange.Options{Columns: map[string]exchange.Field{"wer": exchange.Role, "was": exchange.Message}})
	if rows[1].Role != "B" || rows[1].Message != "gut" {
		t.Errorf("as picked: %+v", rows)
	}
}

func TestBrokenJSON(t *testing.T) {
	for _, file := range []string{`[{"text":"hi"},{"text":`, `[{"text":"hi"}`, `[{"text":"hi"}, oops]`} {
		reading, err := Read(exchange.BytesFile("", []byte(file)), exchange.Options{})
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		n, last := 0, error(nil)
		for _, err := range reading.Rows() {
			if last = err; err == nil {
				n++
			}
		}
		if n != 1 || last == nil || !strings.Contains(last.Error(), "after item 1") {
			t.Errorf("%s: %d rows, %v", file, n, last)
		}
	}
}

func TestRoles(t *testing.T) {
	for name, c := range map[string]struct{ roles, want string }{
		"a user":         {"system user assistant user", "user"},
		"other words":    {"supporter seeker supporter", "seeker"},
		"one side known": {"agent Mrs_X agent", "Mrs_X"},
		"names":          {"Ann Bob Ann", "Ann"},
		"only the other": {"assistant", ""},
		"two speakers":   {"speaker_2 speaker_1", "speaker_1"},
	} {
		var rows []exchange.Row
		for role := range strings.FieldsSeq(c.roles) {
			rows = append(rows, exchange.Row{Role: role, Message: "a text of " + role})
		}
		roles, err := exchange.Roles(exchangetest.Seq(rows...))
		if err != nil {
			t.Fatal(err)
		}
		var keep []string
		for _, r := range roles {
			if r.Keep {
				keep = append(keep, r.Role)
			}
			if r.Examples[0] != "a text of "+r.Role {
				t.Errorf("%s: examples %v", name, r.Examples)
			}
		}
		if got := strings.Join(keep, " "); got != c.want {
			t.Errorf("%s: keeps %q, want %q", name, got, c.want)
		}
	}
	if roles, _ := exchange.Roles(exchangetest.Seq(exchange.Row{Message: "no roles at all"})); !roles[0].Keep {
		t.Error("messages without a role were not kept")
	}
}

// FuzzRead gives any bytes to every reader: none panics, no row is without a
// message, and what was read is what was counted.
