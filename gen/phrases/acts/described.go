package acts

import (
	"regexp"
	"strings"
)

var (
	describes = regexp.MustCompile(`(?i)^(?:(?:all |any |general )?(?:questions?|enquiries|inquiries|requests?|messages?|complaints?|problems?|issues?|something|anything|everything) (?:about|on|with|regarding|concerning|for) |(?:someone|somebody|the (?:user|customer|person|member|guest|tenant|visitor|patient|passenger)|people|customers|users|members|guests|tenants|visitors|they) (?:asks?|wants? to know|enquires?|inquires?|wonders?) (?:about |for )?)`)
	wanting   = regexp.MustCompile(`(?i)^(?:(?:someone|somebody|the (?:user|customer|person|member|guest|tenant|visitor|patient|passenger)|people|customers|users|members|guests|tenants|visitors|they) (?:wants?|would like|needs?|tr(?:y|ies)|asks?)|(?:requests?|wishes|wanting|asking)) to `)
	listed    = regexp.MustCompile(`\s*(?:[,;]|\band\b|\bor\b|/)\s*`)
)

// Described are the things that a category's description names, as topics, and what people
// want to do.
func (r *Reader) Described(is string) []Act {
	if !r.english {
		return nil
	}
	var found []Act
	for _, sentence := range split(strings.Join(strings.Fields(is), " ")) {
		switch {
		case wanting.MatchString(sentence):
			rest := wanting.ReplaceAllString(sentence, "")
			if tokens := tagged(rest); len(tokens) < 2 || hasWord(tokens, "and", "or", ",", "their", "they", "them") {
				continue
			}
			found = append(found, one(Do, "do", rest)...)
		case describes.MatchString(sentence):
			for _, part := range listed.Split(describes.ReplaceAllString(sentence, ""), -1) {
				if tokens := tagged(part); len(tokens) > 1 && phrase(tokens) == len(tokens) && !hasWord(tokens, "its", "their", "they", "them", "other", "etc", "things", "anything", "everything") {
					found = append(found, one(Topic, "topic", part)...)
				}
			}
		}
	}
	return found
}
