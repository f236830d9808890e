package questions

import (
	"strings"
	"sync"
	"unicode"

	"seedbed/assets"
)

// Languages are those in which questions can be asked about passages.
var Languages = []string{"en", "de", "fr", "es"}

// enoughVotes is the share of a text's words that must be among a language's most
// frequent ones for the text to be in it. Running text has a third or more.
const enoughVotes = 0.15

// LanguageOf is the language of a text, of [Languages], by a vote of the languages' most
// frequent words; "" for another one or for no running text.
func LanguageOf(text string) string {
	lists, err := stopWords()
	if err != nil {
		return ""
	}
	votes, words := map[string]int{}, 0
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }) {
		words++
		for language, list := range lists {
			if list[word] {
				votes[language]++
			}
		}
	}
	best := ""
	for _, language := range Languages {
		if votes[language] > votes[best] {
			best = language
		}
	}
	if float64(votes[best]) < enoughVotes*float64(words) || votes[best] < 3 {
		return ""
	}
	return best
}

// others are frequent words of languages in which no questions can be asked, as far as
// the languages in which they can don't have them.
var others = map[string]map[string]bool{
	"nl": setOf("het een van voor met zijn niet dat deze worden naar ook door uit bij maar als wordt heeft kunnen moet hun onze meer"),
	"it": setOf("il di che per sono della delle dei con alla anche più gli nel nella essere questo questa loro può deve viene dal dalla come"),
	"pt": setOf("não uma para com os dos das mais como ao seu sua são ser pelo pela também quando deve pode foi nos nas você"),
	"pl": setOf("jest nie się na do że przez oraz dla lub od po jako które który może być ich tego są przy pracy"),
	"sv": setOf("och att det som är av för på den till inte om ett har från vid kan eller ska du vi när"),
	"da": setOf("og at det som er af til på den ikke med om et har fra ved kan eller skal du vi når blive"),
	"fi": setOf("ja on ei se että hän oli mutta ovat tai myös kun voi sekä joka sen ole jos tulee mukaan"),
	"cs": setOf("je na se že pro jsou nebo ale by jako jeho který byl při musí být také podle pokud této"),
	"tr": setOf("ve bir bu için ile olarak da olan de gibi daha çok var sonra kadar göre tarafından veya ancak olması"),
	"ro": setOf("și în de la cu pe nu este care din mai să pentru sunt sau prin fi dacă acest această trebuie"),
	"hu": setOf("és az hogy nem egy is meg van kell vagy csak ha már mint azt lehet volt minden esetén"),
	"id": setOf("yang dan di untuk dengan dari ini dalam tidak pada adalah akan atau ke dapat oleh juga harus karena sebagai"),
	"vi": setOf("và của là có không được cho các trong một người này với để khi những về phải theo từ"),
}

// Supports reports whether questions can be asked about a text in its language. What is
// no running text, or too little to tell, is not held to be in another language.
func Supports(text string) bool {
	letters, foreign := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
			if !unicode.Is(unicode.Latin, r) {
				foreign++
			}
		}
	}
	if 2*foreign > letters {
		return false
	}
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
	for _, list := range others {
		votes := 0
		for _, word := range words {
			if list[word] {
				votes++
			}
		}
		if votes >= 5 && float64(votes) >= enoughVotes*float64(len(words)) && LanguageOf(text) == "" {
			return false
		}
	}
	return true
}

// usualWords are those that a question may have whatever it is about, by language.
var usualWords = sync.OnceValues(func() (map[string]map[string]bool, error) { return listed("usual in questions") })

// listed reads a list of words.txt in every language.
func listed(list string) (map[string]map[string]bool, error) {
	lists := map[string]map[string]bool{}
	for _, language := range Languages {
		folder, err := assets.Phrases(language)
		if err != nil {
			return nil, err
		}
		sections, err := assets.ReadSections(folder, "words.txt")
		if err != nil {
			return nil, err
		}
		lists[language] = sections.Words(list)
	}
	return lists, nil
}

var stopWords = sync.OnceValues(func() (map[string]map[string]bool, error) {
	lists, err := listed("language")
	if err != nil {
		return nil, err
	}
	// What several languages share tells none.
	for _, language := range Languages {
		for word := range lists[language] {
			for _, other := range Languages {
				if other != language && lists[other][word] {
					delete(lists[language], word)
					delete(lists[other], word)
				}
			}
		}
	}
	return lists, nil
})
