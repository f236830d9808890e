package list

import (
	"strings"

	"seedbed/localdb/exchange"
)

// categoryWords are words that people name categories with, folded, in many languages. A
// label with one of them is no name of a person.
var categoryWords = wordSet(`
	greet greeting greetings hello goodbye bye farewell thanks thank thankyou chitchat smalltalk affirm deny confirm yes no
	faq question questions query inquiry enquiry request requests complaint complaints feedback praise suggestion issue issues problem problems bug error
	order orders ordering purchase delivery deliver shipping shipment tracking track parcel return returns refund refunds exchange cancel cancellation cancelled
	payment payments billing bill invoice invoices price prices pricing cost costs discount coupon voucher subscription warranty product products stock availability
	account login signup register registration password profile security fraud card cards balance transfer loan credit bank banking insurance claim claims
	technical tech sales marketing hr legal booking reservation reserve flight hotel travel weather news sports music movie food restaurant health medical appointment schedule
	opening hours location address contact info information general other others misc none unknown oos outofscope fallback handover human escalate escalation offtopic
	spam ham positive negative neutral pos neg good bad sad happy joy anger angry fear surprise love disgust sadness toxic rag ragquery context custom intent topic category
	desc enty abbr hum loc num entity person date time number quantity urgent low medium high
	begrüßung gruß grüße abschied verabschiedung danke dank frage fragen anfrage anfragen beschwerde beschwerden reklamation rückgabe retoure umtausch erstattung rückerstattung
	bestellung bestellungen bestellstatus lieferung versand sendung sendungsverfolgung zahlung bezahlung rechnung rechnungen preis preise rabatt gutschein kündigung stornierung storno vertrag
	konto anmeldung passwort kundenkonto produkt produkte garantie technik störung problem fehler termin termine öffnungszeiten adresse sonstiges sonstige allgemein allgemeines lob kritik positiv negativ wetter
	salutation salutations bonjour aurevoir merci réclamation plainte commande livraison expédition remboursement retour paiement facture facturation prix compte connexion motdepasse annulation rendezvous horaires adresse autre autres question
	saludo saludos despedida gracias queja quejas reclamo pedido pedidos envío entrega devolución reembolso pago pagos factura facturación precio precios cuenta contraseña cancelación cita horario dirección otro otros pregunta consulta
	saudação despedida obrigado reclamação encomenda entrega devolução reembolso pagamento fatura preço conta senha cancelamento horário outro outros dúvida pergunta
	saluto saluti arrivederci grazie reclamo ordine ordini consegna spedizione reso rimborso pagamento fattura prezzo account annullamento appuntamento orari altro domanda
	groet afscheid klacht bestelling levering verzending retour terugbetaling betaling factuur prijs annulering vraag overig
	powitanie pożegnanie reklamacja zamówienie dostawa zwrot płatność faktura cena pytanie inne hälsning klagomål beställning leverans återbetalning betalning fråga övrigt
	приветствие прощание жалоба жалобы заказ доставка возврат оплата счет счёт цена вопрос другое благодарность отмена
	selamlama veda şikayet sipariş kargo teslimat iade ödeme fatura fiyat soru diğer
	问候 再见 告别 感谢 投诉 订单 配送 物流 发货 退款 退货 付款 支付 发票 价格 账户 密码 取消 问题 咨询 其他 查询 問候 再見 投訴 訂單 配送 退款 退貨 付款 發票 價格 其他
	挨拶 あいさつ 別れ 感謝 苦情 クレーム 注文 配送 発送 返品 返金 支払い 請求 価格 料金 質問 その他 キャンセル 인사 작별 감사 불만 주문 배송 반품 환불 결제 가격 질문 기타 취소
	تحية وداع شكوى طلب توصيل استرجاع دفع فاتورة سعر سؤال أخرى ברכה פרידה תלונה הזמנה משלוח החזר תשלום חשבונית מחיר שאלה אחר
	अभिवादन शिकायत ऑर्डर डिलीवरी वापसी भुगतान कीमत प्रश्न अन्य sapaan keluhan pesanan pengiriman pengembalian pembayaran harga pertanyaan lainnya chàohỏi khiếunại đơnhàng giaohàng hoàntiền thanhtoán giá câuhỏi khác`)

// documentWords are headings of documents that are no lists of messages.
var documentWords = wordSet(`
	installation install installing usage license licence features requirements contributing gettingstarted tableofcontents contents introduction overview summary changelog unreleased added changed fixed removed deprecated
	prerequisites configuration dependencies examples documentation authors acknowledgements references todo todos done agenda attendees minutes notes actionitems conclusion abstract background methods results discussion appendix
	ingredients directions steps method zutaten zubereitung ingrédients préparation ingredientes preparación ingredienti preparazione
	verse verse1 verse2 verse3 chorus bridge intro outro prechorus hook refrain strophe refrain1
	education experience skills projects interests languages ausbildung berufserfahrung kenntnisse`)

// fieldWords are what records of other things than messages have before their values.
var fieldWords = wordSet(`
	name firstname lastname surname phone telephone tel fax mobile email mail address street city zip country birthday url website web price id isbn title author published publisher year pages
	from to cc bcc subject date sent host accept useragent contenttype disallow allow sitemap dn cn sn ou dc uid objectclass givenname version status size type path file key value warning warn debug info trace fatal error note tip hint important
	vorname nachname telefon handy adresse straße ort plz land geburtstag titel autor betreff datum von an hinweis achtung nom prénom téléphone courriel objet nombre apellido teléfono correo asunto`)

// interjections are words that sentences begin or end with, before or behind a comma.
var interjections = wordSet(`
	hello hi hey yes no yeah ok okay well please thanks thank thankyou sorry oh so and but now then also bye goodbye sir madam guys everyone all there today right hallo moin servus ja nein danke bitte tschüss also gut so aber und
	bonjour salut oui non merci svp hola sí no gracias por favor adiós ciao grazie prego olá oi sim não obrigado hoi dank cześć tak nie hej tack ja nej привет да нет спасибо пожалуйста 你好 谢谢 请 はい いいえ`)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(list) {
		set[exchange.Fold(word)] = true
	}
	return set
}

// isCategory tells whether a label is, begins or ends with a word for a category.
func isCategory(label string) bool {
	if categoryWords[exchange.Fold(label)] {
		return true
	}
	parts := strings.FieldsFunc(label, func(r rune) bool { return strings.ContainsRune(" \t_-/.&:", r) })
	return len(parts) > 1 && (categoryWords[exchange.Fold(parts[0])] || categoryWords[exchange.Fold(parts[len(parts)-1])])
}
