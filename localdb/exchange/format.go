package exchange

import "seedbed/assets/sentence"

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

var formatNames = [...]sentence.Sentence{
	Unknown:  sentence.Of("unknown"),
	CSV:      sentence.Of("CSV"),
	XLSX:     sentence.Of("Excel"),
	JSON:     sentence.Of("JSON"),
	JSONL:    sentence.Of("JSON lines"),
	Parquet:  sentence.Of("Parquet"),
	ChatGPT:  sentence.Of("ChatGPT export"),
	Slack:    sentence.Of("Slack export"),
	WhatsApp: sentence.Of("WhatsApp export"),
	Intercom: sentence.Of("Intercom export"),
	Zendesk:  sentence.Of("Zendesk export"),
}

// Name names the format for people.
func (f Format) Name() sentence.Sentence { return formatNames[f] }

// String is the name in English.
func (f Format) String() string { return f.Name().String() }
