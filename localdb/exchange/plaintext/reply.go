package plaintext

import (
	"slices"
	"strings"
	"unicode/utf8"

	"seedbed/localdb/exchange"
)

// Reply gives what the sender of an e-mail wrote: without the messages that it quotes,
// however the mail program introduces them, and without signature and footer.
func Reply(text string) string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\u00A0", " ")
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.ContainsAny(line, "<:") { // how Gmail introduces a quote in Hebrew or Arabic
			lines[i] = withoutDirection.Replace(line)
		}
	}
	var kept []string
	for i := 0; i < len(lines); i++ {
		line := strings.TrimSpace(lines[i])
		if strings.HasPrefix(line, ">") {
			continue
		}
		if n := attribution(lines[i:]); n > 0 {
			if !quoteFollows(lines[i+n:]) {
				break
			}
			i += n - 1
			continue
		}
		if delimiter(lines[i]) || forwarded(lines[i:]) || disclaimer(line) {
			break
		}
		if sentFrom(line) {
			continue
		}
		kept = append(kept, strings.TrimRight(lines[i], " \t"))
	}
	return strings.TrimSpace(blankLines().ReplaceAllString(strings.Join(withoutSignature(kept), "\n"), "\n\n"))
}

// withoutDirection takes out the marks for the direction of text.
var withoutDirection = strings.NewReplacer("\u200E", "", "\u200F", "", "\u202A", "", "\u202B", "", "\u202C", "", "\u202D", "", "\u202E", "")

var blankLines = exchange.Pattern(`\n{3,}`)

// delimiter starts a signature, after RFC 3676; many programs leave out its space.
func delimiter(line string) bool {
	line = strings.TrimRight(line, "\r")
	return line == "-- " || line == "--" || line == "—"
}

// quoteFollows tells whether the next line with text is quoted with >.
func quoteFollows(lines []string) bool {
	for _, line := range lines {
		if line = strings.TrimSpace(line); line != "" {
			return strings.HasPrefix(line, ">")
		}
	}
	return false
}

// verbs are "wrote" in the languages of mail programs, in the forms that they use.
var verbs = []string{
	"wrote", "schrieb", "schrieben", "geschrieben", "a écrit", "escribió", "escribio", "escreveu", "ha scritto", "schreef", "skrev", "kirjoitti",
	"napisał(a)", "napisał", "napisała", "pisze", "napsal", "napsala", "napsal(a)", "napísal", "napísala", "napísal(a)", "написал", "написала", "написал(а)", "пише", "пишет", "написа",
	"írta", "a scris", "yazdı", "έγραψε", "כתב", "כתבה", "כתב/ה", "كتب", "نوشت", "menulis", "đã viết", "เขียนว่า", "ने लिखा", "書きました", "のメッセージ", "写道", "寫道", "작성",
	"va escriure", "je napisao", "je napisala", "rašė", "rakstīja", "kirjutas",
}

// saysWrote tells whether a sentence ends with one of the verbs.
func saysWrote(sentence string) bool {
	sentence = strings.ToLower(strings.TrimRight(sentence, " :："))
	return slices.ContainsFunc(verbs, func(verb string) bool { return strings.HasSuffix(sentence, verb) })
}

var (
	address   = exchange.Pattern(`<[^<>@\s]+@[^<>\s]+>|\[mailto:[^\]]+\]|\b[\w.+-]+@[\w-]+\.[\w.-]+`)
	bracketed = exchange.Pattern(`<[^<>@\s]+@[^<>\s]+>`)
	dateLike  = exchange.Pattern(`\p{Nd}{4}|\p{Nd}{1,2}[:.]\p{Nd}{2}|\p{Nd}{1,2}[./-]\p{Nd}{1,2}`)
	firstWord = exchange.Pattern(`(?i)^(?:on|am|le|el|il|op|den|em|dnia|dne|v|w|på|ons|tor|fre|vào|pada|в|στις|ב|في|mon|tue|wed|thu|fri|sat|sun|\p{Nd})`)
)

// attribution tells how many lines introduce a quoted message, such as "On Friday Ann
// wrote:"; 0 where none do.
func attribution(lines []string) int {
	joined := ""
	for n := 1; n <= 3 && n <= len(lines) && len(joined) <= 300; n++ {
		line := strings.TrimSpace(lines[n-1])
		if line == "" {
			return 0
		}
		joined = strings.TrimSpace(joined + " " + line)
		if n == 1 && !firstWord().MatchString(joined) && !strings.ContainsAny(joined, "@:：") {
			return 0
		}
		if !introduces(joined, lines[n:]) {
			continue
		}
		if n > 1 && dateLike().MatchString(strings.Join(lines[1:n], " ")) && attribution(lines[1:n]) > 0 {
			return 0 // the first line stands before it
		}
		return n
	}
	return 0
}

// introduces tells whether a sentence introduces the message that follows in after: it
// says who wrote when.
func introduces(sentence string, after []string) bool {
	ends := strings.HasSuffix(sentence, ":") || strings.HasSuffix(sentence, "：")
	if len(sentence) > 400 || !ends && !strings.Contains(sentence, "@") {
		return false
	}
	dated := dateLike().MatchString(sentence)
	if saysWrote(sentence) {
		return dated && ends || (dated || ends) && address().MatchString(sentence) || ends && quoteFollows(after)
	}
	// In a language that isn't listed.
	return ends && dated && (bracketed().MatchString(sentence) || quoteFollows(after))
}

var (
	original    = exchange.Pattern(`^[-_=*\s]*-{3,}\s?\p{L}.{2,60}?-{3,}\s*$|^Begin forwarded message:|^Anfang der weitergeleiteten Nachricht:|^Début du message (?:réexpédié|transféré)|^Inicio del mensaje reenviado|^Início da mensagem (?:reencaminhada|encaminhada)|^Inizio messaggio inoltrato`)
	headerLine  = exchange.Pattern(`^\*{0,2}([\p{L}\p{M}][\p{L}\p{M} ./-]{0,24})\*{0,2}\s?[:：]\*{0,2}\s*(.*)$`)
	fromLine    = exchange.Pattern(`(?i)^\*{0,2}(?:from|von|de|da|van|från|fra|lähettäjä|od|od kogo|от|від|kimden|gönderen|expéditeur|mittente|remitente|remetente|差出人|送信元|发件人|寄件者|寄件人|보낸 사람|από|מאת|من|feladó|dari|từ|จาก|de la|expeditor|saatja)\*{0,2}\s?[:：]`)
	sentLine    = exchange.Pattern(`(?i)^\*{0,2}(?:sent|date|gesendet|datum|enviado(?: el)?|enviada(?: em)?|fecha|data|envoyé|date d'envoi|inviato|verzonden|skickat|sendt|dato|lähetetty|päivämäärä|wysłano|data wysłania|odesláno|odoslané|отправлено|дата|надіслано|gönderilme tarihi|tarih|gönderildi|送信日時|日付|发送时间|發送時間|日期|寄件日期|보낸 날짜|날짜|στάλθηκε|ημερομηνία|נשלח|תאריך|تاريخ|أرسلت|تم الإرسال|elküldve|dátum|dikirim|tanggal|đã gửi|ngày|ส่ง|วันที่|trimis|to|an|para|à|a|aan|till|til|do|komu|кому|kime|宛先|收件人|收件者|받는 사람|προς|אל|إلى|címzett|kepada|subject|betreff|asunto|assunto|objet|oggetto|onderwerp|ämne|emne|aihe|temat|předmět|тема|konu|件名|主题|主旨|제목)\*{0,2}\s?[:：]`)
	underscores = exchange.Pattern(`^_{5,}\s*$`)
)

// forwarded tells whether the lines start a message that follows: a line such as
// "-----Original Message-----", or the header that Outlook puts before it.
func forwarded(lines []string) bool {
	line := strings.TrimSpace(lines[0])
	if original().MatchString(line) {
		return true
	}
	if underscores().MatchString(line) {
		for _, next := range lines[1:] {
			if next = strings.TrimSpace(next); next != "" {
				return headerLine().MatchString(next)
			}
		}
		return true
	}
	return headerBlock(lines)
}

// headerBlock tells whether the lines start with "From: …", "Sent: …" and so on, in any
// language: three fields or more of which one is an address and one a date.
func headerBlock(lines []string) bool {
	fields, sent, mail, date := 0, 0, false, false
	for _, line := range lines[:min(len(lines), 8)] {
		line = strings.TrimSpace(line)
		if line == "" && fields == 1 {
			continue
		}
		if !headerLine().MatchString(line) {
			break
		}
		fields++
		if fields > 1 && sentLine().MatchString(line) {
			sent++
		}
		mail = mail || address().MatchString(line)
		date = date || dateLike().MatchString(line)
	}
	if sent > 0 && fromLine().MatchString(strings.TrimSpace(lines[0])) {
		return mail || date || sent > 1
	}
	return fields >= 3 && mail && date
}

var (
	device  = exchange.Pattern(`(?i)iphon|ipad|ipod|apple watch|android|samsung|galaxy|huawei|xiaomi|redmi|blackberry|nokia|pixel|oneplus|outlook|yahoo|gmx|web\.de|proton ?mail|thunderbird|windows (?:phone|mail)|mail\.ru|яндекс|mobile|handy|smartphone|móvil|celular|telefon|téléphone|mobiltelefon|airmail|spark|k-9|bluemail`)
	sending = exchange.Pattern(`(?i)^[\p{P}\s]*(?:sent (?:from|with|via|using)|get outlook|von meinem|gesendet|diese nachricht wurde von|envoyé|enviado|enviada|inviato|verstuurd|verzonden|skickat|sendt|lähetetty|wysłan[eo]|odesláno|odoslané|poslano|poslato|отправлено|надіслано|изпратено|trimis|(?:el)?küldve|στάλθηκε|נשלח|أُرسلت|أرسلت|تم الإرسال|dikirim|đã gửi|được gửi|ส่งจาก|从我的|從我的|发自|發自|來自|来自我的|나의|내|télécharger outlook|obtenez outlook|obtener outlook|obter (?:o )?outlook|scarica outlook|outlook (?:für|voor|pour|för|til) |download outlook)`)
	sendEnd = exchange.Pattern(`(?:gesendet|gönderildi|送信|보냄|elküldve)\.?$`)
)

// sentFrom tells whether a line is what phones put under a message.
func sentFrom(line string) bool {
	if line == "" || utf8.RuneCountInString(line) > 100 {
		return false
	}
	return (sending().MatchString(line) || sendEnd().MatchString(line)) && device().MatchString(line)
}
