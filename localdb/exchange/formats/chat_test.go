package formats

import (
	"strings"
	"testing"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/charset"
	"seedbed/localdb/exchange/exchangetest"
)

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
