package localdb

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"

	"github.com/dustin/go-humanize"

	"seedbed/assets/i18n"
)

// What undo calls a change.
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

// MergeTitle is what undo calls merging a file or a database into the dataset.
func MergeTitle(name string) i18n.Text {
	return i18n.T("Merge {{.Name}}", i18n.Values{"Name": name})
}

// storedTitle is a title as the undo log stores it: its template and values as JSON,
// so that it can be shown in any language. Titles from before migration 5 are plain
// English.
type storedTitle i18n.Text

// Value is called by database/sql.
func (t storedTitle) Value() (driver.Value, error) {
	text, err := json.Marshal(i18n.Text(t))
	return string(text), err
}

// Scan is called by database/sql.
func (t *storedTitle) Scan(value any) error {
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("a title of type %T", value)
	}
	return json.Unmarshal([]byte(text), (*i18n.Text)(t))
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
