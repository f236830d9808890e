package columns

import (
	"strings"

	"seedbed/localdb/exchange"
)

const fieldCount = exchange.Listed + 1

// names are the headers that people give a field, the likeliest first, without
// case, spaces and punctuation.
var names = [fieldCount][]string{
	exchange.Message: {
		"message", "text", "utterance", "query", "usermessage", "usertext", "userinput", "messagetext", "body", "content",
		"question", "sentence", "msg", "utt", "input", "prompt", "instruction", "transcript", "comment", "review",
		"plaintextbody", "bodytext", "textbody", "phrase", "trainingphrase", "reviewtext", "reviewcontent", "reviewbody", "commenttext", "questiontext", "description", "value", "document", "frage", "pregunta", "domanda", "pergunta", "вопрос", "质问", "質問", "问题", "nachricht", "mensaje", "mensagem", "messaggio", "texte", "texto", "testo",
		"bericht", "tekst", "wiadomość", "meddelande", "besked", "viesti", "zpráva", "üzenet", "mesaj", "metin", "текст", "сообщение", "повідомлення", "μήνυμα", "κείμενο",
		"消息", "文本", "内容", "訊息", "文字", "メッセージ", "テキスト", "本文", "메시지", "텍스트", "내용", "نص", "رسالة", "הודעה", "טקסט", "संदेश", "ข้อความ", "pesan", "tinnhắn", "vănbản",
	},
	exchange.Category: {
		"category", "intent", "intentdisplayname", "labeltext", "labelname", "label", "intentname", "categoryname", "class", "classname", "target",
		"tag", "topic", "annotation", "labels", "intents", "tags", "categories", "topics", "kategorie", "categoria", "categoría", "catégorie", "etiqueta", "absicht",
		"étiquette", "etichetta", "classe", "clase", "thema", "tema", "categorie", "kategoria", "kategori", "kategória", "luokka", "etiket", "sınıf", "категория", "категорія", "метка", "тема", "класс",
		"κατηγορία", "ετικέτα", "类别", "分类", "标签", "類別", "標籤", "分類", "カテゴリ", "カテゴリー", "ラベル", "카테고리", "분류", "라벨", "فئة", "تصنيف", "קטגוריה", "תווית", "श्रेणी", "หมวดหมู่", "danhmục", "nhãn",
		"givenlabel", "goldlabel", "truelabel", "humanlabel", "targets", "classification", "classifications", "choice", "sentiment", "emotion", "classes", "cats",
	},
	exchange.Confidence: {"confidence", "score", "probability", "prob", "conf", "certainty", "konfidenz", "confianza"},
	exchange.Role: {
		"role", "speaker", "authorrole", "authortype", "senderrole", "sendertype", "speakerrole", "speakeridx", "sender", "author", "from",
		"who", "participant", "rolle", "actortype", "initiatortype", "participantrole", "participanttype",
		"送信者タイプ", "送信者種別", "送信者", "発信者", "发送者类型", "发送者", "发送方", "發送者", "발신자", "보낸사람", "absender", "verfasser", "remitente", "expéditeur", "auteur", "mittente", "remetente", "autor", "afzender", "nadawca", "gönderen", "отправитель", "автор",
	},
	exchange.Conversation: {
		"conversationid", "conversation", "convid", "threadid", "thread", "dialogueid", "dialogid", "dialogue", "dialog",
		"sessionid", "session", "chatid", "chatsession", "ticketid", "ticket",
		"inresponsetotweetid", "inresponseto", "inresponsetoid", "inreplytostatusid", "inreplyto", "inreplytoid", "inreplytotweetid", "replytoid", "replyto", "replytomessageid",
		"parentid", "parentmessageid", "parenttweetid", "parentcommentid", "responsetotweetid", "antwortauf", "antwortaufid",
	},
	exchange.Time:   {"createdat", "timestamp", "time", "datetime", "sentat", "date", "createtime", "created", "ts", "messagedate"},
	exchange.Source: {"source", "origin"},
	exchange.Status: {"status"},
	exchange.Note:   {"note", "notes", "notiz", "notizen", "anmerkung", "anmerkungen"},
}

// meaning is the field that a name stands for and how likely it does, 0 the
// likeliest.
type meaning struct {
	field exchange.Field
	rank  int
}

// known gives the meanings of folded names.
var known = func() map[string]meaning {
	m := map[string]meaning{}
	for field, list := range names {
		for rank, name := range list {
			m[name] = meaning{exchange.Field(field), rank}
		}
	}
	return m
}()

// FieldOf says what a header names; Ignore when it is nothing we know. Of a path into
// nested objects ("data.text") the last name counts, where those before it say nothing
// else: "options.text" is no message.
func FieldOf(header string) exchange.Field { return meaningOf(header).field }

func meaningOf(header string) meaning {
	if k, ok := known[header]; ok { // most are written like that
		return k
	}
	if k, ok := known[exchange.Fold(header)]; ok {
		return k
	}
	if k := qualified(exchange.Fold(header)); k.field != exchange.Ignore {
		return k
	}
	segments := strings.Split(header, ".")
	last := known[exchange.Fold(segments[len(segments)-1])]
	for _, segment := range segments[:len(segments)-1] {
		folded := exchange.Fold(segment)
		if folded == "answer" && last.field == exchange.Category { // of Mechanical Turk
			continue
		}
		if !wrappers[folded] && known[folded].field != last.field {
			return meaning{}
		}
	}
	return meaning{last.field, last.rank + len(segments)}
}

// qualifiers are what people put before the name of a category or a message, the likeliest to
// mean the one that is looked for first.
var qualifiers = []string{"expected", "gold", "true", "manual", "final", "main", "primary", "matched", "detected", "recognized", "recognised", "predicted", "customer", "client", "user", "original", "raw"} //nolint:misspell // both spellings are used

// qualified gives the meaning of a folded name that says more closely which category or
// message it is: matchedintent, customermessage.
func qualified(folded string) meaning {
	for i, word := range qualifiers {
		rest, ok := strings.CutPrefix(folded, word)
		if k := known[rest]; ok && (k.field == exchange.Category || k.field == exchange.Message) {
			return meaning{k.field, len(names[k.field]) + i}
		}
	}
	return meaning{}
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
		if f == exchange.Ignore {
			return false
		}
		message = message || f == exchange.Message
	}
	return message && len(cells) > 1
}
