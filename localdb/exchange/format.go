package exchange

// Format is the kind of a file.
type Format int

// The formats that are read; Written lists those that are written too.
const (
	Unknown Format = iota
	CSV            // and everything like it: tabs, semicolons, one message a line
	XLSX
	JSON // an array, or an object that holds one, of messages, chats or dialogues
	JSONL
	Parquet
	ChatGPT
	Slack
	WhatsApp
	Intercom
	Zendesk
)

// String names the format for people.
func (f Format) String() string {
	return [...]string{"unknown", "CSV", "Excel", "JSON", "JSON lines", "Parquet", "ChatGPT export", "Slack export", "WhatsApp export", "Intercom export", "Zendesk export"}[f]
}
