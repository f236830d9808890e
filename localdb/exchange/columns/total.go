package columns

import (
	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// totals are what people and programs write before a total, folded, in the languages of
// Excel and Google Sheets that are used most.
var totals = map[string]bool{
	"total": true, "totals": true, "grandtotal": true, "subtotal": true, "sum": true, "count": true, "average": true, "overall": true, "mean": true,
	"summe": true, "gesamt": true, "gesamtsumme": true, "gesamtergebnis": true, "zwischensumme": true, "teilergebnis": true, "anzahl": true, "ergebnis": true, "insgesamt": true, "mittelwert": true,
	"totalgénéral": true, "soustotal": true, "somme": true, "ensemble": true, "nombre": true, "moyenne": true,
	"totalgeneral": true, "suma": true, "sumatotal": true, "recuento": true, "promedio": true, "totalgeral": true, "soma": true, "contagem": true,
	"totale": true, "totalecomplessivo": true, "somma": true, "conteggio": true, "media": true, "eindtotaal": true, "totaal": true, "subtotaal": true, "aantal": true,
	"razem": true, "sumakońcowa": true, "łącznie": true, "celkem": true, "součet": true, "итого": true, "всего": true, "итог": true, "общийитог": true, "сумма": true, "підсумок": true, "разом": true, "усього": true,
	"toplam": true, "geneltoplam": true, "yhteensä": true, "summa": true, "totalt": true, "összesen": true, "végösszeg": true, "σύνολο": true, "γενικόσύνολο": true, "สรุป": true, "รวม": true,
	"合計": true, "総計": true, "小計": true, "合计": true, "总计": true, "小计": true, "總計": true, "합계": true, "총계": true, "소계": true, "tổngcộng": true, "tổng": true,
	"المجموع": true, "الإجمالي": true, "إجمالي": true, "סהכ": true, "סךהכל": true, "कुल": true, "योग": true,
}

// counted is a total with what is added up and how much: "Total messages: 120", "3 rows".
var counted = exchange.Pattern(`^(\pL+)(?: [\pL ]{0,30})?\s*[:=：]\s*[\d.,\s\x{A0}]+%?$`)

// IsCountedTotal tells whether a text is a word for a total with its amount.
func IsCountedTotal(text string) bool {
	m := counted().FindStringSubmatch(text)
	return m != nil && totals[exchange.Fold(m[1])]
}

// IsTotal tells whether a text is a word for a total.
func IsTotal(text string) bool { return totals[exchange.Fold(text)] }

// amount is a number with or without what it counts: "1,200", "45 %", "120 messages".
var amount = exchange.Pattern(`^[+-]?\d[\d.,\x{A0}]*\s?(?:%|\pL{1,12})?$`)

// IsAmount tells whether a text is a number, with or without what it counts.
func IsAmount(text string) bool { return amount().MatchString(text) }

// TotalRow is the reason to skip a row of totals.
var TotalRow = i18n.T("is a row of totals")

// NumbersAreLabels is true where "Total | 2" may be a message with its category.
func (c *Columns) NumbersAreLabels() bool {
	category := c.At(exchange.Category)
	return category >= 0 && IsAmount(c.List[category].Example)
}
