package chat

import (
	"strings"
	"unicode/utf8"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonitems"
)

// Messenger is a message_1.json of the data that Facebook and Instagram give out.
var Messenger = &exchange.Format{ID: "messenger", Name: i18n.T("Messenger or Instagram export"), Extension: ".json"}

var messengerReader = exchange.Reader{
	Format: Messenger, Recognise: recogniseMessenger, Read: readMessenger,
	About: "Files message_1.json of Facebook and Instagram, alone or in the zip file, also those of encrypted chats. Letters encoded twice are put right. " +
		"The role is the sender's name, and what was said in a chat on one day is a conversation. Reactions, calls, notices and media are skipped.",
}

func recogniseMessenger(f *exchange.File) exchange.Evidence {
	return jsonitems.Evidence(jsonitems.Sample(f, "messages"), func(v any) bool {
		return jsonitems.Has(v, "sender_name", "timestamp_ms") || jsonitems.Has(v, "senderName", "timestamp") && jsonitems.Has(v, "isUnsent")
	}, fieldsOf("Messenger"))
}

func readMessenger(f *exchange.File, o exchange.Options) (*exchange.Reading, error) {
	items := jsonitems.Open(f, "messages")
	facts := exchange.Facts{Format: Messenger, Encoding: f.Guess()}
	return exchange.NewReading(o, facts, func(r *exchange.Reading) error {
		chat := messengerChat(f)
		return items.Each(r, func(item jsonitems.Item) { addMessenger(r, item, chat) })
	}), nil
}

var threadPath = exchange.Pattern(`"(?:thread_path|threadName)"\s*:\s*"((?:[^"\\]|\\.)*)"`)

// messengerChat names the chat by its folder, or by what stands at the end of the file.
func messengerChat(f *exchange.File) string {
	if name := folder(f); name != "" {
		return name
	}
	tail := make([]byte, min(f.Size(), 1<<16))
	n, _ := f.Read().ReadAt(tail, f.Size()-int64(len(tail))) // what can't be read is told when all of it is
	if m := threadPath().FindSubmatch(tail[:n]); m != nil {
		name := string(m[1])
		return name[strings.LastIndexByte(name, '/')+1:]
	}
	return ""
}

func addMessenger(r *exchange.Reading, item jsonitems.Item, chat string) {
	message := item.Value
	text := decodedTwice(first(jsonitems.Text(message, "content"), jsonitems.Text(message, "text")))
	sender := decodedTwice(first(jsonitems.Text(message, "sender_name"), jsonitems.Text(message, "senderName")))
	kind := jsonitems.Text(message, "type")
	switch {
	case jsonitems.True(message, "is_unsent") || jsonitems.True(message, "isUnsent"):
		r.Skip(0, deleted, text)
		return
	case jsonitems.Has(message, "call_duration") || kind == "Call" || kind == "call" || kind == "Subscribe" || kind == "Unsubscribe" || metaNotice(text, sender):
		r.Skip(0, noticeOf("Messenger"), text)
		return
	case strings.TrimSpace(text) == "":
		r.Skip(0, mediaOnly, decodedTwice(jsonitems.Text(message, "share", "link")))
		return
	}
	when := exchange.ParseTime(first(jsonitems.Text(message, "timestamp_ms"), jsonitems.Text(message, "timestamp")))
	r.Add(exchange.Row{Message: strings.TrimSpace(text), Role: sender, Conversation: onDay(chat, when), Time: when})
}

// decodedTwice reads a text whose bytes in UTF-8 were each written as a character, as
// Facebook does; any other is left as it is.
func decodedTwice(text string) string {
	bytes, beyond := make([]byte, 0, len(text)), false
	for _, r := range text {
		if r > 0xFF {
			return text
		}
		beyond = beyond || r >= 0x80
		bytes = append(bytes, byte(r))
	}
	if !beyond || !utf8.Valid(bytes) {
		return text
	}
	return string(bytes)
}

// What Facebook and Instagram write in a person's name: whole sentences, and those that
// begin with the sender's name or "You".
var (
	metaWhole = exchange.Pattern(`(?i)^(?:` + strings.Join([]string{
		`reacted .{1,20} to (?:your|a|their|his|her|.{1,60}'s) message`, `liked (?:a|your) message`, `you (?:are|can) now (?:connected|call each other|message).*`,
		`hat (?:mit .{1,20} )?auf (?:deine|ihre|eine) nachricht (?:mit .{1,20} )?reagiert`, `hat (?:eine|deine) nachricht mit .{1,20}gefällt mir.{0,3} markiert`, `gefällt (?:eine|deine) nachricht`,
		`a réagi .{1,20}à (?:votre|ton|un) message`, `a (?:réagi avec|aimé) (?:.{1,20} à )?(?:un|votre|ton) message`,
		`reaccionó con .{1,20} a (?:tu|un) mensaje`, `(?:le|te) gustó (?:un|tu) mensaje`, `indicó que le gusta (?:un|tu) mensaje`,
		`reagiu (?:com )?.{1,20} à (?:sua|tua) mensagem`, `(?:curtiu|gostou de) (?:uma|sua) mensagem`, `ha reagito (?:con )?.{1,20} al (?:tuo )?messaggio`,
		`ha messo .{0,3}mi piace.{0,3} a un messaggio`, `heeft .{1,20} gereageerd op (?:je|uw) bericht`, `vond een bericht leuk`,
		`(?:the )?(?:audio|video|voice) (?:call|chat) (?:has )?ended`, `missed (?:audio|video|voice) (?:call|chat)`,
	}, "|") + `)[.!]? *$`)
	metaAfterName = exchange.Pattern(`(?i)^(?:` + strings.Join([]string{
		`(?:have |has )?(?:sent|shared|posted) (?:an?|\d+|the) (?:attachment|photo|video|voice message|audio|gif|sticker|link|story|post|reel|location|live location|note|memory|profile)s?`,
		`(?:sent an? )?(?:invited|waved at|added|removed|left the group|named the group|created (?:the|this) group|joined the (?:video |audio )?(?:call|chat)|started an? (?:video|audio) (?:call|chat)|ended the (?:call|chat)|called (?:you|.{1,60})|missed (?:a|your) (?:video |audio |voice )?(?:call|chat)|unsent a message|changed the (?:chat|group|theme|nickname|emoji)|set (?:the|your|his|her|their) (?:nickname|quick reaction|own nickname)|pinned a message|turned (?:on|off)).*`,
		`(?:hat|hast|haben) (?:einen anhang|ein foto|ein video|einen link|eine sprachnachricht|einen sticker|ein gif|eine story|einen beitrag|ein reel) (?:gesendet|geteilt)`,
		`(?:hat|hast) (?:dich|sie|.{1,60}) (?:angerufen|verpasst)`, `(?:a|avez|as) (?:envoyé|partagé) (?:une pièce jointe|une photo|une vidéo|un lien|un message vocal|une story|une publication|un reel)`,
		`(?:envió|enviaste|compartió) (?:un archivo adjunto|una foto|un video|un enlace|un mensaje de voz|una historia|una publicación)`,
		`(?:enviou|compartilhou) (?:um anexo|uma foto|um vídeo|um link|uma mensagem de voz|um story|uma publicação)`,
		`(?:ha inviato|hai inviato|ha condiviso) (?:un allegato|una foto|un video|un link|un messaggio vocale|una storia|un post)`,
		`(?:heeft|hebt) een (?:bijlage|foto|video|link|spraakbericht|verhaal) (?:verzonden|gestuurd|gedeeld|verstuurd)`,
	}, "|") + `)[.!]? *$`)
	metaYou = exchange.Pattern(`(?i)^(?:you|du|vous|tu|tú|você|hai|je|u) `)
)

// metaNotice tells whether a text is Facebook's own.
func metaNotice(text, sender string) bool {
	if metaWhole().MatchString(text) {
		return true
	}
	for _, name := range []string{sender, strings.SplitN(sender+" ", " ", 2)[0]} {
		if rest, ok := strings.CutPrefix(text, name+" "); ok && name != "" && metaAfterName().MatchString(rest) {
			return true
		}
	}
	you := metaYou().FindString(text)
	return you != "" && metaAfterName().MatchString(text[len(you):]) && len(text) < 100
}
