package review

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"seedbed/localdb"
	"seedbed/ui/widget"
)

// filesWith lists the files of a folder that hold a text.
func filesWith(t *testing.T, folder, text string) (found []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		content, err := os.ReadFile(filepath.Join(folder, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(bytes.ToLower(content), []byte(text)) {
			found = append(found, entry.Name())
		}
	}
	return found
}

func TestReviewForgets(t *testing.T) {
	r := open(t,
		localdb.Message{Text: "call Zebediah Quux tomorrow", Category: "social", Confidence: 1},
		localdb.Message{Text: "the weather is fine", Category: "chitchat", Confidence: 1},
		localdb.Message{Text: "a secret of mine", Category: "chitchat", Confidence: 1},
		localdb.Message{Text: "good morning", Category: "chitchat", Confidence: 1})
	folder := filepath.Dir(r.Dataset().Path())
	look := func() {
		pick(r.page.menuItems(), "Forget a text")
		for _, o := range r.Screen() {
			if f, ok := o.(*widget.Field); ok {
				f.SetText("zebediah quux")
			}
		}
		r.Tap("Look for it")
		r.Sees("Forget for good?", "Messages that are removed for good: 1.", "This can't be undone.")
	}
	look()
	r.Tap("Cancel")
	r.is("messages after Cancel", r.Count(localdb.Filter{}), 4)
	look()
	r.Tap("Forget for good")
	r.Sees("Messages forgotten: 1")
	if found := filesWith(t, folder, "quux"); found != nil {
		t.Errorf("still in %q", found)
	}
	r.page.goTo(3)
	r.Settle()
	pick(r.page.menuItems(), "Forget for good")
	r.Settle()
	r.Tap("Forget for good")
	r.is("list", r.listed(), "2 4")
	if found := filesWith(t, folder, "a secret of mine"); found != nil {
		t.Errorf("still in %q", found)
	}
}
