package exchange

import "seedbed/assets/i18n"

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

var formatNames = [...]i18n.Text{
	Unknown:  i18n.T("unknown"),
	CSV:      i18n.T("CSV"),
	XLSX:     i18n.T("Excel"),
	JSON:     i18n.T("JSON"),
	JSONL:    i18n.T("JSON lines"),
	Parquet:  i18n.T("Parquet"),
	ChatGPT:  i18n.T("ChatGPT export"),
	Slack:    i18n.T("Slack export"),
	WhatsApp: i18n.T("WhatsApp export"),
	Intercom: i18n.T("Intercom export"),
	Zendesk:  i18n.T("Zendesk export"),
}

// Name names the format for people.
func (f Format) Name() i18n.Text { return formatNames[f] }

// String is the name in English.
func (f Format) String() string { return f.Name().String() }
