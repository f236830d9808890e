package pii

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// topic is what the words beside a number say that it is.
type topic int

const (
	noTopic topic = iota
	phoneTopic
	cardTopic
	ibanTopic
	idTopic
	referenceTopic // orders, tickets, parcels: the number stays
)

// topicLists are the beginnings of words, in lower case; "_" is a space. Words of up
// to three letters are whole words, and "|" ends a longer one that is.
var topicLists = map[topic]string{
	phoneTopic: `call| calling phone telephone tel mobile cell| cellphone text| sms whatsapp whats_app ring| fax reach_me my_number
		handy telefon mobil anruf rückruf erreich ruf_mich meine_nummer móvil movil teléfono celular llám llam mi_número mi_numero
		portable téléphone appel joign mon_numéro zap| telefone telemóvel telemovel ligue me_liga meu_número cellulare chiam il_mio_numero
		bel| bel_me mobiel telefoon gsm mijn_nummer zadzwo komórk dzwoń mój_numer mitt_nummer numaram cep cebim beni_ara
		телефон тел звон позвон моб| мобил вотсап ватсап мой_номер мій_номер зателефон 電話 携帯 連絡先 ケータイ 手机 电话 手機 致电 联系我 聯絡
		هاتف جوال موبايل اتصل تلفون واتس تلفن موبایل شماره_من تماس मोबाइल फोन फ़ोन कॉल मेरा_नंबर व्हाट्सएप 전화 휴대폰 핸드폰 연락처 טלפון נייד התקשר
		điện_thoại gọi sđt nomor_hp hp wa τηλέφωνο κινητό soita puhelin โทร zavol`,
	cardTopic: `card| cards| visa mastercard amex kreditkarte karte| kartennummer carte_bancaire carte| tarjeta cartão cartao carta_di carta| creditcard
		betaalkaart karta kartę karty kortnummer kort| kart| kartım kredi_kart карт カード 银行卡 卡号 信用卡 信用卡號 بطاقة البطاقة کارت कार्ड 카드 כרטיס thẻ kartu κάρτα kortti บัตร`,
	ibanTopic: `iban`,
	idTopic: `ssn passport passnummer reisepass personalausweis ausweisnummer pasaporte passeport passaporto passaporte paspoort paszport pasaport 护照 護照 パスポート 여권 جواز_سفر جواز_السفر
		social_security national_insurance ni_number nino tax_id tin| steuer-id steuerid steuer-identifikation steueridentifikation idnr steuernummer
		sécurité_sociale securite_sociale nir| numéro_fiscal dni nie| nif| codice_fiscale cpf bsn burgerservice pesel personnummer fødselsnummer cpr tc_kimlik tckn kimlik
		снилс инн паспорт マイナンバー 個人番号 身份证 身份證 هوية कद aadhaar aadhar आधार 주민등록 ת.ז תעודת_זהות cmnd cccd nik| αφμ henkilötunnus hetu rodné_číslo cnp ahv curp nhs pan| pan_card social_insurance fodselsnummer rijksregister rut| rrn svnr sv-nummer sozialversicherungsnummer ppsn pps tfn tax_file αμκα егн рнокпп іпн cuit cuil מספר_זהות ת"ז`,
	referenceTopic: `order invoice ticket ref reference account tracking id case| serial isbn issn ean upc sku policy job| version model| item part| student employee
		customer claim booking reservation receipt purchase quote| po| rma awb shipment parcel package consignment contract transaction confirmation request
		incident member build commit error flight voucher article product| track_& protocol routing swift bic| zip| postcode postal plz| batch lot|
		bestell auftrag rechnung kunden sendung vorgang fall| fallnummer aktenzeichen artikel serien vertrag lieferschein buchung paket referenz beleg mitglied gutschein charge reklamation produkt postleitzahl
		commande suivi client colis facture dossier réf référence reference réservation contrat article produit code_postal
		pedido factura seguimiento cliente referencia código reserva envío guía nota_fiscal encomenda fatura rastreio protocolo contrato chamado produto cnpj siret
		ordine ordini fattura spedizione codice pratica riferimento prenotazione cliente tracciamento
		bestel factuur klant zending bestelling pakket referentie dossiernummer
		zamówieni faktur przesyłk klient zgłoszeni śledzeni paczk umow
		beställning ordre ärende kundn faktura fakturanr spårning paket sändning försändelse kolli bestilling sak| sag| sporings pakke
		sipariş siparis fatura kargo takip müşteri musteri referans talep gönderi ürün
		заказ накладн трек счёт счет договор тикет обращени посылк клиент заявк бронь артикул код товар индекс огрн замовлен рахунок накладна посилк клієнт
		注文 追跡 請求 お客様番号 会員番号 伝票 問い合わせ 予約 受付番号 商品 型番 品番 郵便番号 お問合せ 顧客 荷物
		订单 訂單 快递 运单 運單 发票 發票 客户编号 客户号 工单 单号 單號 编号 物流 合同 产品 商品 邮编 货号 流水号
		الطلب طلب فاتورة الفاتورة التتبع تتبع الشحنة العميل تذكرة الحجز مرجع المنتج كود رمز سفارش پیگیری فاکتور مشتری مرسوله
		ऑर्डर ट्रैकिंग इनवॉइस टिकट बिल_नंबर ग्राहक 주문 송장 운송장 고객번호 상품 품번 우편번호 예약 문의번호 הזמנה חשבונית מעקב לקוח משלוח
		đơn_hàng mã_đơn hóa_đơn vận_đơn khách_hàng pesanan resi faktur pelanggan παραγγελία παραγγελίας τιμολόγιο αποστολή πελάτη
		tilaus lasku asiakas seuranta objednávk zakázk zásilk zákazník rendelés számla csomag ügyfél comand colet factur คำสั่งซื้อ พัสดุ ใบแจ้งหนี้ ลูกค้า`,
}

// topicWords are by their first character.
var topicWords = parseWords(topicLists)

type topicWord struct {
	topic topic
	text  string
	whole bool // nothing may follow in the same word
}

func parseWords(lists map[topic]string) map[rune][]topicWord {
	words := map[rune][]topicWord{}
	for t, list := range lists {
		for word := range strings.FieldsSeq(list) {
			text, whole := strings.CutSuffix(strings.ReplaceAll(word, "_", " "), "|")
			first, _ := utf8.DecodeRuneInString(text)
			words[first] = append(words[first], topicWord{t, text, (whole || utf8.RuneCountInString(text) <= 3) && !isUnspaced(first)})
		}
	}
	return words
}

// wordsOf are the words of a topic that a mark can be made of.
func wordsOf(t topic) (words []string) {
	for word := range strings.FieldsSeq(topicLists[t]) {
		words = append(words, strings.ReplaceAll(strings.TrimSuffix(word, "|"), "_", " "))
	}
	return words
}

// fillers may stand between a topic and its number without changing what it is.
var fillers = wordSet(`number numbers num no nos nr n nº nummer nummern numéro numero número núm numer numery numru numeru id ids code
		is was the my are for of de d del la le du der die das ist lautet meine mein es est è é to jest är on номер номера no'lu nolu numarası numaralı
		номером нет número do da o a i číslo číslom 号 号码 番号 編号 编号 numarasi رقم شماره کد नंबर 번호 מספר sayılı numara n° nrs mã nomor numărul numarul nr. cu mea meu`)

func wordSet(list string) map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		words[word] = true
	}
	return words
}

// topicBefore is what the words before a number say that it is: the nearest topic
// counts.
func topicBefore(text string, place int) topic {
	before := strings.ToLower(context(text, place))
	for range 5 { // of numbers in a row the first has the word
		if t := nearestTopic(before); t != noTopic {
			return t
		}
		end := strings.TrimRight(before, " ")
		end = trimConnector(end)
		rest := strings.TrimRight(end, "0123456789-./ ")
		if len(end) == len(before) || len(rest) == len(end) {
			return noTopic
		}
		before = rest + " "
		if t := nearestTopic(before); t == referenceTopic {
			return t
		}
	}
	return noTopic
}

// trimConnector takes away what joins two numbers.
func trimConnector(text string) string {
	for _, c := range []string{",", ";", "&", " and", " or", " und", " oder", " y", " et", " ou", " e", " en", " i", " og", " och", " и", " ve", " و", "和"} {
		if rest, found := strings.CutSuffix(text, c); found {
			return rest
		}
	}
	return text
}

func nearestTopic(before string) topic {
	best, end, length := noTopic, -1, 0
	within := false // a word that began before
	for at, r := range before {
		if within && !isUnspaced(r) {
			within = unicode.IsLetter(r)
			continue
		}
		for _, w := range topicWords[r] {
			if stop := at + len(w.text); w.begins(before[at:]) && (stop > end || stop == end && len(w.text) > length) {
				best, end, length = w.topic, stop, len(w.text)
			}
		}
		within = unicode.IsLetter(r)
	}
	if best == noTopic {
		return noTopic
	}
	// The rest of the word belongs to it: "bestell" also means "Bestellnummer".
	gap := before[end:]
	if r, _ := utf8.DecodeLastRuneInString(before[:end]); !isUnspaced(r) {
		gap = strings.TrimLeftFunc(gap, unicode.IsLetter)
	}
	if !belongs(gap, best) {
		return noTopic
	}
	return best
}

// begins says whether a text begins with the word.
func (w topicWord) begins(text string) bool {
	if !strings.HasPrefix(text, w.text) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text[len(w.text):])
	return !w.whole || !unicode.IsLetter(r) || isUnspaced(r)
}

// belongs says whether a number can belong to a topic with this much between them.
func belongs(gap string, t topic) bool {
	most, words := 4, 0
	if t == referenceTopic {
		most = 1
	}
	if strings.ContainsAny(gap, "0123456789?!\n") || utf8.RuneCountInString(gap) > 32 || t == referenceTopic && strings.ContainsAny(gap, ",;+") {
		return false
	}
	for word := range strings.FieldsFuncSeq(gap, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\'' && r != 'º' }) {
		if r, _ := utf8.DecodeRuneInString(word); t == referenceTopic && isUnspaced(r) && utf8.RuneCountInString(word) > 6 {
			return false
		}
		if !fillers[word] {
			words++
		}
	}
	return words <= most
}

// topicAfter finds the topic behind a number: "1234 is my order number".
func topicAfter(text string, place int) topic {
	after := text[place:min(len(text), place+64)]
	if i := strings.IndexByte(after, 0); i >= 0 {
		after = after[:i]
	}
	after = strings.ToLower(after)
	if !strings.HasPrefix(after, " ") && !strings.HasPrefix(after, "번") {
		return noTopic
	}
	skipped := 0
	for word := range strings.FieldsSeq(strings.TrimPrefix(after, "번")) {
		if skipped > 0 || strings.HasPrefix(after, "번") {
			first, _ := utf8.DecodeRuneInString(word)
			for _, w := range topicWords[first] {
				if w.topic == referenceTopic && w.begins(word) {
					return referenceTopic
				}
			}
		}
		if !fillers[word] || skipped == 3 {
			break
		}
		skipped++
	}
	return noTopic
}

// topicOf is what the words beside a number say that it is.
func topicOf(text string, s span) topic {
	if t := topicBefore(text, s.start); t != noTopic {
		return t
	}
	if strings.HasSuffix(text[:s.start], "#") || strings.HasSuffix(strings.TrimRight(text[:s.start], " "), "№") {
		return referenceTopic
	}
	return topicAfter(text, s.end)
}
