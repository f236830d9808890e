package exchange

import (
	"strconv"
	"strings"
	"time"
)

var timeLayouts = []string{
	time.RFC3339Nano, "2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999Z07", "2006-01-02 15:04:05.999999999 -0700 MST",
	"2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999", "2006-01-02 15:04", "2006-01-02", "2006/01/02 15:04:05", "2006/01/02",
	time.RFC1123Z, time.RFC1123, time.UnixDate, time.RubyDate,
}

// ParseTime reads a time in one of the usual forms, or a number since 1970; the
// zero time where it is none of them, since a row is good without.
func ParseTime(s string) time.Time {
	s = strings.TrimSpace(s)
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		return SinceEpoch(n)
	}
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

// SinceEpoch reads seconds, milliseconds or microseconds since 1970, told apart
// by their size; anything out of 1973 to 5138 is no time.
func SinceEpoch(n float64) time.Time {
	switch {
	case n >= 1e8 && n < 1e11:
		return time.UnixMicro(int64(n * 1e6)).UTC()
	case n >= 1e11 && n < 1e14:
		return time.UnixMicro(int64(n * 1e3)).UTC()
	case n >= 1e14 && n < 1e17:
		return time.UnixMicro(int64(n)).UTC()
	}
	return time.Time{}
}
