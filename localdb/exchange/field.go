package exchange

import (
	"strings"
	"unicode"
)

// Field is what a column of a file is used for.
type Field int

// The uses that a column can have.
const (
	Ignore Field = iota
	Message
	Category
	Confidence
	Role
	Conversation
	Time
	Source
	Status
	Note
	Tags
	Marked // the column stands for a category, and is marked where a message has it
	Listed // the column is a list of messages, and its name is their category
	fieldCount
)

// String gives the word that the window and the terminal use for the field.
func (f Field) String() string {
	return [...]string{"ignore", "message", "category", "confidence", "role", "conversation", "time", "source", "status", "note", "tags", "marks", "messages of it"}[f]
}

// Fields lists the uses a person can choose from, in the order to show them.
var Fields = []Field{Message, Category, Confidence, Role, Conversation, Time, Source, Status, Note, Tags, Marked, Listed, Ignore}

// names are the headers that people give a field, the likeliest first, without
// case, spaces and punctuation.
var names = [fieldCount][]string{
	Message: {
		"message", "text", "utterance", "query", "usermessage", "usertext", "userinput", "messagetext", "body", "content",
		"question", "sentence", "msg", "utt", "input", "prompt", "instruction", "transcript", "comment", "review",
		"plaintextbody", "bodytext", "textbody", "phrase", "trainingphrase", "reviewtext", "reviewcontent", "reviewbody", "commenttext", "questiontext", "description", "value", "document", "frage", "pregunta", "domanda", "pergunta", "вопрос", "质问", "質問", "问题", "nachricht", "mensaje", "mensagem", "messaggio", "texte", "texto", "testo",
		"bericht", "tekst", "wiadomość", "meddelande", "besked", "viesti", "zpráva", "üzenet", "mesaj", "metin", "текст", "сообщение", "повідомлення", "μήνυμα", "κείμενο",
		"消息", "文本", "内容", "訊息", "文字", "メッセージ", "テキスト", "本文", "메시지", "텍스트", "내용", "نص", "رسالة", "הודעה", "טקסט", "संदेश", "ข้อความ", "pesan", "tinnhắn", "vănbản",
	},
	Category: {
		"category", "intent", "intentdisplayname", "labeltext", "labelname", "label", "intentname", "categoryname", "class", "classname", "target",
		"tag", "topic", "annotation", "labels", "intents", "tags", "categories", "topics", "kategorie", "categoria", "categoría", "catégorie", "etiqueta", "absicht",
		"étiquette", "etichetta", "classe", "clase", "thema", "tema", "categorie", "kategoria", "kategori", "kategória", "luokka", "etiket", "sınıf", "категория", "категорія", "метка", "тема", "класс",
		"κατηγορία", "ετικέτα", "类别", "分类", "标签", "類別", "標籤", "分類", "カテゴリ", "カテゴリー", "ラベル", "카테고리", "분류", "라벨", "فئة", "تصنيف", "קטגוריה", "תווית", "श्रेणी", "หมวดหมู่", "danhmục", "nhãn",
		"choice", "sentiment", "emotion", "classes",
	},
	Confidence: {"confidence", "score", "probability", "prob", "conf", "certainty", "konfidenz", "confianza"},
	Role: {
		"role", "speaker", "authorrole", "authortype", "senderrole", "sendertype", "speakerrole", "speakeridx", "sender", "author", "from",
		"who", "participant", "rolle",
	},
	Conversation: {
		"conversationid", "conversation", "convid", "threadid", "thread", "dialogueid", "dialogid", "dialogue", "dialog",
		"sessionid", "session", "chatid", "chatsession", "ticketid", "ticket",
		"inresponsetotweetid", "inresponseto", "inresponsetoid", "inreplytostatusid", "inreplyto", "inreplytoid", "inreplytotweetid", "replytoid", "replyto", "replytomessageid",
		"parentid", "parentmessageid", "parenttweetid", "parentcommentid", "responsetotweetid", "antwortauf", "antwortaufid",
	},
	Time:   {"createdat", "timestamp", "time", "datetime", "sentat", "date", "createtime", "created", "ts", "messagedate"},
	Source: {"source", "origin"},
	Status: {"status"},
	Note:   {"note", "notes", "notiz", "notizen", "anmerkung", "anmerkungen"},
}

// meaning is the field that a name stands for and how likely it does, 0 the
// likeliest.
type meaning struct {
	field Field
	rank  int
}

// known gives the meanings of folded names.
var known = func() map[string]meaning {
	m := map[string]meaning{}
	for field, list := range names {
		for rank, name := range list {
			m[name] = meaning{Field(field), rank}
		}
	}
	return m
}()

// Fold reduces a header to its letters and digits in lower case.
func Fold(header string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, header)
}

// FieldOf says what a header names; Ignore when it is nothing we know. Of a path into
// nested objects ("data.text") the last name counts, where those before it say nothing
// else: "options.text" is no message.
func FieldOf(header string) Field { return meaningOf(header).field }

func meaningOf(header string) meaning {
	if k, ok := known[header]; ok { // most are written like that
		return k
	}
	if k, ok := known[Fold(header)]; ok {
		return k
	}
	segments := strings.Split(header, ".")
	last := known[Fold(segments[len(segments)-1])]
	for _, segment := range segments[:len(segments)-1] {
		folded := Fold(segment)
		if folded == "answer" && last.field == Category { // of Mechanical Turk
			continue
		}
		if !wrappers[folded] && known[folded].field != last.field {
			return meaning{}
		}
	}
	return meaning{last.field, last.rank + len(segments)}
}

// wrappers are what objects are called that hold a record without saying anything of it.
var wrappers = map[string]bool{
	"data": true, "fields": true, "attributes": true, "payload": true, "record": true, "document": true, "row": true, "item": true, "example": true,
	"node": true, "source": true, "properties": true, "inputs": true, "task": true, "value": true, "message": true, "event": true, "object": true,
	"prediction": true, "predictions": true, "output": true, "outputs": true, "result": true, "results": true, "predicted": true,
}

// AllNamed is true of a line that is nothing but names of fields, the message's
// among them.
func AllNamed(cells []string) bool {
	message := false
	for _, cell := range cells {
		f := FieldOf(cell)
		if f == Ignore {
			return false
		}
		message = message || f == Message
	}
	return message && len(cells) > 1
}
