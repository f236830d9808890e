// Package chat reads conversations that chat programs and language models export.
package chat

import (
	"path"
	"strings"
	"time"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// Readers lists the formats of this family.
var Readers = []exchange.Reader{
	whatsAppReader, telegramReader, messengerReader, discordReader, discordTableReader, slackReader, signalReader,
	googleChatReader, teamsReader, rocketChatReader, matrixReader, mattermostReader, logReader, chatGPTReader, claudeReader, smsReader, activityReader,
}

// bot is the role of programs that take part in a chat.
const bot = "bot"

// Why something in an export is no message; the programs' names are filled in.
var (
	programNotice = i18n.T("is a notice of {{.Program}}")
	mediaOnly     = i18n.T("has no text, only media such as a picture or a sticker")
	poll          = i18n.T("is a poll")
	deleted       = i18n.T("was deleted")
	notShown      = i18n.T("is a message that the person did not see")
	otherBranch   = i18n.T("is in a branch of the conversation that isn't shown")
)

// fieldsOf says by what a reader recognises the exports of a program.
func fieldsOf(program string) i18n.Text {
	return i18n.T("its fields are those of a {{.Program}} export", i18n.Values{"Program": program})
}

func noticeOf(program string) i18n.Text {
	return programNotice.With(i18n.Values{"Program": program})
}

// onDay is the conversation of what is said in a chat on one day: chats go on for years,
// and a conversation is what may have to do with each other.
func onDay(chat string, when time.Time) string {
	if when.IsZero() {
		return chat
	}
	return strings.TrimPrefix(chat+"/"+when.Format(time.DateOnly), "/")
}

// folder is the name of the folder that a file of an export is in; "" for none.
func folder(f *exchange.File) string {
	dir := path.Base(path.Dir(strings.ReplaceAll(f.Name, `\`, "/")))
	return strings.Trim(dir, "./")
}

// first is the first text that isn't empty.
func first(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
