package localdb

import (
	"github.com/dustin/go-humanize"

	"seedbed/assets/sentence"
)

// What undo calls a change. The dataset keeps it in English.
var (
	titleAddCategory    = sentence.Of("Add the category {{.Category}}")
	titleChangeCategory = sentence.Of("Change the category {{.Category}}")
	titleRename         = sentence.Of("Rename a category to {{.Category}}")
	titleArchive        = sentence.Of("Archive a category")
	titleBringBack      = sentence.Of("Bring back a category")
	titleMerge          = sentence.Of("Merge {{.From}} into {{.Into}}")
	titleLabelAs        = sentence.Of("Label {{.Messages}} as {{.Category}}")
	titleLabel          = sentence.Of("Label {{.Messages}}")
	titleRelabel        = sentence.Of("Relabel {{.Messages}} to {{.Category}}")
	titleUnlabel        = sentence.Of("Take the label off {{.Messages}}")
	titleReopen         = sentence.Of("Reopen {{.Messages}}")
	titleAccept         = sentence.Of("Accept {{.Messages}}")
	titleReject         = sentence.Of("Reject {{.Messages}}")
	titleDelete         = sentence.Of("Delete {{.Messages}}")
	titleEdit           = sentence.Of("Edit a message")
	titleImport         = sentence.Of("Import {{.Messages}}")
	titlePassages       = sentence.Of("Add {{.N}} passages")
	titleClear          = sentence.Of("Clear the passages")
)

// titles are all of them, those that another one's words fit too before that.
var titles = []sentence.Sentence{
	titleAddCategory, titleChangeCategory, titleRename, titleArchive, titleBringBack, titleMerge,
	titleLabelAs, titleLabel, titleRelabel, titleUnlabel, titleReopen, titleAccept, titleReject, titleDelete,
	titleEdit, titleImport, titlePassages, titleClear,
}

// ReadTitle takes apart what undo calls a change; ok is false for a title that the
// caller of the change chose.
func ReadTitle(title string) (read sentence.Sentence, ok bool) {
	for _, template := range titles {
		if read, ok = template.Read(title); !ok {
			continue
		}
		_, values := read.Parts()
		for _, count := range []sentence.Sentence{oneMessage, someMessages} {
			if text, ok := values["Messages"].(string); ok {
				if n, ok := count.Read(text); ok {
					values["Messages"] = n
				}
			}
		}
		return read, true
	}
	return read, false
}

var (
	oneMessage   = sentence.Of("1 message")
	someMessages = sentence.Of("{{.N}} messages")
)

func countMessages(n int) sentence.Sentence {
	if n == 1 {
		return oneMessage
	}
	return someMessages.With(sentence.Values{"N": humanize.Comma(int64(n))})
}

func messagesOf(n int) sentence.Values { return sentence.Values{"Messages": countMessages(n)} }
