package realdata

import (
	"path/filepath"
	"strings"
	"testing"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/charset"
	"seedbed/localdb/exchange/exchangetest"
	"seedbed/localdb/exchange/table"
	"seedbed/ui/widget"
)

// pick chooses something in the list that offers it.
func (r *window) pick(option string) {
	r.T.Helper()
	for _, o := range r.Screen() {
		list, ok := o.(*widget.Select)
		if !ok {
			continue
		}
		for i, name := range list.Options() {
			if name == option {
				list.SetSelectedIndex(i)
				r.Settle()
				return
			}
		}
	}
	r.T.Fatalf("no list offers %q", option)
}

const whatsApp = `[04.10.26, 09:12:01] Ann: hey is anyone there
[04.10.26, 09:12:30] Ben: yes, how can I help?
[04.10.26, 09:13:02] Ann: my parcel never came
[04.10.26, 09:14:11] Ann: ` + "\u200e" + `image omitted
`

func TestThePageSaysWhichReaderReadTheFileAndWhatItLeftOut(t *testing.T) {
	r := open(t)
	r.drop("chat.txt", whatsApp)
	r.Sees("It is read as WhatsApp export because", "Left out in reading: 1 × said by someone whose messages are not kept")
	if !strings.Contains(r.page.reading.leftOut.Text(), " · 1 × ") {
		t.Errorf("the picture isn't counted: %q", r.page.reading.leftOut.Text())
	}
	r.pick("one message a line")
	if got := r.page.source.Facts.Format; got != table.Lines {
		t.Errorf("it is read as %s", got)
	}
	r.pick("Detect automatically")
	r.Sees("It is read as WhatsApp export because")
}

func TestARefusedFileCanBeReadAsSomethingElse(t *testing.T) {
	r := open(t)
	r.drop("page.html", "<!doctype html>\n<html><body>\n<p>hey is anyone there</p>\n<p>my parcel never came</p>\n</body></html>\n")
	r.Sees("web page (HTML)", "Kind of file", "Detect automatically")
	r.SeesNot("Preview", "Clean up")
	r.pick("one message a line")
	r.SeesNot("web page (HTML)")
	r.Sees("Preview", "Clean up")
}

func TestADoubtfulEncodingIsAskedForBeforeAnythingIsShown(t *testing.T) {
	r := open(t)
	raw := "text;topic\nok \x85 fine;a\nhello there;b\n"
	if guess := charset.Detect([]byte(raw)); !guess.Doubtful() {
		t.Fatalf("the file is no case of doubt: %+v", guess)
	}
	r.drop("short.csv", raw)
	r.Sees("Which of these reads right?")
	r.SeesNot("Preview", "Merge 2 messages")
	r.page.act()
	r.Settle()
	if got := r.realMessages(); len(got) > 0 {
		t.Fatalf("%q were merged without an answer", got)
	}
	r.page.shown() // as after any change of the dataset
	r.Settle()
	r.Sees("Which of these reads right?")
	r.Tap("Windows-1252")
	r.Settle()
	r.SeesNot("Which of these reads right?")
	r.Sees("Merge 2 messages")
	if got := r.page.rows.rows[0].Message; got != "ok \u2026 fine" {
		t.Errorf("it reads %q", got)
	}
}

func TestSeparatorAndHeaderCanBeChanged(t *testing.T) {
	r := open(t)
	r.drop("chats.csv", chats)
	r.pick("is a message already")
	if r.page.source.Facts.Header || r.page.source.options.Header != exchange.HeaderAbsent {
		t.Error("the first line still names the columns")
	}
	r.pick("Semicolon")
	if got := r.page.source.Facts.Delimiter; got != ';' {
		t.Errorf("the separator is %q", got)
	}
}

func TestTheCountryOfPhoneNumbersCanBeChanged(t *testing.T) {
	r := open(t)
	r.drop("calls.csv", "text,topic\nring me on 030 901820 please,a\nmy parcel never came,b\n")
	r.page.cleanup.region.SetText("Germany")
	r.Sees("Give the country's two letters")
	r.page.cleanup.region.SetText("de")
	r.Settle()
	r.SeesNot("Give the country's two letters")
	if got := r.page.plan().Region; got != "DE" {
		t.Errorf("phone numbers are those of %q", got)
	}
	r.Sees("1 phone number")
}

func TestACyrillicFileWithoutUnicodeIsReadAsItWasWritten(t *testing.T) {
	r := open(t)
	r.OpenFile(filepath.Join("..", "..", "localdb", "exchange", "table", "testdata", "csv_cp1251.csv"))
	r.Settle()
	if r.page.charset.object.Visible() {
		r.pick("Windows-1251")
	}
	if rows := r.page.rows.rows; len(rows) == 0 || !strings.ContainsAny(rows[0].Message, "аеио") {
		t.Errorf("it reads %+v", rows)
	}
}

func TestEveryReasonIsListedWithItsCountAndExamples(t *testing.T) {
	r := open(t)
	r.drop("chat.txt", whatsApp)
	if got := r.page.leftOut.Text(); got != "2 left out…" {
		t.Errorf("the button says %q", got)
	}
	r.page.showLeftOut()
	r.Sees("1 × said by someone whose messages are not kept", "yes, how can I help?", "Ben", "image omitted")
	r.Escape()
	r.drop("several.csv", "text,labels\nhello there you,a|b\nmy parcel never came,a\nsee you all soon,\n,a\n")
	r.page.showLeftOut()
	r.Sees("1 × read in part: several labels, so it has no category", "line 2: read in part", "1 × it has no message")
}

func TestTheFilesOfAZipFileCanBeChosen(t *testing.T) {
	r := open(t)
	r.drop("all.zip", string(exchangetest.Zip(t,
		"may.csv", "text,label\nwhere is my parcel,order\nI want it back,refund\n",
		"june.csv", "text,label\nthis one is broken,complaint\n",
		"old.jsonl", "{\"text\": \"an old message here\", \"label\": \"old\"}\n")))
	r.Sees("2 of 3 files…", "Merge 3 messages")
	r.Tap("2 of 3 files…")
	r.Sees("may.csv", "june.csv", "old.jsonl")
	r.Tap("None")
	r.Tap("Read these")
	r.Settle()
	r.Sees("2 of 3 files…")
	r.page.reading.readFiles(r.page.source, []string{"june.csv", "old.jsonl"})
	r.Settle()
	r.Sees("2 of 3 files…", "Merge 2 messages", "Read inside the zip file: june.csv, old.jsonl.")
	r.Tap("2 of 3 files…")
	r.Tap("All")
	r.Tap("Read these")
	r.Settle()
	r.Sees("3 of 3 files…", "Merge 4 messages")
}

func TestADoubtfulEncodingIsAskedForWithOneSampleOrNone(t *testing.T) {
	r := open(t)
	r.drop("beside.csv", "text;topic;note\nok fine;a;J\x85rg\nhello there;b;Ann\n")
	r.Sees("reads right?")
	r.SeesNot("Preview", "Merge 2 messages")
	r.Tap("Mac Roman")
	r.Settle()
	r.Sees("Merge 2 messages")
}
