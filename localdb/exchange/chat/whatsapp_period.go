package chat

import (
	"slices"
	"strings"
)

// period is the half of the day that a clock of twelve hours needs.
type period int

const (
	noPeriod period = iota
	beforeNoon
	afterNoon
	aroundNoon // 11 is before, 12 and 1 are after
)

func (p period) hour(h int) int {
	switch {
	case p == beforeNoon && h == 12:
		return 0
	case p == afterNoon && h < 12, p == aroundNoon && h < 10:
		return h + 12
	}
	return h
}

// periods are the words for the halves of the day, in lower case without dots and
// spaces: those of the Unicode CLDR, and what phones write besides.
var periods = wordsOf(map[period]string{
	beforeNoon: `am vorm πμ ص صباحا صباحًا فجرا قظ قبلازظهر 午前 上午 凌晨 清晨 早上 早晨 오전 새벽 아침 sa дп проб пребпл dop de öö पूर्वाह्न सुबह मपू
		ভোর সকাল முற்பகல் காலை ಪೂರ್ವಾಹ್ನ ఉదయం ก่อนเที่ยง לפנהצ בבוקר ጥዋት fm ap pd priešpiet priekšp претпл преподне pg pagi eparadites
		asubuhi vm पेव පෙව ព្រឹក ກ່ອນທ່ຽງ နံနက် үө таңкы to fh rn yb inthemorning morning delamañana delamadrugada damanhã dumatin
		dimattina delmattino morgens früh sabah सकाळी`,
	afterNoon: `pm nachm μμ م مساء مساءً ظهرا عصرا ليلا بظ بعدازظهر 午後 下午 傍晚 晚上 夜晚 오후 저녁 밤 ch слоб odp du ös अपराह्न शाम रात दोपहर
		মউ বিকাল সন্ধ্যা রাত দুপুর பிற்பகல் மாலை இரவு ಅಪರಾಹ್ನ సాయంత్రం రాత్రి หลังเที่ยง אחהצ בערב בצהריים ከሰዓት em ip md popiet pēcp попл поподне пп epasdites
		pop ptg petang malam siang sore mchana jioni usiku nm පව ល្ងាច ຫຼັງທ່ຽງ ညနေ үх түштөнкийинки tk eh in yh intheafternoon intheevening atnight
		afternoon evening night delatarde delanoche datarde danoite delaprèsmidi dusoir delpomeriggio disera nachmittags abends nachts akşam दुपारी संध्याकाळी`,
	aroundNoon: `中午 noon midi mittags delmediodía domeiodia 정오 เที่ยง`,
})

// connectors are the words that languages put into a date and time without a meaning of
// their own.
var connectors = strings.Fields(`um uhr à alle às a las alas alleore ore kl klo klokka klockan saat lúc o h ч г год ora at on الساعة בשעה เวลา น pukul jam de del om cu la u at a
	в о г в гг в гч ob obe v ve g ob à den el le il kello klokken 요일 星期 ب`)

func wordsOf(lists map[period]string) map[string]period {
	words := map[string]period{}
	for p, list := range lists {
		for _, word := range strings.Fields(list) {
			words[word] = p
		}
	}
	return words
}

// months are the names of months that old exports wrote, by their first letters.
var months = [12]string{
	"jan ene gen janv янв", "feb fev fév фев", "mar mär mrz mars мар", "apr abr avr апр", "may mai mag май", "jun giu juin июн",
	"jul lug juil июл", "aug ago août авг", "sep set сен", "oct okt out ott окт", "nov ноя", "dec dez dic déc дек",
}

// word takes in what a word of the stamp means; false for one that nobody knows.
func (s *stamp) word(w stampWord, numbers *[]stampNumber) bool {
	if p, ok := periods[w.text]; ok && (s.period == noPeriod || w.at > 3) {
		if s.period == noPeriod {
			s.period, s.english = p, w.raw == "AM" || w.raw == "PM"
		}
		return true
	}
	switch w.text {
	case "be", "พศ":
		s.era = -543
		return true
	case "r", "令和":
		s.era = 2018
		return true
	}
	if slices.Contains(connectors, w.text) {
		return w.at > 0
	}
	for i, names := range months {
		for name := range strings.FieldsSeq(names) {
			if strings.HasPrefix(w.text, name) && s.month < 0 {
				s.month = w.at
				*numbers = slices.Insert(*numbers, w.at, stampNumber{number: number{value: i + 1, digits: 2}})
				return true
			}
		}
	}
	return false
}
