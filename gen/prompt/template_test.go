package prompt

import (
	"testing"

	"seedbed/localdb"
)

func FuzzTemplates(f *testing.F) {
	shipped, err := Default("en")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(shipped)
	f.Add(`{{define "system"}}{{range $i, $p := .Passages}}{{inc $i}}{{end}}{{with .About}}{{.}}{{end}}{{end}}{{define "user"}}{{index .Examples 0}}{{end}}`)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > localdb.LongestTemplate || Check(text) != nil {
			return
		}
		edited, err := New("en", localdb.Domain{Template: text})
		if err != nil {
			t.Fatal(err)
		}
		for _, sample := range samples() {
			if _, err := edited.Fill(sample); err != nil {
				t.Error(err)
			}
		}
	})
}
