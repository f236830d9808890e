package charset

import (
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// level is the range of lead bytes in which an encoding has the ideographs of everyday
// use: level 1 of GB 2312, of JIS X 0208 and of Big5.
type level struct {
	encoding    encoding.Encoding
	first, last byte
}

var (
	levelGB   = level{simplifiedchinese.GBK, 0xB0, 0xD7}
	levelJIS  = level{japanese.EUCJP, 0xB0, 0xCF}
	levelBig5 = level{traditionalchinese.Big5, 0xA4, 0xC6}
)

// weight is how usual an ideograph is that is on no list of usual ones.
func (l level) weight(r rune) float64 {
	if l.has(r) {
		return 0.4
	}
	return -0.4
}

func (l level) has(r rune) bool {
	b, err := l.encoding.NewEncoder().String(string(r))
	return err == nil && len(b) == 2 && b[0] >= l.first && b[0] <= l.last
}
