//go:build unix

package kbsource

import (
	"os"
	"strings"
	"testing"
)

func fromTestdata(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return passagesIn(t, "a.pdf", string(data))
}

func TestPDFColumnsAreReadOneAfterTheOther(t *testing.T) {
	text := fromTestdata(t, "pdf/columns.pdf")
	for _, heading := range []string{"Booking", "Reimbursement", "Insurance", "Absence", "Equipment", "Parking"} {
		if !strings.Contains(text, "[Travel Guide › "+heading+"] ") {
			t.Errorf("%q is missing in\n%s", heading, text)
		}
	}
	for _, paragraph := range []string{
		"Employees who need an international visa should contact the administration department immediately. A well-known exception concerns emergencies, for which the responsibility remains with the supervisor.\n",
		"department.\n- Train tickets in second class are reimbursed completely.\n- Taxis are reimbursed exceptionally, if no public transportation is available after midnight.\n",
		"Luggage that disappears is compensated by the insurance company, provided that the disappearance was communicated immediately to the transportation company and to the administration.\n",
	} {
		if !strings.Contains(text, paragraph) {
			t.Errorf("%q is missing in\n%s", paragraph, text)
		}
	}
	for _, head := range []string{"Employee Handbook", "Section A", "Page"} {
		if strings.Contains(text, head) {
			t.Errorf("the running head %q is in\n%s", head, text)
		}
	}
}

func TestPDFFontsWithCodesOfTwoBytes(t *testing.T) {
	want := `[Leave and pay] Parental leave may be taken for fourteen months by both parents together. It has to be announced seven weeks before it begins, in writing, to the department of human resources.
Sick employees tell their supervisor on the first day before ten o'clock in the morning.
Salaries are paid on the last day of each month. Where that is a holiday, they are paid on the last working day before it.
Overtime is paid with a supplement of twenty-five percent, or taken as leave within a year of its approval by the supervisor.

[Visitors] Visitors sign in at the reception, where they get a badge`
	if text := fromTestdata(t, "pdf/cairo.pdf"); !strings.HasPrefix(text, want) {
		t.Errorf("read as\n%s", text)
	}
}

// lines are the instructions that draw lines of text from the top down.
func lines(x int, texts ...string) string { return linesAt(x, 700, 12, texts...) }

func TestPDFTablesAreReadRowByRow(t *testing.T) {
	content := lines(72, "Grade", "five", "six", "seven", "eight") + lines(300, "Days of leave", "thirty days", "thirty-two days", "thirty-three days", "thirty-five days")
	if got := passagesIn(t, "a.pdf", pdfWith(content)); !strings.Contains(got, "Grade: five; Days of leave: thirty days\n") || !strings.Contains(got, "Grade: eight; Days of leave: thirty-five days") {
		t.Errorf("read as\n%s", got)
	}
}

func TestPDFTableAmongText(t *testing.T) {
	want := `which is agreed with the works council every two years.
Grade: 5; Days of leave: 30 days; Remarks: from January
Grade: 6; Days of leave: 32 days; Remarks: from January
Grade: 7; Days of leave: 33 days; Remarks: after two years
Leave is requested in the portal.`
	if text := fromTestdata(t, "pdf/table.pdf"); !strings.Contains(text, want) || !strings.Contains(text, "\n- Send the certificate to the human resources department on the fourth day at the latest.\n") {
		t.Errorf("read as\n%s", text)
	}
}

func TestPDFHyphens(t *testing.T) {
	got := passagesIn(t, "a.pdf", pdfWith(lines(72, "A well-known rule for the depart-", "ment of COVID-", "19 is a well-", "known rule of Arbeits-", "und Ruhezeit.")))
	if want := "A well-known rule for the department of COVID-19 is a well-known rule of Arbeits- und Ruhezeit."; !strings.HasSuffix(got, want) {
		t.Errorf("read as\n%s", got)
	}
}

func TestPDFWithoutReadableText(t *testing.T) {
	whole := pdfOf(prose)
	for name, c := range map[string]struct{ file, reason string }{
		"scanned":   {pdfWith("0 0 612 792 re f"), "pages are pictures"},
		"encrypted": {strings.Replace(whole, "/Root", "/Encrypt << /Filter /Standard /V 5 /R 6 /Length 256 /O () /U () /P -4 >> /Root", 1), "protected by a password"},
		"damaged":   {whole[:len(whole)/2], "damaged"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := read(t, map[string]string{"a.pdf": c.file})
			if err == nil || !strings.Contains(err.Error(), c.reason) {
				t.Errorf("got %v", err)
			}
		})
	}
	if got := passagesIn(t, "a.pdf", strings.Replace(whole, "%PDF-1.4", "%PDF-2.0", 1)+"\nand then some more bytes\n"); got != "[page 1] "+prose {
		t.Errorf("PDF 2.0 is read as %s", got)
	}
}

func TestPDFRunningHeadsOfChapters(t *testing.T) {
	page := func(chapter, rule string, n string) string {
		return linesAt(72, 780, 9, chapter) + linesAt(72, 730, 11, rule+" is explained on this page, in a", "few lines about "+strings.ToLower(rule)+" that end here.") + linesAt(290, 30, 9, "Page "+n+" of 6")
	}
	got := passagesIn(t, "a.pdf", pdfWith(page("On leave", "Leave", "1"), page("On leave", "Rest", "2"), page("On pay", "Pay", "3"), page("On pay", "Overtime", "4"), page("On keys", "Keys", "5"), page("On visitors", "Visits", "6")))
	for _, head := range []string{"On leave", "On pay", "On visitors", "of 6"} {
		if strings.Contains(got, head) {
			t.Errorf("the running head %q is in\n%s", head, got)
		}
	}
	if !strings.Contains(got, "[page 6] Visits is explained on this page, in a few lines about visits that end here.") {
		t.Errorf("read as\n%s", got)
	}
}
