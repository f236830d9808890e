package starter_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"seedbed/gen/starter"
	"seedbed/localdb"
)

func readText(t *testing.T, text string) starter.Found {
	t.Helper()
	found, err := starter.ReadText(t.Context(), text)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func namesOf(categories []localdb.Category) (names []string) {
	for _, c := range categories {
		names = append(names, c.Name)
	}
	return names
}

func named(t *testing.T, found starter.Found, name string) localdb.Category {
	t.Helper()
	at := slices.IndexFunc(found.Categories, func(c localdb.Category) bool { return c.Name == name })
	if at < 0 {
		t.Fatalf("there is no %q among %q", name, namesOf(found.Categories))
	}
	return found.Categories[at]
}

func TestGuessesAreSaid(t *testing.T) {
	t.Parallel()
	found := readText(t, "Begrüßung\nsmall_talk\nbilling FAQ\nproduct questions\noff-topic\nnone\nOOS\nreturns\nsmallness\nfaqir")
	said := map[string]bool{}
	for _, n := range found.Notes {
		said[n.Category] = true
	}
	for name, want := range map[string]struct {
		kind     string
		training bool
	}{
		"Begrüßung": {"chitchat", true}, "small_talk": {"chitchat", true}, "billing FAQ": {"rag", true}, "product questions": {"rag", true},
		"off-topic": {"custom", false}, "none": {"custom", false}, "OOS": {"custom", false},
		"returns": {"custom", true}, "smallness": {"custom", true}, "faqir": {"custom", true},
	} {
		c := named(t, found, name)
		if c.Kind != want.kind || c.Training != want.training {
			t.Errorf("%s is %s, in training %v", name, c.Kind, c.Training)
		}
		if guessed := want.kind != "custom" || !want.training; said[name] != guessed {
			t.Errorf("%s: said %v", name, said[name])
		}
	}
}

func TestAllColumnsOfATable(t *testing.T) {
	t.Parallel()
	csv := "Intent,What it is,What it is not,Examples,Count,Colour,Key,Training,Kind\n" +
		"refund,money back,an exchange,\"i want my money back\nplease refund me\",120,#AA0000,r,yes,custom\n" +
		"hours,when it is open,,open on sunday? | are you open now,40,,,1,rag\n" +
		"hello,,,hi; good morning,lots,red,x,no,greeting\n"
	tsv := strings.ReplaceAll(strings.ReplaceAll(csv, `"i want my money back`+"\n"+`please refund me"`, "i want my money back | please refund me"), ",", "\t")
	book := excelize.NewFile()
	for i, line := range strings.Split(strings.TrimSpace(tsv), "\n") {
		for j, cell := range strings.Split(line, "\t") {
			at, err := excelize.CoordinatesToCellName(j+1, i+2) // below a title
			if err != nil {
				t.Fatal(err)
			}
			if err := book.SetCellStr("Sheet1", at, cell); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := book.SetCellStr("Sheet1", "A1", "Our categories"); err != nil {
		t.Fatal(err)
	}
	var xlsx bytes.Buffer
	if err := book.Write(&xlsx); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"list.csv": []byte(csv), "list.tsv": []byte(tsv), "list.xlsx": xlsx.Bytes()} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		found, err := starter.ReadFile(t.Context(), path)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		refund := named(t, found, "refund")
		refund.Position = 0
		want := localdb.Category{
			Name: "refund", Kind: "custom", Is: "money back", IsNot: "an exchange", Colour: "#aa0000", Key: "", Target: 120, Training: true,
			Examples: []string{"i want my money back", "please refund me"},
		}
		want.Key = refund.Key // r means something else in Review
		if !reflect.DeepEqual(refund, want) || refund.Key == "r" || refund.Key == "" {
			t.Errorf("%s: got %+v", name, refund)
		}
		if c := named(t, found, "hours"); c.Kind != "rag" || c.Target != 40 || len(c.Examples) != 2 {
			t.Errorf("%s: got %+v", name, c)
		}
		if c := named(t, found, "hello"); c.Kind != "custom" || c.Target != 80 || c.Training || !strings.HasPrefix(c.Colour, "#") {
			t.Errorf("%s: got %+v", name, c)
		}
		if len(found.Notes) != 5 { // two keys, a count, a colour, a kind
			t.Errorf("%s: notes %v", name, found.Notes)
		}
	}
}

func TestHeadersInSeveralLanguages(t *testing.T) {
	t.Parallel()
	for _, header := range []string{
		"Kategorie;Was es ist;Beispiele;Anzahl", "Catégorie;Description;Exemples;Quantité", "Categoría;Descripción;Ejemplos;Cantidad",
		"Categoria;Descrizione;Esempi;Numero", "Категория;Описание;Примеры;Количество", "カテゴリ;説明;例;件数", "类别;描述;例子;数量",
	} {
		found := readText(t, header+"\nrefund;money back;give it back|my money please;30\nhours;when it is open;open now?|sunday?;20")
		c := named(t, found, "refund")
		if len(found.Categories) != 2 || c.Is != "money back" || len(c.Examples) != 2 || c.Target != 30 && !strings.Contains(header, "Numero") {
			t.Errorf("%s: got %+v", header, found.Categories)
		}
	}
}

func TestCategoriesOfMessages(t *testing.T) {
	t.Parallel()
	var csv strings.Builder
	csv.WriteString("text,label\n")
	for i := range 40 {
		fmt.Fprintf(&csv, "my parcel number %d is late again and nobody at the depot picks up,delivery\n", i)
	}
	for _, text := range []string{
		"money back please", "call me on +49 170 1234567 about my refund", "the shoes don't fit at all", "refund not here yet", "ok",
		"I have been waiting for my money for three weeks now and I have written to you four times already without any answer at all from anybody",
		"you charged me twice", "cancel it and pay me back",
	} {
		fmt.Fprintf(&csv, "%q,Refund\n", text)
	}
	csv.WriteString("no label here,\n")
	path := filepath.Join(t.TempDir(), "messages.csv")
	if err := os.WriteFile(path, []byte(csv.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	found, err := starter.ReadFile(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if found.Messages["delivery"] != 40 || found.Messages["Refund"] != 8 || len(found.Categories) != 2 {
		t.Errorf("got %v", found.Messages)
	}
	refund := named(t, found, "Refund").Examples
	if len(refund) != 6 || slices.Contains(refund, "ok") {
		t.Errorf("examples: %q", refund)
	}
	for _, text := range slices.Concat(refund, named(t, found, "delivery").Examples) {
		if strings.Contains(text, "1234567") {
			t.Errorf("a phone number in %q", text)
		}
	}
	if n := len(named(t, found, "delivery").Examples); n != 3 { // all alike
		t.Errorf("%d examples of delivery", n)
	}
}

func TestAStarterIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	s := starter.Starter{About: "a support bot of a bicycle shop <Ghent> & Söhne", Instructions: "Write Flemish names.\nNo emoji."}
	for i := range 30 {
		s.Categories = append(s.Categories, localdb.Category{
			Name: fmt.Sprintf("category %d", i), Kind: "custom", Is: "it is", IsNot: "it is not", Examples: []string{"an <example>", `"quoted" one; with | signs`},
			Colour: starter.FreeColour(s.Categories), Key: starter.FreeKey(s.Categories), Target: i, Training: i%2 == 0,
		})
	}
	s.Categories[3].Kind, s.Categories[4].Name, s.Categories[5].Bank = "rag", "faq", "coaching/rag_query"
	s.Categories[6].ShownName = "Six & seven"
	d, err := s.Create(t.Context(), filepath.Join(t.TempDir(), "bikes.seedbed"))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.AddCategory(t.Context(), localdb.Category{Name: "old", Archived: true}); err != nil {
		t.Fatal(err)
	}
	of, err := starter.Of(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	var written bytes.Buffer
	if err := of.WriteJSON(&written); err != nil {
		t.Fatal(err)
	}
	found := readText(t, written.String())
	if !reflect.DeepEqual(found.Starter, s) {
		t.Errorf("read %+v,\nwant %+v", found.Starter, s)
	}
	if len(found.Notes) > 0 {
		t.Errorf("notes: %v", found.Notes)
	}
	if strings.Contains(written.String(), "bikes.seedbed") || strings.Contains(written.String(), "old") {
		t.Errorf("it tells more than it should:\n%s", written.String())
	}
}

func TestPersonalDetailsAreNotWritten(t *testing.T) {
	t.Parallel()
	s := starter.Starter{Categories: []localdb.Category{{Name: "a", Kind: "custom", Examples: []string{"write to ann@example.org"}}}}
	var written bytes.Buffer
	if err := s.WriteJSON(&written); err != nil || strings.Contains(written.String(), "ann@") {
		t.Errorf("%s, %v", written.String(), err)
	}
}

func TestAListOverAStarterKeepsWhatShips(t *testing.T) {
	t.Parallel()
	s := starter.Default().With(readText(t, "Social: people\nmy own").Starter)
	if len(s.Categories) != 2 || s.About != starter.Default().About {
		t.Fatalf("got %+v", s)
	}
	if c := s.Categories[0]; c.Bank != "coaching/social" || c.ShownName != "Social circle" || c.Kind != "context" || c.Is != "people" || len(c.Examples) == 0 {
		t.Errorf("got %+v", c)
	}
	if s.Categories[1].Bank != "" {
		t.Errorf("got %+v", s.Categories[1])
	}
}

func TestWhatIsNoListIsRefused(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a sentence that goes on for longer than any name of a category would. ", 2) + "\n"
	for name, test := range map[string]struct{ text, want string }{
		"nothing":     {"", "is no text"},
		"white space": {" \n\t\n", "is no text"},
		"prose":       {strings.Repeat(long, 5), "no categories were found"},
		"too many": {strings.Repeat("x", 1) + func() (s string) {
			b := strings.Builder{}
			for i := range 1200 {
				fmt.Fprintf(&b, "\nname %d", i)
			}
			return b.String()
		}(), "of which 1000 are allowed"},
		"broken JSON":   {"{\"categories\": [\n{\"name\": ]}", "broken at line 2"},
		"empty JSON":    {`{"categories": []}`, "no categories were found"},
		"a long about":  {`{"about": "` + strings.Repeat("x", 501) + `", "categories": ["a"]}`, "501 characters"},
		"binary":        {"\x00\x01\x02\x03\x00\x00", "no categories were found"},
		"only bullets":  {"- \n* \n1. \n", "no categories were found"},
		"HTML":          {"<html><body><p>hello</p></body></html>", "no categories were found"},
		"nameless JSON": {`{"categories": [{"is": "x"}]}`, "no categories were found"},
	} {
		if found, err := starter.ReadText(t.Context(), test.text); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q; read %q", name, err, test.want, namesOf(found.Categories))
		}
	}
	for name, path := range map[string]string{"missing": filepath.Join(t.TempDir(), "none.csv"), "folder": t.TempDir()} {
		if _, err := starter.ReadFile(t.Context(), path); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func FuzzLists(f *testing.F) {
	for _, seed := range []string{
		"refund: money\n- hours", "name,is,examples\na,b,\"c|d\"", `{"about":"x","categories":[{"name":"a","examples":["b"],"count":3}]}`,
		`["a","a","b"]`, `{"categories":{"a":"b","c":{"is":"d"}}}`, "text\tlabel\nhi\tgreet", "<x>", "\xff\xfe\x00", "1. \n2) b", "a;b;c\n1;2;3",
		`{"categories":[{"name":"a","count":1e300,"key":[],"examples":[{"text":"x"},3]}]}`, "| name | is |\n|---|---|\n| a | b |",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		found, err := starter.ReadText(t.Context(), text)
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, c := range found.Categories {
			if name := strings.ToLower(c.Name); name == "" || seen[name] || strings.ContainsAny(c.Name, "\n\x00") {
				t.Errorf("the name %q of %q", c.Name, text)
			}
			seen[strings.ToLower(c.Name)] = true
			if c.Target < 0 || len(c.Colour) != 7 || !slices.Contains([]string{"rag", "context", "chitchat", "custom"}, c.Kind) {
				t.Errorf("%+v of %q", c, text)
			}
		}
		var written bytes.Buffer
		if err := found.WriteJSON(&written); err != nil {
			t.Fatal(err)
		}
		if again, err := starter.ReadText(t.Context(), written.String()); err != nil || !slices.Equal(namesOf(again.Categories), namesOf(found.Categories)) {
			t.Errorf("%q is read again as %q, %v", namesOf(found.Categories), namesOf(again.Categories), err)
		}
	})
}

func TestShownNamesAreRead(t *testing.T) {
	t.Parallel()
	for form, text := range map[string]string{
		"table":  "name,shown name,description\nrefund,Money back,wants it\nstatus,Where is it?,asks\nhours,,\n",
		"German": "Name;Angezeigter Name;Beschreibung\nrefund;Money back;wants it\nstatus;Where is it?;asks\nhours;hours;x\n",
		"JSON":   `{"categories": [{"name": "refund", "shown_name": "Money back"}, {"name": "status", "shown_name": "Where is it?"}, {"name": "hours"}]}`,
	} {
		found := readText(t, text)
		var shown []string
		for _, c := range found.Categories {
			shown = append(shown, c.Name+" "+c.Shown())
		}
		if want := []string{"refund Money back", "status Where is it?", "hours hours"}; !slices.Equal(shown, want) {
			t.Errorf("%s: %q, want %q", form, shown, want)
		}
	}
	found := readText(t, "name,shown name\nrefund,Order\norder,Orders\nother,order\n")
	for _, name := range []string{"refund", "other"} {
		if c := named(t, found, name); c.ShownName != "" || !slices.ContainsFunc(found.Notes, func(n starter.Note) bool { return n.Category == name }) {
			t.Errorf("%q is shown as %q, as another category is, and %v doesn't say so", name, c.Shown(), found.Notes)
		}
	}
}

// TestStartersShowNamesToPeople: each category that ships has a name that people
// understand, and no two of a starter the same.
func TestStartersShowNamesToPeople(t *testing.T) {
	t.Parallel()
	for _, s := range starter.All() {
		seen := map[string]bool{}
		for _, c := range s.Categories {
			if c.ShownName == "" || strings.Contains(c.ShownName, "_") || seen[c.ShownName] {
				t.Errorf("%s: %q is shown as %q", s.Name, c.Name, c.Shown())
			}
			seen[c.ShownName] = true
		}
	}
}
