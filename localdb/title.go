package localdb

import (
	"github.com/dustin/go-humanize"

	"seedbed/assets/i18n"
)

// What undo calls a change. The dataset keeps it in English.
var (
	titleAddCategory    = i18n.T("Add the category {{.Category}}")
	titleChangeCategory = i18n.T("Change the category {{.Category}}")
	titleRename         = i18n.T("Rename a category to {{.Category}}")
	titleArchive        = i18n.T("Archive a category")
	titleBringBack      = i18n.T("Bring back a category")
	titleMerge          = i18n.T("Merge {{.From}} into {{.Into}}")
	titleLabelAs        = i18n.T("Label {{.Messages}} as {{.Category}}")
	titleLabel          = i18n.T("Label {{.Messages}}")
	titleRelabel        = i18n.T("Relabel {{.Messages}} to {{.Category}}")
	titleUnlabel        = i18n.T("Take the label off {{.Messages}}")
	titleReopen         = i18n.T("Reopen {{.Messages}}")
	titleAccept         = i18n.T("Accept {{.Messages}}")
	titleReject         = i18n.T("Reject {{.Messages}}")
	titleDelete         = i18n.T("Delete {{.Messages}}")
	titleEdit           = i18n.T("Edit a message")
	titleImport         = i18n.T("Import {{.Messages}}")
	titlePassages       = i18n.T("Add {{.N}} passages")
	titleClear          = i18n.T("Clear the passages")
)

// titles are all of them, those that another one's words fit too before that.
var titles = []i18n.Text{
	titleAddCategory, titleChangeCategory, titleRename, titleArchive, titleBringBack, titleMerge,
	titleLabelAs, titleLabel, titleRelabel, titleUnlabel, titleReopen, titleAccept, titleReject, titleDelete,
	titleEdit, titleImport, titlePassages, titleClear,
}

// ReadTitle takes apart what undo calls a change; ok is false for a title that the
// caller of the change chose.
func ReadTitle(title string) (read i18n.Text, ok bool) {
	for _, template := range titles {
		if read, ok = template.Read(title); !ok {
			continue
		}
		_, values := read.Parts()
		for _, count := range []i18n.Text{oneMessage, someMessages} {
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
	oneMessage   = i18n.T("1 message")
	someMessages = i18n.T("{{.N}} messages")
)

func countMessages(n int) i18n.Text {
	if n == 1 {
		return oneMessage
	}
	return someMessages.With(i18n.Values{"N": humanize.Comma(int64(n))})
}

func messagesOf(n int) i18n.Values { return i18n.Values{"Messages": countMessages(n)} }
