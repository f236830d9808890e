package openai

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// retryAfter reads how long the endpoint asks to wait: milliseconds as Azure
// sends them, Retry-After in seconds or as a date, or the time until a used-up
// x-ratelimit budget is full again. 0 is "doesn't say".
func retryAfter(h http.Header, now time.Time) time.Duration {
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
	var wait time.Duration
	for _, budget := range []string{"Requests", "Tokens"} {
		if h.Get("X-Ratelimit-Remaining-"+budget) != "0" {
			continue
		}
		if d, err := time.ParseDuration(h.Get("X-Ratelimit-Reset-" + budget)); err == nil {
			wait = max(wait, seconds(d.Seconds()))
		}
	}
	if at, err := strconv.ParseInt(h.Get("X-Ratelimit-Reset"), 10, 64); err == nil && h.Get("X-Ratelimit-Remaining") == "0" {
		wait = max(wait, seconds(time.UnixMilli(at).Sub(now).Seconds())) // OpenRouter
	}
	return wait
}

// maxWait bounds a wait that an endpoint asks for: a header is not to be
// trusted with days.
const maxWait = time.Hour

// seconds turns a header's number into a wait of 0 to maxWait.
func seconds(s float64) time.Duration {
	if !(s > 0) { // NaN too
		return 0
	}
	return time.Duration(min(s, maxWait.Seconds()) * float64(time.Second))
}
