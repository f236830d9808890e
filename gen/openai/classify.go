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
	endedWords = regexp.MustCompile(`credit balance is too low|insufficient (?:credits?|balance|funds|quota|user quota)|specified api usage limits|spend(?:ing)? (?:limit|cap)|(?:over|exceeded ?|max )budget|budget (?:has been |was )?exceeded|used all (?:available )?credits|(?:out of|no remaining|not? have any|doesn't have any|without) credits|credit limit exceeded|requires more credits|quota is not enough|payment (?:is )?required|key limit exceeded`)
	// endedAbroad are the words for an account without money in other languages: Chinese, Japanese,
	// Korean, Russian, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Turkish.
	endedAbroad = regexp.MustCompile(`余额|餘額|欠费|充值|儲值|额度不足|额度失败|残高|チャージ|クレジットが|잔액|충전|크레딧|баланс|недостаточно средств|пополни|guthaben|\bsolde\b|recharge[rz]|crédits? (?:insuffisants?|épuisés?)|\bsaldo\b|recarg|ricaric|credito|tegoed|środk|doładuj|bakiye`)
	endedPlain  = regexp.MustCompile(`\bwallet\b|top[ -]?up\b|recharge your|(?:add|buy|purchase) (?:more )?(?:credits|funds)|(?:credits?|funds) (?:(?:are|have been|has been|is) )?(?:depleted|exhausted|used up)|(?:no|not enough|insufficient|ran out of|run out of) (?:prepaid )?(?:credits?|funds|balance)|prepaid .{0,20}(?:depleted|exhausted)|payment method|past[ -]due|overdue|unpaid invoice`)
	rateWords   = regexp.MustCompile(`rate.?limit|rate exceeded|too many (?:concurrent )?requests|\b(?:qps|qpm|rpm|tpm)\b|requests? too frequent|频繁|速率|请求过多|リクエストが多|요청이 (?:너무 )?많|слишком много запросов|zu viele anfragen|trop de requêtes|demasiadas solicitudes`)
	quotaWords  = regexp.MustCompile(`exceeded your current quota|quota (?:has been )?(?:exceeded|exhausted)|exceeded (?:the|your) .{0,30}quota|额度|配额|kontingent|quota dépassé|\bcuota\b`)
	noneAtAll   = regexp.MustCompile(`limit: 0\b`) // Gemini, for models that a plan doesn't hold

	minuteWords = regexp.MustCompile(`per[ _-]?(?:minute|second)|perminute|persecond|per min\b|每分钟|每秒|毎分|분당|в минуту|pro minute|par minute|por minuto|al minuto|/ ?min|\b[rt]p[ms]\b`)
	dayWords    = regexp.MustCompile(`per[ _-]?day|perday|/ ?day\b|daily|\b[rt]pd\b|24 ?hours|(?:used|requests?|limit|allowance|quota|tokens) (?:for )?today|today's (?:limit|quota|allowance)|今日|今天|每日|每天|当日|本日|1日あたり|하루|일일|오늘|в (?:день|сутки)|на сегодня|суточн|дневн|tages(?:limit|kontingent)|täglich|pro tag|par jour|quotidien|journali|por día|por dia|diari|giornalier|al giorno|per dag|dagelijks|dzienn|günlük`)
	monthWords  = regexp.MustCompile(`per[ _-]?month|permonth|/ ?month\b|monthly|本月|每月|月度|今月|в месяц|monatlich|pro monat|par mois|mensuel|mensual|mensal|mensil`)

	keyWords     = regexp.MustCompile(`api key not valid|(?:invalid|incorrect|expired|unknown|missing) (?:api )?(?:key|token)\b|\bkey (?:has |is )?(?:expired|invalid|revoked|disabled|missing)|authentication (?:error|failed)|\bunauthori[sz]ed\b|无效的令牌|密钥无效`)
	filterWords  = regexp.MustCompile(`content.?(?:filter|policy|moderation|safety)|responsibleaipolicy|datainspection|inappropriate content|(?:sensitive|unsafe|harmful|prohibited) content|content .{0,30}(?:blocked|filtered|violat)|敏感|违规|不当内容`)
	noRoomWords  = regexp.MustCompile(`output limit was reached|max completion tokens reached`) // OpenAI, Groq
	tooLongWords = regexp.MustCompile(`maximum context|context (?:length|size|window)|prompt (?:is )?too long|input (?:is )?too long|request too large|max_new_tokens|token count exceeds|exceeds the maximum number of tokens|context shift is disabled|max_(?:completion_)?tokens.{0,20} is too large|reduce (?:the|your) (?:length|message|prompt)`)
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
	case hasAny(codes, "invalid_api_key", "invalid_authentication", "account_deactivated"), keyWords.MatchString(says), p.status == http.StatusUnauthorized:
		return KeyInvalid
	case hasAny(codes, "model_not_found", "deploymentnotfound"),
		p.status == http.StatusNotFound && strings.Contains(says, "model"),
		p.status == http.StatusBadRequest && hasAny(says, "not a valid model", "invalid model", "no models loaded", "model not found", "model does not exist"):
		return ModelUnknown
	case filterWords.MatchString(codes), filterWords.MatchString(says), p.status == http.StatusForbidden && strings.Contains(says, "moderation"):
		return Refused
	case p.status == http.StatusForbidden, p.status == http.StatusProxyAuthRequired, p.status == http.StatusUnavailableForLegalReasons:
		return NotAllowed
	case p.status == http.StatusNotFound, p.status == http.StatusGone, p.status == http.StatusMethodNotAllowed, p.status >= 300 && p.status <= 399:
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
	refused := tooMany || p.inSuccess || p.status == http.StatusForbidden || p.status == http.StatusPaymentRequired
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
	case hasAny(codes, endedCodes...), hasAny(says, "exceededbudget"), ended(says), quota && !strings.Contains(codes, "rate_limit"), p.status == http.StatusPaymentRequired:
		return QuotaEnded
	case hasAny(codes, "rate_limit", "slow_down"), tooMany, rateWords.MatchString(says) && p.status != http.StatusUnauthorized:
		return RateLimited
	}
	return 0
}

// ended reports whether an error says that there is nothing left to pay with.
func ended(says string) bool {
	return endedWords.MatchString(says) || endedPlain.MatchString(says) || endedAbroad.MatchString(says)
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
