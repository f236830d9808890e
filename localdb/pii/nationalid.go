package pii

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// nationalIDs are numbers of people with check digits, by country. Those whose form
// little else has count anywhere, the others in their region or behind a word such as
// "tax id".
var nationalIDs = []struct {
	regions  []string
	pattern  func() *regexp.Regexp
	distinct bool
	check    func(number string) bool // of the number in capitals without separators
}{
	{[]string{"US"}, pattern(`\d{3}[- ]\d{2}[- ]\d{4}`), false, isSSN},
	{[]string{"GB"}, pattern(`(?i)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]`), true, nil},
	{nil, pattern(`\d{2} ?\d{3} ?\d{3} ?\d{3}`), false, isGermanTaxID},
	{[]string{"ES"}, pattern(`(?i)(?:[XYZ][- ]?\d{7}|\d{8}|\d{2}\.\d{3}\.\d{3})[- ]?[A-Z]`), true, isDNI},
	{[]string{"FR"}, pattern(`[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}`), true, isNIR},
	{[]string{"IT"}, pattern(`(?i)[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]`), true, nil},
	{[]string{"BR"}, pattern(`\d{3}\.\d{3}\.\d{3}-\d{2}`), true, isCPF},
	{nil, pattern(`\d{11}`), false, isCPF},
	{nil, pattern(`\d{4}[. ]?\d{2}[. ]?\d{3}`), false, isBSN},
	{[]string{"PL"}, pattern(`\d{11}`), false, isPESEL},
	{[]string{"SE"}, pattern(`(?:19|20)?\d{6}[-+]\d{4}`), false, isPersonnummer},
	{nil, pattern(`(?:19|20)?\d{10}`), false, isPersonnummer},
	{[]string{"FI"}, pattern(`\d{6}[-+A]\d{3}[0-9A-FHJ-NPR-Y]`), false, isHETU},
	{[]string{"TR"}, pattern(`[1-9]\d{10}`), false, isTCKN},
	{[]string{"RU"}, pattern(`\d{3}-\d{3}-\d{3}[ -]\d{2}`), true, isSNILS},
	{nil, pattern(`\d{12}`), false, isINN},
	{[]string{"CN"}, pattern(`\d{17}[\dXx]`), true, isChineseID},
	{[]string{"IN"}, pattern(`[2-9]\d{3}[ -]?\d{4}[ -]?\d{4}`), false, isAadhaar},
	{[]string{"KR"}, pattern(`\d{6}-[1-8]\d{6}`), true, func(n string) bool { return isDate(n[:6]) }},
	{nil, pattern(`\d{4}[ -]?\d{4}[ -]?\d{4}`), false, isMyNumber},
	{[]string{"CH"}, pattern(`756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}`), true, isEAN13},
	{[]string{"DK"}, pattern(`\d{6}-\d{4}`), false, func(n string) bool { return isDate(n[4:6] + n[2:4] + n[:2]) }},
	{[]string{"NO"}, pattern(`\d{6} ?\d{5}`), false, isFodselsnummer},
	{[]string{"BE"}, pattern(`\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}`), true, isRijksregister},
	{[]string{"CZ", "SK"}, pattern(`\d{6}/\d{4}`), true, isRodneCislo},
	{nil, pattern(`[1-8]\d{12}`), false, isCNP},
	{nil, pattern(`\d{10}`), false, func(n string) bool { return isEGN(n) || isRNOKPP(n) }},
	{nil, pattern(`\d{3}[- ]?\d{3}[- ]?\d{4}`), false, isNHS},
	{nil, pattern(`\d{4} ?\d{6}`), false, isSVNR},
	{nil, pattern(`\d{3} ?\d{3} ?\d{3}`), false, func(n string) bool { return isNIF(n) || isTFN(n) || luhn(n) }},
	{nil, pattern(`(?i)\d{7}[A-W][A-IW]?`), false, isPPS},
	{nil, pattern(`\d{11}`), false, func(n string) bool { return isDate(n[4:6]+n[2:4]+n[:2]) && luhn(n) }},
	{[]string{"CA"}, pattern(`\d{3}[- ]\d{3}[- ]\d{3}`), false, luhn},
	{[]string{"ZA"}, pattern(`\d{13}`), false, func(n string) bool { return isDate(n[:6]) && luhn(n) }},
	{[]string{"MX"}, pattern(`(?i)[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d`), true, func(n string) bool { return isDate(n[4:10]) }},
	{[]string{"CL"}, pattern(`(?i)\d{1,2}\.\d{3}\.\d{3}-[\dK]`), true, isRUT},
	{[]string{"AR"}, pattern(`(?:2[0347]|3[034])-\d{8}-\d`), true, isCUIT},
	{nil, pattern(`\d{2}\.\d{3}\.\d{3}`), false, nil},
	{[]string{"TH"}, pattern(`\d-\d{4}-\d{5}-\d{2}-\d`), true, isThaiID},
	{nil, pattern(`(?i)[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z]`), false, nil},
	{nil, pattern(`(?i)[A-Z]{1,3}\d[A-Z0-9]{5,7}`), false, isDocument}, // passports and identity cards
}

// findIDs finds national identity, tax and social security numbers.
func findIDs(t *folded) (spans []span) {
	if t.number < 6 && t.token < 16 && t.marks&idMark == 0 {
		return nil
	}
	for _, id := range nationalIDs {
		if !id.distinct && t.marks&idMark == 0 && !slices.Contains(id.regions, t.region) {
			continue
		}
		for _, s := range matches(id.pattern(), t.text) {
			before := topicBefore(t.text, s.start)
			if before == phoneTopic || !id.distinct && before != idTopic && !slices.Contains(id.regions, t.region) || before != idTopic && topicOf(t.text, s) == referenceTopic || inNumber(t.text, s) {
				continue
			}
			number := strings.ToUpper(noSeparators.Replace(t.text[s.start:s.end]))
			if id.check == nil || id.check(number) {
				spans = append(spans, s)
			}
		}
	}
	return spans
}

// inNumber is true of a part of a longer number with separators.
func inNumber(text string, s span) bool {
	before, after := text[:s.start], text[s.end:]
	return len(before) > 1 && strings.IndexByte("-./+", before[len(before)-1]) >= 0 && isDigit(before[len(before)-2]) ||
		strings.HasSuffix(before, "+") || strings.HasSuffix(before, "#") ||
		len(after) > 1 && strings.IndexByte("-./", after[0]) >= 0 && isDigit(after[1])
}

// isDocument tells the number of a passport or an identity card from a word, and from a number
// of national insurance, which has a rule of its own.
func isDocument(n string) bool {
	digits := 0
	for i := range len(n) {
		if isDigit(n[i]) {
			digits++
		}
	}
	return digits >= 5 && !insurance().MatchString(n)
}

var insurance = pattern(`[A-Z]{2}\d{6}[A-D]`)

func digit(number string, i int) int { return int(number[i] - '0') }

// weighted is the sum of digits, each times its weight.
func weighted(number string, weights ...int) (sum int) {
	for i, w := range weights {
		sum += w * digit(number, i)
	}
	return sum
}

// isDate checks six digits: year, month, day.
func isDate(number string) bool {
	_, err := time.Parse("060102", number)
	return err == nil
}

// isSSN follows the rules of the Social Security Administration; there is no check digit.
func isSSN(n string) bool {
	return n[:3] != "000" && n[:3] != "666" && n[0] != '9' && n[3:5] != "00" && n[5:] != "0000"
}

// isGermanTaxID follows ISO 7064 (mod 11, 10); of the first ten digits one occurs
// twice or thrice.
func isGermanTaxID(n string) bool {
	product, counts := 10, [10]int{}
	for i := range 10 {
		counts[digit(n, i)]++
		sum := (digit(n, i) + product) % 10
		if sum == 0 {
			sum = 10
		}
		product = sum * 2 % 11
	}
	return n[0] != '0' && slices.Max(counts[:]) <= 3 && slices.Max(counts[:]) >= 2 && (11-product)%10 == digit(n, 10)
}

func isDNI(n string) bool {
	number := strings.NewReplacer("X", "0", "Y", "1", "Z", "2").Replace(n[:1]) + n[1:8]
	return "TRWAGMYFPDXBNJZSQVHLCKE"[remainder(number, 23)] == n[8]
}

// remainder divides a number of any length.
func remainder(number string, by int) (rest int) {
	for i := range len(number) {
		rest = (rest*10 + digit(number, i)) % by
	}
	return rest
}

func isNIR(n string) bool {
	number := strings.NewReplacer("2A", "19", "2B", "18").Replace(n[:13])
	return len(number) == 13 && 97-remainder(number, 97) == digit(n, 13)*10+digit(n, 14)
}

func isCPF(n string) bool {
	first := weighted(n, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10
	second := weighted(n, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10
	return strings.Trim(n, n[:1]) != "" && first == digit(n, 9) && second == digit(n, 10)
}

func isBSN(n string) bool {
	return weighted(n, 9, 8, 7, 6, 5, 4, 3, 2, -1)%11 == 0 && strings.Trim(n, "0") != ""
}

// isPESEL adds 20, 40, 60 or 80 to the month for centuries other than the 20th.
func isPESEL(n string) bool {
	month := string('0'+n[2]%2) + n[3:4]
	return isDate(n[:2]+month+n[4:6]) && weighted(n, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)%10 == 0
}

func isPersonnummer(n string) bool {
	n = strings.ReplaceAll(n, "+", "")
	n = n[len(n)-10:]
	return isDate(n[:6]) && luhn(n)
}

func isHETU(n string) bool {
	n = strings.NewReplacer("+", "").Replace(n)
	if len(n) == 11 { // with the letter of the century
		n = n[:6] + n[7:]
	}
	if strings.Trim(n[:9], "0123456789") != "" {
		return false
	}
	return "0123456789ABCDEFHJKLMNPRSTUVWXY"[remainder(n[:9], 31)] == n[9]
}

func isTCKN(n string) bool {
	odd, even := weighted(n, 1, 0, 1, 0, 1, 0, 1, 0, 1), weighted(n, 0, 1, 0, 1, 0, 1, 0, 1)
	return (odd*7-even+100)%10 == digit(n, 9) && (odd+even+digit(n, 9))%10 == digit(n, 10)
}

func isSNILS(n string) bool {
	return weighted(n, 9, 8, 7, 6, 5, 4, 3, 2, 1)%101%100 == digit(n, 9)*10+digit(n, 10)
}

// isINN checks a person's Russian tax number, which has two check digits.
func isINN(n string) bool {
	return weighted(n, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10 == digit(n, 10) && weighted(n, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10 == digit(n, 11)
}

func isChineseID(n string) bool {
	return isDate(n[8:14]) && "10X98765432"[weighted(n, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)%11] == n[17]
}

// isAadhaar follows Verhoeff: products in the dihedral group D5, by place.
func isAadhaar(n string) bool {
	permutation := [10]int{1, 5, 7, 6, 2, 8, 3, 0, 9, 4}
	check := 0
	for i := range len(n) {
		d := digit(n, len(n)-1-i)
		for range i % 8 {
			d = permutation[d]
		}
		check = dihedral(check, d)
	}
	return check == 0
}

// dihedral multiplies two symmetries of a pentagon: 0 to 4 turn, 5 to 9 reflect.
func dihedral(a, b int) int {
	turn := b % 5
	if a >= 5 {
		turn = -turn
	}
	product := (a%5 + turn + 5) % 5
	if (a >= 5) != (b >= 5) {
		product += 5
	}
	return product
}

func isMyNumber(n string) bool {
	rest := weighted(n, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11
	check := 0
	if rest > 1 {
		check = 11 - rest
	}
	return check == digit(n, 11)
}
