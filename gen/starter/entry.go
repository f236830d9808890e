package starter

import (
	"strconv"
	"strings"
	"unicode"

	"seedbed/localdb/exchange"
)

// entry is a category as it stands in a list; what the list doesn't say is empty.
type entry struct {
	name, shownName string
	kind, is, isNot string
	examples        []string
	count           string
	colour, key     string
	training        string
	outOfTraining   bool // the opposite of training, as a JSON list says it
	bank            string
}

// field is what a column of a table, or a name in JSON, says of a category.
type field int

const (
	unknownField field = iota
	nameField
	shownNameField
	kindField
	isField
	isNotField
	examplesField
	countField
	colourField
	keyField
	trainingField
	outOfTrainingField
	bankField
	textField // the text of a message: the list is one of messages
)

// fieldWords are the names that lists give the fields in several languages, as
// exchange.Fold leaves them.
var fieldWords = map[field]string{
	nameField: `name category categoryname intent intentname label labelname class classname tag topic title
		kategorie kategoriename bezeichnung absicht thema klasse catégorie categorie nom étiquette intention
		categoría nombre etiqueta clase intención categoria nome etichetta classe intento rótulo nazwa kategoria
		kategori ad isim etiket категория название метка имя категорія назва 类别 名称 分类 标签 類別 名稱
		カテゴリ カテゴリー 名前 ラベル 카테고리 이름 라벨 فئة اسم תווית קטגוריה שם श्रेणी नाम`,
	shownNameField: `shownname displayname displaylabel readablename humanname friendlyname anzeigename angezeigtername
		nomaffiché nombremostrado nombrevisible nomevisualizzato nomeexibido weergavenaam nazwawyświetlana 表示名 显示名称 顯示名稱 표시이름`,
	kindField: `kind type art typ sorte tipo genre soort rodzaj tür тип вид 类型 種類 유형`,
	isField: `is whatitis itis description definition meaning explanation details about what notes note scope
		beschreibung bedeutung erklärung wasesist inhalt définition signification descripción definición significado
		qué descrição definição descrizione definizione significato omschrijving beschrijving betekenis opis
		definicja açıklama tanım описание определение опис 描述 说明 定义 說明 描述 説明 定義 설명 정의 وصف תיאור הגדרה विवरण`,
	isNotField: `isnot whatitisnot itisnot not notthis excludes exclusions exclude except butnot doesnotinclude
		istnicht wasesnichtist nicht ausgenommen nest pas nestpas exclut noes noesesto excluye não nãoé exclui nonè
		esclude isniet nie niejest değil неявляется не 不是 でない 아님`,
	examplesField: `examples example sample samples utterances samplemessages examplemessages phrases trainingphrases
		beispiel beispiele beispielnachrichten exemple exemples ejemplo ejemplos exemplo exemplos esempio esempi
		voorbeeld voorbeelden przykład przykłady örnek örnekler пример примеры приклад приклади 例 例子 示例 例文 예 예시
		مثال أمثلة דוגמה דוגמאות उदाहरण`,
	countField: `count target number n messages size howmany amount quantity anzahl ziel menge nachrichten nombre
		quantité cantidad número numero quantidade quantità aantal liczba adet sayı количество число кількість 数量 件数 개수`,
	colourField: `colour color farbe couleur cor colore kleur kolor renk цвет колір 颜色 顏色 色 색`,
	keyField:    `key shortcut hotkey taste tastenkürzel touche tecla tasto toets klawisz tuş клавиша 键 快捷键 キー 키`,
	trainingField: `training train intraining usefortraining include trainieren entraînement entrenamiento
		treinamento addestramento обучение 训练 学習`,
	outOfTrainingField: `outoftraining notraining`,
	bankField:          `bank`,
	textField: `text message utterance query question sentence usermessage messagetext body content msg input prompt
		nachricht frage mensaje pregunta texte texto testo mensagem messaggio domanda bericht сообщение текст 消息 文本 メッセージ`,
}

var fieldByWord = func() map[string]field {
	words := map[string]field{}
	for f, list := range fieldWords {
		for word := range strings.FieldsSeq(list) {
			if _, taken := words[word]; !taken || f == nameField || f == examplesField {
				words[word] = f
			}
		}
	}
	return words
}()

// fieldOf is what a column, or a name in JSON, says of a category.
func fieldOf(header string) field { return fieldByWord[exchange.Fold(header)] }

// set notes what a list says in one field.
func (e *entry) set(f field, value string) {
	value = strings.TrimSpace(value)
	switch f {
	case nameField:
		e.name = value
	case shownNameField:
		e.shownName = value
	case kindField:
		e.kind = strings.ToLower(value)
	case isField:
		e.is = value
	case isNotField:
		e.isNot = value
	case examplesField:
		e.examples = append(e.examples, splitExamples(value)...)
	case countField:
		e.count = value
	case colourField:
		e.colour = value
	case keyField:
		e.key = value
	case trainingField:
		e.training = value
	case outOfTrainingField:
		e.outOfTraining = yes(value)
	case bankField:
		e.bank = value
	case unknownField, textField:
	}
}

// splitExamples cuts a cell into examples: by lines, else by | or ;, else by quotes.
func splitExamples(cell string) []string {
	separators := "\n"
	switch {
	case strings.Contains(cell, "\n"):
	case strings.Contains(cell, "|"):
		separators = "|"
	case strings.Contains(cell, ";"):
		separators = ";"
	}
	var examples []string
	for part := range strings.FieldsFuncSeq(cell, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		if part = unquoted(withoutBullet(strings.TrimSpace(part))); part != "" {
			examples = append(examples, part)
		}
	}
	return examples
}

var quotePairs = map[rune]rune{'"': '"', '\'': '\'', '“': '”', '„': '“', '«': '»', '‘': '’', '`': '`', '「': '」'}

// unquoted takes the quotation marks around a text away.
func unquoted(text string) string {
	letters := []rune(text)
	if n := len(letters); n > 2 && quotePairs[letters[0]] == letters[n-1] && letters[0] != 0 {
		return strings.TrimSpace(string(letters[1 : n-1]))
	}
	return text
}

// yes reads a cell that says yes or no.
func yes(cell string) bool {
	switch strings.ToLower(cell) {
	case "", "no", "n", "false", "0", "nein", "falsch", "non", "faux", "falso", "não", "nee", "nie", "hayır", "нет", "ні", "否", "いいえ", "아니요", "-", "✗", "☐":
		return false
	}
	return true
}

// number reads a count; ok is false for what is none.
func number(text string) (n int, ok bool) {
	text = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\'' || r == '’' {
			return -1
		}
		return r
	}, strings.TrimSuffix(text, ".0"))
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 0 && n <= mostMessages
}

// mostMessages bounds how many messages a list may want of a category.
const mostMessages = 1_000_000
