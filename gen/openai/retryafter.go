package openai

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// retryAfter reads how long the endpoint asks to wait: milliseconds as Azure
// sends them, Retry-After in seconds or as a date, or the error's own words; where
// it says none of that, the time until a used-up budget is full again. 0 is
// "doesn't say".
func retryAfter(h http.Header, words string, now time.Time) time.Duration {
	asked := max(headerWait(h, now), waitIn(words, now))
	if asked > 0 {
		return asked
	}
	return budgetWait(h, now)
}

func headerWait(h http.Header, now time.Time) time.Duration {
	if ms, err := strconv.ParseFloat(h.Get("Retry-After-Ms"), 64); err == nil {
		return seconds(ms / 1000)
	}
	after := strings.TrimSpace(h.Get("Retry-After"))
	if s, err := strconv.ParseFloat(after, 64); err == nil {
		return seconds(s)
	}
	if at, err := http.ParseTime(after); err == nil {
		return seconds(at.Sub(now).Seconds())
	}
	return 0
}

// budgetWait is the time until the budgets are full again of which nothing remains, by the
// headers that pair x-ratelimit-remaining with x-ratelimit-reset for requests and tokens, and a
// minute or a day: OpenAI, Groq, Cerebras, OpenRouter, Anthropic.
func budgetWait(h http.Header, now time.Time) time.Duration {
	var wait time.Duration
	for name := range h {
		lower := strings.ToLower(name)
		if !strings.Contains(lower, "ratelimit") || !strings.Contains(lower, "reset") || h.Get(strings.Replace(lower, "reset", "remaining", 1)) != "0" {
			continue
		}
		wait = max(wait, until(h.Get(name), now))
	}
	return wait
}

// until reads a time to wait or to wait for: "1m30s", seconds, the seconds or milliseconds of
// Unix time, or a date.
func until(value string, now time.Time) time.Duration {
	if d, err := time.ParseDuration(value); err == nil {
		return seconds(d.Seconds())
	}
	if at, err := time.Parse(time.RFC3339, value); err == nil {
		return seconds(at.Sub(now).Seconds())
	}
	n, err := strconv.ParseFloat(value, 64)
	const unixSeconds, unixMillis = 1e9, 1e12 // of 2001; no wait is as long
	switch {
	case err != nil:
		return 0
	case n >= unixMillis:
		return seconds(time.UnixMilli(int64(min(n, 1e15))).Sub(now).Seconds())
	case n >= unixSeconds:
		return seconds(n - float64(now.Unix()))
	}
	return seconds(n)
}

var (
	// waitWords are "Please try again in 7m12s", "retry after 86400 seconds", Google's
	// "retryDelay": "20s", and the like, also within JSON within a string.
	waitWords = regexp.MustCompile(`(?i)(?:try again|retry(?:ing)?|retrydelay|retry[_-]after(?:[_-]seconds)?|wait|resets?|available)[\\": ]*(?:again )?(?:in|after|for|at least)?[\\": ]*(?:about |approximately )?((?:\d+(?:\.\d+)?\s*(?:ms|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)\b[\s,]*(?:and )?|\d+(?:\.\d+)?(?:ms|s|m|h|d))+)`)
	waitPart  = regexp.MustCompile(`(?i)(\d+(?:\.\d+)?)\s*(ms|milli|s|m|h|d)`)
	// untilWords are "regain access on 2026-12-01 at 00:00 UTC" and "resets at: …".
	untilWords = regexp.MustCompile(`(?i)(?:regain|resets?|again|until|retry|available|renews?)\b[^.]{0,60}?(\d{4}-\d{2}-\d{2})(?:t| at | )\s*(\d{2}:\d{2})(:\d{2})?`)
	resetField = regexp.MustCompile(`(?i)x-ratelimit-reset[\\": ]+(\d{10,13})`) // OpenRouter repeats headers in the error
)

// waitIn finds a time to wait, or to wait for, in an error's words. Times are taken for UTC.
func waitIn(words string, now time.Time) time.Duration {
	if m := untilWords.FindStringSubmatch(words); m != nil {
		if at, err := time.Parse("2006-01-02 15:04", m[1]+" "+m[2]); err == nil {
			return seconds(at.Sub(now).Seconds())
		}
	}
	if m := resetField.FindStringSubmatch(words); m != nil {
		return until(m[1], now)
	}
	var longest time.Duration
	for _, m := range waitWords.FindAllStringSubmatch(words, 10) {
		var sum float64
		for _, part := range waitPart.FindAllStringSubmatch(m[1], 6) {
			n, _ := strconv.ParseFloat(part[1], 64)
			sum += n * map[string]float64{"ms": 0.001, "milli": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400}[strings.ToLower(part[2])]
		}
		longest = max(longest, seconds(sum))
	}
	if longest == 0 {
		return waitAbroad(words)
	}
	return longest
}

var (
	againWords = regexp.MustCompile(`(?i)重试|再试|重試|再試|以后|之后|後に|再度|다시|повтор|через|попробуйте|erneut|wieder|réessay|ressay|reint|inténtelo|tente|riprov|opnieuw|ponow|tekrar`)
	timeAbroad = regexp.MustCompile(`(?i)(\d+(?:[.,]\d+)?)\s*(秒|초|сек|sek|seg|sec|saniye|s\b|分钟|分鐘|分|분|мин|min|dakika|小时|小時|時間|시간|час|stunde|std|heure|hora|ora|uur|godz|saat|h\b|天|日|일|дн|tag|jour|día|dia|giorn|dag|gün)`)
)

// secondsIn are the units of [timeAbroad] in seconds.
var secondsIn = map[string]float64{
	"分钟": 60, "分鐘": 60, "分": 60, "분": 60, "мин": 60, "min": 60, "dakika": 60,
	"小时": 3600, "小時": 3600, "時間": 3600, "시간": 3600, "час": 3600, "stunde": 3600, "std": 3600, "heure": 3600, "hora": 3600, "ora": 3600, "uur": 3600, "godz": 3600, "saat": 3600, "h": 3600,
	"天": 86400, "日": 86400, "일": 86400, "дн": 86400, "tag": 86400, "jour": 86400, "día": 86400, "dia": 86400, "giorn": 86400, "dag": 86400, "gün": 86400,
}

// waitAbroad finds a time to wait in words of other languages.
func waitAbroad(words string) time.Duration {
	if !againWords.MatchString(words) {
		return 0
	}
	m := timeAbroad.FindStringSubmatch(words)
	if m == nil {
		return 0
	}
	n, _ := strconv.ParseFloat(strings.Replace(m[1], ",", ".", 1), 64)
	unit := secondsIn[strings.ToLower(m[2])]
	if unit == 0 {
		unit = 1
	}
	return seconds(n * unit)
}

// maxWait bounds a wait that an endpoint asks for. Limits for a month are the longest.
const maxWait = 31 * 24 * time.Hour

// seconds turns a number into a wait of 0 to maxWait.
func seconds(s float64) time.Duration {
	if !(s > 0) { // NaN too
		return 0
	}
	return time.Duration(min(s, maxWait.Seconds()) * float64(time.Second))
}

var (
	midnightUTC     = regexp.MustCompile(`(?i)midnight,? \(?(?:utc|gmt)|(?:00:00|12 ?am) \(?(?:utc|gmt)`)
	midnightPacific = regexp.MustCompile(`(?i)midnight,? \(?(?:pacific|pst|pt)\b`)
)

// untilReset is the time until a daily limit ends whose error doesn't say when: Gemini's day ends
// at midnight in California (https://ai.google.dev/gemini-api/docs/rate-limits), which is 08:00
// UTC at the latest, and OpenRouter's at midnight UTC. 0 is unknown.
func untilReset(words string, now time.Time) time.Duration {
	var hour int
	switch {
	case strings.Contains(words, "quotaId"), midnightPacific.MatchString(words):
		hour = 8
	case midnightUTC.MatchString(words):
	case !strings.Contains(words, "openrouter.ai"):
		return 0
	}
	utc := now.UTC()
	at := time.Date(utc.Year(), utc.Month(), utc.Day(), hour, 0, 0, 0, time.UTC)
	if !at.After(utc) {
		at = at.AddDate(0, 0, 1)
	}
	return at.Sub(utc)
}
