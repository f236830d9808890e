package localdb

import "testing"

func TestTitlesAreReadAgain(t *testing.T) {
	for title, want := range map[string]string{
		"Label 3 messages as chitchat":       "Label {{.Messages}} as {{.Category}}",
		"Label 1 message":                    "Label {{.Messages}}",
		"Relabel 1,200 messages to as % you": "Relabel {{.Messages}} to {{.Category}}",
		"Merge social into chitchat":         "Merge {{.From}} into {{.Into}}",
		"Archive a category":                 "Archive a category",
		"Whatever a caller said":             "",
	} {
		read, ok := ReadTitle(title)
		if template, _ := read.Parts(); template != want || ok != (want != "") {
			t.Errorf("%q is read as %q", title, template)
		}
		if ok && read.String() != title {
			t.Errorf("%q has become %q", title, read)
		}
	}
	read, _ := ReadTitle("Delete 1,200 messages")
	_, values := read.Parts()
	if n, ok := values["Messages"].(interface {
		Parts() (string, map[string]any)
	}); !ok {
		t.Errorf("the count is %v", values["Messages"])
	} else if template, _ := n.Parts(); template != "{{.N}} messages" {
		t.Errorf("the count is said with %q", template)
	}
}
