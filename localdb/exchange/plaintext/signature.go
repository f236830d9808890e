package plaintext

import (
	"strings"
	"unicode/utf8"

	"seedbed/localdb/exchange"
)

// disclaimer tells whether a paragraph is what companies put under every message, by
// words that come together in no other.
func disclaimer(line string) bool {
	if len(line) < 40 {
		return strings.EqualFold(strings.Trim(line, "* :"), "confidentiality notice")
	}
	if consider().MatchString(line) {
		return true
	}
	return confidential().MatchString(line) && recipient().MatchString(line) && mailWord().MatchString(line)
}

var (
	confidential = exchange.Pattern(`(?i)confidential|privileged|vertraulich|confidentiel|confidencia|riservat|vertrouwelijk|конфиденциальн|конфіденційн|gizli|poufn|důvěrn|dôvern|konfidentiell|fortrolig|luottamuksell|bizalmas|εμπιστευτικ|סודי|سري|機密|机密|保密|기밀|rahasia|bảo mật`)
	recipient    = exchange.Pattern(`(?i)recipient|addressee|addressed|intended|empfänger|adressat|bestimmt|destinat|geadresseerde|bestemd|получател|адресат|одержувач|alıcı|adresat|příjemc|príjemc|mottagar|modtager|mottaker|vastaanottaj|címzett|παραλήπτ|נמען|مستلم|受信者|宛先|收件人|接收|수신|penerima|người nhận`)
	mailWord     = exchange.Pattern(`(?i)e-?mail|message|nachricht|mensaje|mensagem|messaggio|bericht|correo|courriel|сообщени|письм|повідомлення|ileti|posta|wiadomo|zpráv|správ|meddelande|besked|melding|viesti|üzenet|μήνυμα|הודעה|רסאל|رسالة|メール|邮件|郵件|이메일|메일|pesan|surel|thư`)
	consider     = exchange.Pattern(`(?i)consider the environment before printing|denken sie an die umwelt|pensez à l'environnement|antes de imprimir este|denk aan het milieu|pensa all'ambiente`)
	closingLine  = exchange.Pattern(`(?i)^(?:(?:with )?(?:best|kind|kindest|warm|warmest|many)?\s?(?:regards|wishes)|best|cheers|sincerely(?: yours)?|yours (?:sincerely|truly|faithfully)|respectfully|` +
		`mit (?:freundlichen|besten|herzlichen|lieben|freundlichem) gr(?:ü|ue)(?:ß|ss)(?:en)?|(?:viele|beste|liebe|freundliche|herzliche|schöne) gr(?:ü|ue)(?:ß|ss)e(?: .{1,30})?|(?:mfg|lg|vg|gruß|grüße|hochachtungsvoll)|` +
		`(?:bien )?cordialement|(?:bien|sincères|meilleures) salutations|salutations(?: distinguées)?|bien à vous|` +
		`(?:un )?(?:cordial(?:es)? )?saludos?(?: cordiales)?|atentamente|un saludo|muchos saludos|atenciosamente|cumprimentos|(?:com os )?melhores cumprimentos|att\.?|abraços?|` +
		`(?:cordiali|distinti|migliori|tanti) saluti|cordialmente|met vriendelijke groet(?:en)?|(?:vriendelijke|hartelijke) groet(?:en)?|mvg|` +
		`(?:med )?(?:vänliga|bästa|venlig|vennlig|beste|bedste)(?: vänlig)? (?:hälsning(?:ar)?|hilsen(?:er)?)|mvh|vänligen|(?:ystävällisin |parhain )?terveisin|` +
		`(?:z poważaniem|pozdrawiam(?: serdecznie)?|z wyrazami szacunku)|s pozdravem|s pozdravom|с уважением|з повагою|поздрави|(?:cu )?(?:stimă|respect)|üdvözlettel|tisztelettel|` +
		`(?:saygılarımla|saygılar|iyi çalışmalar)|με εκτίμηση|φιλικά|בברכה|مع تحياتي|تحياتي|مع أطيب التحيات|salam|hormat saya|trân trọng|ขอแสดงความนับถือ|此致|敬上|祝好|よろしくお願いします|よろしくお願いいたします|敬具|감사합니다|드림)[,.!，]?$`)
)

// withoutSignature takes off what follows the closing of a letter, "Kind regards", where
// it is a few short lines such as a name and a company. Whatever asks something is kept.
func withoutSignature(lines []string) []string {
	for i := len(lines) - 1; i > 0 && i >= len(lines)-16; i-- {
		line := strings.TrimSpace(lines[i])
		if utf8.RuneCountInString(line) > 60 || !closingLine().MatchString(line) {
			continue
		}
		for _, after := range lines[i+1:] {
			after = strings.TrimSpace(after)
			if utf8.RuneCountInString(after) > 90 || strings.HasSuffix(after, "?") || strings.HasSuffix(after, "？") || postscript().MatchString(after) {
				return lines
			}
		}
		if strings.TrimSpace(strings.Join(lines[:i], "")) == "" {
			return lines
		}
		return lines[:i]
	}
	return lines
}

var postscript = exchange.Pattern(`(?i)^p\.?\s?s\.?[:.\s]`)
