package charset

import (
	"strings"
	"unicode"
)

// letters gives for a character beyond ASCII how usual it is in the languages of an
// encoding, from 1 for the most usual to -1 for one that never occurs.
type letters func(r rune) float64

type candidate struct {
	Encoding
	letters letters
}

// candidates are the encodings besides Unicode's; of equally plausible ones the first is
// taken.
var candidates = []candidate{
	{Windows1252, latin(western)},
	{Windows1251, alphabet(cyrillic)},
	{Windows1250, latin(central)},
	{Windows1254, latin(turkish)},
	{Windows1253, alphabet(greek)},
	{Windows1255, alphabet(hebrew)},
	{Windows1256, alphabet(arabic)},
	{Windows1257, latin(baltic)},
	{Windows874, alphabet(thai)},
	{KOI8R, alphabet(cyrillic)},
	{ISO88595, alphabet(cyrillic)},
	{MacRoman, latin(western)},
	{MacCyrillic, alphabet(cyrillic)},
	{CodePage866, alphabet(cyrillic)},
	{CodePage850, latin(western)},
	{Latin2, latin(central)},
	{ShiftJIS, japaneseText},
	{EUCJP, japaneseText},
	{GB18030, ideographs(simplified, levelGB)},
	{Big5, ideographs(traditional, levelBig5)},
	{EUCKR, koreanText},
}

// The letters of alphabets beyond ASCII, the most frequent first. Of several languages
// with one alphabet the frequencies are mixed.
const (
	western  = "éäüöáóíàèñçßêúãâôõîåæøûëïìòùœýþð"
	central  = "áéíóąęłśćżůěščřžýúöőüűäßńźňďťăşţâîôđ"
	turkish  = "ışüğöçİŞÖÜÇâî"
	baltic   = "āėšžīčųūēąįęļņķģäõöü"
	cyrillic = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфёъіїєґјљњћђџў"
	greek    = "αοιετσνηυρπκμλςίόάέωήδγύχθφβώξζψϊϋΐΰ"
	hebrew   = "יוהלאתרמשבנםעדחקפגכצסטזןץףך"
	arabic   = "اليمنتروبعدهفسكحقجةشصأىطضذزخثغئظءإؤآپچکگیە"
	thai     = "านรอกเงมยลวดทสตะปบคหแจพชขใไโผซศธภฉถญณ่้ัิีื์ุูำ็ึๆ"
)

// Characters that every page of a language has.
const (
	simplified  = "的一是不了人我在有他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长请谢吗什问给把被让吧呢哪谁很快再钱订单退款货"
	traditional = "的一是不了人我在有他這中大來上個國到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可她裡後小麼心多天而能好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長請謝嗎什問給把被讓吧呢哪誰很快再錢訂單退款貨"
	hangul      = "이다는에을가의고하지로를도기사한은서어시인나아자라리대해있일수그주요제정스게니부구보여상장전안어습합까세오만들면무"
)

// usualMarks are signs that stand in texts of any language.
const usualMarks = "“”„‘’‚«»‹›–—…•·€£°§©®™¿¡ºª´¨№、。，．：；？！「」『』（）・ー～％　"

func alphabet(order string) letters {
	rank := ranks(order)
	return func(r rune) float64 {
		if p, ok := rank[unicode.ToLower(r)]; ok {
			return p
		}
		return -1
	}
}

var westernLetters = latin(western)

// latin is for alphabets of which the most letters are ASCII, so that all others are rare
// beside them.
func latin(order string) letters {
	rank := ranks(order)
	return func(r rune) float64 {
		if p, ok := rank[r]; ok {
			return p
		}
		if p, ok := rank[unicode.ToLower(r)]; ok {
			return p - 0.2
		}
		return -1
	}
}

func ranks(order string) map[rune]float64 {
	all := []rune(order)
	rank := map[rune]float64{}
	for i, r := range all {
		rank[r] = 1 - 0.9*float64(i)/float64(len(all))
	}
	return rank
}

func ideographs(usual string, everyday level) letters {
	return func(r rune) float64 {
		switch {
		case strings.ContainsRune(usual, r):
			return 1
		case unicode.Is(unicode.Hiragana, r), unicode.Is(unicode.Katakana, r), unicode.Is(unicode.Hangul, r):
			return -0.5
		case unicode.Is(unicode.Han, r) && r < 0x9FFF:
			return everyday.weight(r)
		}
		return -1
	}
}

func japaneseText(r rune) float64 {
	switch {
	case r >= 0xFF61 && r <= 0xFF9F: // half-width, which is what other encodings look like
		return -0.3
	case unicode.Is(unicode.Hiragana, r):
		return 1
	case unicode.Is(unicode.Katakana, r):
		return 0.8
	case unicode.Is(unicode.Han, r) && r < 0x9FFF:
		return levelJIS.weight(r)
	}
	return -1
}

func koreanText(r rune) float64 {
	switch {
	case strings.ContainsRune(hangul, r):
		return 1
	case unicode.Is(unicode.Hangul, r):
		return 0.3
	case unicode.Is(unicode.Han, r):
		return -0.4
	}
	return -1
}

// anyScript is for encodings that hold all scripts.
func anyScript(r rune) float64 {
	switch {
	case unicode.Is(unicode.Co, r), unicode.IsControl(r):
		return -1
	case strings.ContainsRune(simplified+traditional+hangul+cyrillic+greek+hebrew+arabic+thai, unicode.ToLower(r)), unicode.Is(unicode.Hiragana, r), unicode.Is(unicode.Katakana, r):
		return 1
	case unicode.IsLetter(r):
		return 0
	}
	return -0.5
}

// plausibility says how much a decoded text looks like one: on average, how usual its
// characters beyond ASCII are, less what no text has: scripts mixed in a word, capitals
// inside it, signs between letters, accented letters in a row. It is at most 1.
func plausibility(text string, usual letters) float64 {
	sum, n := 0.0, 0
	before := ' '
	runes := []rune(text)
	for i, r := range runes {
		if r < 0x80 {
			before = r
			continue
		}
		after := ' '
		if i+1 < len(runes) {
			after = runes[i+1]
		}
		n++
		sum += plausible(before, r, after, usual)
		before = r
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}

func plausible(before, r, after rune, usual letters) float64 {
	letterBefore, letterAfter := unicode.IsLetter(before), unicode.IsLetter(after)
	switch {
	case strings.ContainsRune(usualMarks, r):
		return placed(before, r, after)
	case r == 0xA0:
		return 0.2
	case unicode.IsControl(r):
		return -2
	case !unicode.IsLetter(r) && !unicode.IsMark(r):
		if letterBefore && letterAfter {
			return -1.2
		}
		return -0.6
	}
	return plausibleLetter(before, r, after, usual)
}

func plausibleLetter(before, r, after rune, usual letters) float64 {
	letterBefore, letterAfter := unicode.IsLetter(before), unicode.IsLetter(after)
	p := usual(r)
	if script(r) == 'o' {
		if r < 0xE80 && (letterBefore && script(before) == 'l' || letterAfter && script(after) == 'l') { // Hebrew, Arabic, Thai
			p--
		}
		return p
	}
	switch {
	case unicode.IsUpper(r) && unicode.IsLower(before):
		p--
	case script(r) == 'l' && before >= 0x80 && letterBefore:
		p -= 0.7
	}
	switch {
	case letterBefore && script(before) != script(r):
		p--
	case unicode.IsDigit(before) || unicode.IsDigit(after):
		p -= 0.6
	case script(r) == 'l' && !letterBefore && !letterAfter && !strings.ContainsRune("àéèêóòúáíåöøæý", unicode.ToLower(r)):
		p -= 0.6
	}
	return p
}

// placed says whether a sign stands where it belongs.
func placed(before, r, after rune) float64 {
	between := unicode.IsLetter(before) && unicode.IsLetter(after)
	var fits bool
	switch r {
	case '’', '·', '・', 'ー':
		return 0.9
	case '“', '‘', '„', '‚', '¿', '¡', '«', '‹':
		fits = !unicode.IsLetter(before)
	case '”', '»', '›':
		fits = !unicode.IsLetter(after)
	case '–', '—':
		fits = !between
	case '€', '£', '°', '§':
		fits = unicode.IsDigit(before) || unicode.IsDigit(after) || unicode.IsSpace(before) || unicode.IsSpace(after)
	default:
		fits = !between || r >= 0x3000
	}
	if fits {
		return 0.8
	}
	return -1
}

// script tells scripts with capitals apart.
func script(r rune) byte {
	switch {
	case r < 0x80 || unicode.Is(unicode.Latin, r):
		return 'l'
	case unicode.Is(unicode.Cyrillic, r):
		return 'c'
	case unicode.Is(unicode.Greek, r):
		return 'g'
	default:
		return 'o'
	}
}
