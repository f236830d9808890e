package openai

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
)

var (
	// endedCodes and endedWords are of credit or spending limits that are used up: OpenAI,
	// DeepSeek, Anthropic, OpenRouter, xAI, Together, Fireworks, and the proxies LiteLLM and one-api.
	endedCodes = []string{"insufficient_quota", "credit_balance_exhausted", "_spend_limit_exceeded", "_usage_limit_exceeded", "billing_hard_limit_reached", "billing_not_active", "insufficient_balance", "insufficient_user_quota", "insufficient_credits", "budget_exceeded", "exceededbudget", "arrearage"}
	endedWords = regexp.MustCompile(`credit balance is too low|insufficient (?:credits?|balance|funds|quota|user quota)|specified api usage limits|spend(?:ing)? (?:limit|cap)|(?:over|exceeded ?|max )budget|budget (?:has been |was )?exceeded|used all (?:available )?credits|(?:out of|no remaining|not? have any|doesn't have any|without) credits|credit limit exceeded|requires more credits|quota is not enough|payment (?:is )?required|key limit exceeded|余额不足|额度不足|额度失败|欠费`)
	quotaWords = regexp.MustCompile(`exceeded your current quota|quota (?:has been )?(?:exceeded|exhausted)|exceeded (?:the|your) .{0,30}quota`)
	noneAtAll  = regexp.MustCompile(`limit: 0\b`) // Gemini, for models that a plan doesn't hold

	minuteWords = regexp.MustCompile(`per[ _-]?(?:minute|second)|perminute|persecond|per min\b|/ ?min|\b[rt]p[ms]\b`)
	dayWords    = regexp.MustCompile(`per[ _-]?day|perday|/ ?day\b|daily|\b[rt]pd\b|24 ?hours`)
	monthWords  = regexp.MustCompile(`per[ _-]?month|permonth|/ ?month\b|monthly`)

	noRoomWords  = regexp.MustCompile(`output limit was reached|max completion tokens reached`) // OpenAI, Groq
	tooLongWords = regexp.MustCompile(`maximum context|context (?:length|size|window)|prompt (?:is )?too long|input (?:is )?too long|request too large|max_new_tokens|token count exceeds|exceeds the maximum number of tokens|max_(?:completion_)?tokens.{0,20} is too large|reduce (?:the|your) (?:length|message|prompt)`)
)

// classify finds the kind. Codes come first, since endpoints disagree about the
// status: an ended quota is a 429 at OpenAI and a 402 at OpenRouter. Wait is how long the
// endpoint asks to wait, and day is true where its headers tell of a used-up day.
func (p problem) classify(limits Limits, wait time.Duration, day bool) Kind {
	codes := strings.ToLower(p.code + " " + p.kind)
	says := strings.ToLower(p.message)
	if kind := p.limited(codes, says, limits, wait, day); kind != 0 {
		return kind
	}
	switch {
	case noRoomWords.MatchString(says):
		return NoRoom
	case hasAny(says, "failed to generate json"): // Groq, of a model's own answer
		return BadAnswer
	case hasAny(codes, "invalid_api_key", "invalid_authentication", "account_deactivated"), hasAny(says, "api key not valid", "invalid api key", "incorrect api key"), p.status == http.StatusUnauthorized:
		return KeyInvalid
	case hasAny(codes, "model_not_found", "deploymentnotfound"),
		p.status == http.StatusNotFound && strings.Contains(says, "model"),
		p.status == http.StatusBadRequest && hasAny(says, "not a valid model", "invalid model", "no models loaded", "model not found", "model does not exist"):
		return ModelUnknown
	case hasAny(codes, "content_filter", "content_policy", "responsibleaipolicy"), p.status == http.StatusForbidden && strings.Contains(says, "moderation"):
		return Refused
	case p.status == http.StatusForbidden:
		return NotAllowed
	case p.status == http.StatusNotFound, p.status == http.StatusMethodNotAllowed, p.status >= 300 && p.status <= 399:
		return NotFound
	case p.status == http.StatusRequestTimeout, p.status == http.StatusGatewayTimeout:
		return Timeout
	case p.status >= 500, p.status == http.StatusConflict, p.status == http.StatusTooEarly:
		return Server
	}
	return BadRequest
}

// limited is the kind of an error that is about a limit: of money, of time or of length. It is
// 0 for others. Gemini words its limits of a minute as a quota, so what a limit is for counts
// more than what it is called.
func (p problem) limited(codes, says string, limits Limits, wait time.Duration, day bool) Kind {
	everything := strings.ToLower(p.everything)
	tooMany := p.status == http.StatusTooManyRequests
	refused := tooMany || p.status == http.StatusForbidden || p.status == http.StatusPaymentRequired
	quota := quotaWords.MatchString(says)
	forDay := day || dayWords.MatchString(everything)
	switch {
	case p.tooLong(codes, says, limits):
		return TooLong
	case noneAtAll.MatchString(says) && quota, monthWords.MatchString(says) && refused:
		return QuotaEnded
	case forDay && refused && p.status != http.StatusPaymentRequired:
		return DailyLimit
	case quota && (minuteWords.MatchString(everything) || wait > 0):
		return RateLimited
	case hasAny(codes, endedCodes...), hasAny(says, "exceededbudget"), endedWords.MatchString(says), quota && !strings.Contains(codes, "rate_limit"), p.status == http.StatusPaymentRequired:
		return QuotaEnded
	case hasAny(codes, "rate_limit", "slow_down"), tooMany:
		return RateLimited
	}
	return 0
}

// tooLong reports whether a request, or the answer that it allows, is too long for the model.
func (p problem) tooLong(codes, says string, limits Limits) bool {
	switch p.status {
	case http.StatusRequestEntityTooLarge:
		return true
	case http.StatusTooManyRequests: // too large for the tokens of a minute: no wait helps
		return strings.Contains(says, "request too large")
	case http.StatusPaymentRequired, http.StatusForbidden, http.StatusUnauthorized:
		return false
	}
	return hasAny(codes, "context_length_exceeded", "exceed_context_size", "string_above_max_length") ||
		tooLongWords.MatchString(says) || limits.Context > 0 || limits.Answer > 0
}

// daily reports whether headers tell that nothing remains of a day: Cerebras, SambaNova.
func daily(h http.Header) bool {
	for name := range h {
		lower := strings.ToLower(name)
		if strings.Contains(lower, "ratelimit-remaining") && strings.Contains(lower, "day") && h.Get(name) == "0" {
			return true
		}
	}
	return false
}

func hasAny(s string, parts ...string) bool {
	return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(s, part) })
}
