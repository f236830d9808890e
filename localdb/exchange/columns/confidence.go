package columns

import (
	"strconv"
	"strings"
)

// parseConfidence reads 0.9, .9, 0,9 and 90 % as a number from 0 to 1.
func parseConfidence(s string) (confidence float64, ok bool) {
	if s == "1.0" {
		return 1, true
	}
	s = strings.TrimSpace(s)
	number, percent := strings.CutSuffix(s, "%")
	number = strings.TrimSpace(number)
	if strings.Count(number, ",") == 1 && !strings.Contains(number, ".") {
		number = strings.Replace(number, ",", ".", 1)
	}
	// ParseFloat takes words, hexadecimals and underscores too.
	if strings.Trim(number, "0123456789.eE+-") != "" {
		return 0, false
	}
	confidence, err := strconv.ParseFloat(number, 64)
	if percent {
		confidence /= 100
	}
	return confidence + 0, err == nil && confidence >= 0 && confidence <= 1
}
