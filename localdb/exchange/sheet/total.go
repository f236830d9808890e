package sheet

import (
	"regexp"
	"strconv"
	"strings"
	"time"

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
var counted = regexp.MustCompile(`^(\pL+)(?: [\pL ]{0,30})?\s*[:=：]\s*[\d.,\s\x{A0}]+%?$`)

func isCountedTotal(text string) bool {
	m := counted.FindStringSubmatch(text)
	return m != nil && totals[exchange.Fold(m[1])]
}

// isTotal tells whether a row is one of totals, such as "Total | 120": nothing but words
// for that, numbers, and formulas that add up.
func (t *table) isTotal(row Row) bool {
	named, summed, numbers, counts := false, false, 0, false
	begins := false // with such a word: "Total messages"
	for i, cell := range row.Cells {
		text := strings.TrimSpace(t.sheet.shown(cell))
		if hidden(row, i) || text == "" || t.sheet.section > 0 && i == t.sheet.section {
			continue
		}
		first, rest, several := strings.Cut(text, " ")
		switch {
		case cell.Sum:
			summed = true
		case totals[exchange.Fold(text)]:
			named = true
		case isCountedTotal(text):
			return !t.numbersAreLabels()
		case cell.Value != "" || number.MatchString(text):
			numbers++
			counts = counts || i == t.columns.At(exchange.Category)
		case several && totals[exchange.Fold(first)] && !strings.Contains(rest, " "):
			begins = true
		default:
			return false
		}
	}
	switch {
	case summed:
		return true
	case t.numbersAreLabels():
		return false
	}
	return named && (numbers > 0 || len(t.columns.List) > 1) || begins && counts
}

// isSubtotal tells whether a row of totals is one even where messages follow: it adds up,
// or beside a word for that it has numbers and no category.
func (t *table) isSubtotal(row Row) bool {
	named, numbers := false, false
	for i, cell := range row.Cells {
		text := strings.TrimSpace(t.sheet.shown(cell))
		switch {
		case hidden(row, i) || text == "" || t.sheet.section > 0 && i == t.sheet.section:
		case cell.Sum:
			return true
		case i == t.columns.At(exchange.Category):
			return false
		case totals[exchange.Fold(text)]:
			named = true
		case i != t.columns.At(exchange.Message):
			numbers = numbers || cell.Value != "" || number.MatchString(text)
		}
	}
	return named && numbers
}

// number is a number with or without what it counts: "1,200", "45 %", "120 messages".
var number = regexp.MustCompile(`^[+-]?\d[\d.,\x{A0}]*\s?(?:%|\pL{1,12})?$`)

// numbersAreLabels is true where "Total | 2" may be a message with its category.
func (t *table) numbersAreLabels() bool {
	category := t.columns.At(exchange.Category)
	return category >= 0 && number.MatchString(t.columns.List[category].Example)
}

// from1904 is how many days lie between the first days of the two calendars of Excel.
const from1904 = 1462

// timeOf gives the value of a cell that holds a time, as exchange.Columns reads it.
func timeOf(value string, date1904 bool) string {
	days, err := strconv.ParseFloat(value, 64)
	if err != nil || !date1904 || days > 100_000 {
		return value
	}
	return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).Add(time.Duration((days + from1904) * float64(24*time.Hour))).Round(time.Millisecond).Format(time.RFC3339Nano)
}
