package kbsource

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Mark is how far conversations were read, for the next reading to go on from there. It
// holds no text of theirs.
type Mark struct {
	Created string   `json:"created,omitempty"` // of the newest turn, as the table has it, in UTC
	Rows    []string `json:"rows,omitempty"`    // those of that time, as hashes
	Updated string   `json:"updated,omitempty"` // the newest change, where the table says so
}

// IsZero reports whether nothing was read before.
func (m Mark) IsZero() bool { return m.Created == "" }

// Time is the mark's time, for people; zero where it can't be read.
func (m Mark) Time() time.Time { return parseTime(m.Created) }

// mostMarked bounds how many rows of the newest time a mark holds. Where there are more,
// as with days instead of times, those of that time are read again.
const mostMarked = 10_000

// marker moves a mark on, row by row.
type marker struct {
	created, updated         string
	createdTime, updatedTime time.Time
	rows                     map[string]bool
}

func newMarker(m Mark) *marker {
	k := &marker{created: m.Created, updated: m.Updated, createdTime: parseTime(m.Created), updatedTime: parseTime(m.Updated), rows: map[string]bool{}}
	for _, row := range m.Rows {
		k.rows[row] = true
	}
	return k
}

// rowHash tells rows of the same time apart.
func rowHash(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:6])
}

// add moves the mark on to a row if that is newer.
func (k *marker) add(row turnRow) {
	if at := parseTime(row.created); !at.IsZero() {
		if k.created == "" || at.After(k.createdTime) {
			k.created, k.createdTime = row.created, at
			clear(k.rows)
		}
		if at.Equal(k.createdTime) && len(k.rows) <= mostMarked {
			k.rows[rowHash(row.key)] = true
		}
	}
	if at := parseTime(row.updated); at.After(k.updatedTime) {
		k.updated, k.updatedTime = row.updated, at
	}
}

// met tells whether a row was read before, and if so, whether it was changed since.
func (k *marker) met(row turnRow) (before, changed bool) {
	if k.created == "" {
		return false, false
	}
	at, changes := parseTime(row.created), k.updatedTime
	if changes.IsZero() {
		changes = k.createdTime
	}
	before = at.Before(k.createdTime) || at.Equal(k.createdTime) && k.rows[rowHash(row.key)]
	return before, before && parseTime(row.updated).After(changes)
}

func (k *marker) mark() Mark {
	m := Mark{Created: k.created, Updated: k.updated}
	if len(k.rows) <= mostMarked {
		m.Rows = slices.Sorted(maps.Keys(k.rows))
	}
	return m
}

// timeLayouts are how times are written in text columns, and by PostgreSQL itself.
var timeLayouts = []string{
	"2006-01-02 15:04:05.999999999-07", "2006-01-02 15:04:05.999999999-07:00", "2006-01-02 15:04:05.999999999", time.DateOnly,
	time.RFC3339Nano, "2006-01-02T15:04:05.999999999-0700", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02 15:04",
	"2006-01-02 15:04:05.999999999 -0700", "2006-01-02 15:04:05.999999999 MST", "2006/01/02 15:04:05", time.RFC1123Z, time.RFC1123, time.RFC850, time.ANSIC,
}

// ParseTime reads a time that a person wrote, in UTC unless it says otherwise.
func ParseTime(text string) (time.Time, error) {
	if at := parseTime(text); !at.IsZero() {
		return at, nil
	}
	return time.Time{}, fmt.Errorf("%q is no time", text)
}

// parseTime reads a time as text or as seconds, milliseconds, microseconds or nanoseconds
// since 1970. It is zero for anything else, such as infinity.
func parseTime(text string) time.Time {
	text = strings.Trim(text, " \t\r\n\"")
	if n, err := strconv.ParseFloat(text, 64); err == nil {
		for _, unit := range []time.Duration{time.Second, time.Millisecond, time.Microsecond, time.Nanosecond} {
			if n > earliestEpoch && n < latestEpoch {
				if whole, err := strconv.ParseInt(text, 10, 64); err == nil {
					perSecond := int64(time.Second / unit)
					return time.Unix(whole/perSecond, whole%perSecond*int64(unit)).UTC()
				}
				return time.UnixMicro(int64(n * 1e6)).UTC()
			}
			n /= 1000
		}
		return time.Time{}
	}
	for _, layout := range timeLayouts {
		if at, err := time.Parse(layout, text); err == nil {
			return at.UTC()
		}
	}
	return time.Time{}
}

// Numbers between these are seconds, of 1973 to 2286.
const (
	earliestEpoch = 1e8
	latestEpoch   = 1e10
)

// since is a condition for what was said at a time or later. Of times that are texts it
// only compares the day.
func (c column) since(at time.Time) string {
	switch c.category {
	case "D":
		return fmt.Sprintf("%s >= %s::timestamptz", quoted(c.name), literal(at.UTC().Format(time.RFC3339Nano)))
	case "N":
		n := quoted(c.name) + "::numeric"
		return fmt.Sprintf("%[1]s >= %[2]d * CASE WHEN %[1]s < 1e10 THEN 1 WHEN %[1]s < 1e13 THEN 1000 WHEN %[1]s < 1e16 THEN 1000000 ELSE 1000000000 END", n, at.Unix())
	}
	return fmt.Sprintf("%s >= %s", c.sortable(), literal(at.UTC().AddDate(0, 0, -1).Format(time.DateOnly)))
}

// compare is a condition on a value that this column had.
func (c column) compare(operator, value string) string {
	if c.sortable() != quoted(c.name) {
		return c.sortable() + operator + literal(value)
	}
	return c.sortable() + operator + literal(value) + "::" + c.typ
}

// hasInfinity is true of times that can be infinite, which is no time.
func (c column) hasInfinity() bool {
	return c.category == "D" && (strings.HasPrefix(c.typ, "timestamp") || c.typ == "date")
}
