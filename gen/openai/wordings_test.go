package openai_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"seedbed/gen/openai"
)

// TestHowLimitsAreWorded holds the words of limits that aren't in package dialects.
func TestHowLimitsAreWorded(t *testing.T) {
	const minute = 90 * time.Second // at most, for limits of a minute
	soon := time.Now().UTC().Add(50 * time.Hour).Truncate(time.Minute)
	type header = map[string]string
	tests := []struct {
		name   string
		status int
		header header
		words  string
		kind   openai.Kind
		wait   time.Duration // about; 0 none
	}{
		{"OpenAI, tokens of a minute", 429, nil, "Rate limit reached for gpt-4o in organization org-x on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000. Please try again in 6.66s.", openai.RateLimited, 6660 * time.Millisecond},
		{"OpenAI, milliseconds", 429, nil, "Rate limit reached on requests per min. Limit: 3 / min. Please try again in 120ms.", openai.RateLimited, 120 * time.Millisecond},
		{"OpenAI, three a minute", 429, nil, "Rate limit reached for default-gpt-3.5 on requests per min. Limit 3, Requested 1. Please try again in 20s.", openai.RateLimited, 20 * time.Second},
		{"OpenAI, a day", 429, header{"X-Ratelimit-Remaining-Requests": "0", "X-Ratelimit-Reset-Requests": "17m16.799s"}, "Rate limit reached on requests per day (RPD): Limit 200, Used 200, Requested 1.", openai.DailyLimit, 17*time.Minute + 16800*time.Millisecond},
		{"Groq, a day", 429, header{"Retry-After": "433"}, "Rate limit reached for model `x` on requests per day (RPD): Limit 1000, Used 1000, Requested 1. Please try again in 1h12m.", openai.DailyLimit, 72 * time.Minute},
		{"Gemini, a model that isn't in the plan", 429, nil, "You exceeded your current quota. Quota exceeded for metric: generate_content_free_tier_requests, limit: 0, model: gemini-2.5-pro. Please retry in 20.04466179s.", openai.QuotaEnded, 20 * time.Second},
		{"Gemini, a minute without details", 429, nil, "You exceeded your current quota, please check your plan and billing details. Please retry in 20.5s.", openai.RateLimited, 20500 * time.Millisecond},
		{"Gemini, nothing but that", 429, nil, "Resource has been exhausted (e.g. check quota).", openai.RateLimited, 0},
		{"Vertex", 429, nil, "Quota exceeded for aiplatform.googleapis.com/generate_content_requests_per_minute_per_project_per_base_model with base model: gemini-pro.", openai.RateLimited, 0},
		{"Anthropic, spending", 400, nil, "You have reached your specified API usage limits. You will regain access on " + soon.Format("2006-01-02 at 15:04") + " UTC.", openai.QuotaEnded, 50 * time.Hour},
		{"Anthropic, credit", 400, nil, "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.", openai.QuotaEnded, 0},
		{"Anthropic, overloaded", 529, nil, "Overloaded", openai.Server, 0},
		{"Mistral, capacity", 429, nil, "Service tier capacity exceeded for this model.", openai.RateLimited, 0},
		{"llama.cpp, no context shift", 500, nil, "context shift is disabled", openai.TooLong, 0},
		{"Together", 429, nil, "You have reached the rate limit specific to this model. The maximum rate limit for this model is 0.6 queries per minute.", openai.RateLimited, 0},
		{"Cohere, trial, a minute", 429, nil, "You are using a Trial key, which is limited to 20 API calls / minute.", openai.RateLimited, 0},
		{"Cohere, trial, a month", 429, nil, "You are using a Trial key, which is limited to 1000 API calls / month. You can continue to use the Trial key for free or upgrade to a Production key.", openai.QuotaEnded, 0},
		{"DeepSeek", 402, nil, "Insufficient Balance", openai.QuotaEnded, 0},
		{"OpenRouter, credit", 402, nil, "This request requires more credits, or fewer max_tokens. You requested up to 4096 tokens, but can only afford 120.", openai.QuotaEnded, 0},
		{"OpenRouter, key, a day", 403, nil, "Key limit exceeded (daily limit). Manage it using https://openrouter.ai/settings/keys", openai.DailyLimit, 0},
		{"OpenRouter, key, a month", 403, nil, "Key limit exceeded (monthly limit). Manage it using https://openrouter.ai/settings/keys", openai.QuotaEnded, 0},
		{"Azure", 429, header{"Retry-After": "86400"}, "Your requests to gpt-4 have exceeded the token rate limit. Please retry after 86400 seconds.", openai.RateLimited, 24 * time.Hour},
		{"xAI, none yet", 403, nil, "The caller does not have permission to execute the specified operation. Your newly created team doesn't have any credits yet.", openai.QuotaEnded, 0},
		{"Cerebras, a minute", 429, header{"X-Ratelimit-Remaining-Tokens-Minute": "0", "X-Ratelimit-Reset-Tokens-Minute": "11.38"}, "Requests per minute limit exceeded - too many requests sent.", openai.RateLimited, 11380 * time.Millisecond},
		{"Cerebras, a day", 429, header{"X-Ratelimit-Remaining-Requests-Day": "0", "X-Ratelimit-Reset-Requests-Day": "33011.38"}, "We're experiencing high traffic.", openai.DailyLimit, 33011 * time.Second},
		{"Fireworks", 412, nil, "Account somebody is suspended, possibly due to reaching the monthly spending limit or failure to pay past invoices.", openai.QuotaEnded, 0},
		{"SambaNova", 429, header{"X-Ratelimit-Remaining-Requests-Day": "0", "X-Ratelimit-Reset-Requests-Day": fmt.Sprint(soon.Add(-40 * time.Hour).Unix())}, "Rate limit exceeded", openai.DailyLimit, 10 * time.Hour},
		{"Bedrock, a minute", 429, nil, "Too many tokens, please wait before trying again.", openai.RateLimited, 0},
		{"Bedrock, a day", 429, nil, "Too many tokens per day, please wait before trying again.", openai.DailyLimit, 0},
		{"LiteLLM, budget", 429, nil, "Budget has been exceeded! Current cost: 11.2, Max budget: 10.0", openai.QuotaEnded, 0},
		{"LiteLLM, deployments", 429, nil, "No deployments available for selected model, Try again in 60 seconds. Passed model=gpt-4.", openai.RateLimited, time.Minute},
		{"one-api", 403, nil, "user quota is not enough", openai.QuotaEnded, 0},
		{"one-api, Chinese", 403, nil, "预扣费额度失败, 用户剩余额度: ＄0.01", openai.QuotaEnded, 0},
		{"Zhipu", 429, nil, "余额不足或无可用资源包,请充值。", openai.QuotaEnded, 0},
		{"German, a day", 429, nil, "Ihr Tageskontingent ist erschöpft.", openai.DailyLimit, 0},
		{"Chinese, a day", 429, nil, "今日免费额度已用完，请明天再试", openai.DailyLimit, 0},
		{"used today", 429, nil, "Free tier limit reached: 200 of 200 requests used today.", openai.DailyLimit, 0},
		{"German, money", 403, nil, "Ihr Guthaben reicht nicht aus. Bitte laden Sie Ihr Konto auf.", openai.QuotaEnded, 0},
		{"French, money", 403, nil, "Solde insuffisant. Veuillez recharger votre compte.", openai.QuotaEnded, 0},
		{"Spanish, money", 400, nil, "Saldo insuficiente para realizar esta operación.", openai.QuotaEnded, 0},
		{"Chinese, money", 403, nil, "账户余额已用尽，请充值后重试", openai.QuotaEnded, 0},
		{"Japanese, money", 403, nil, "残高が不足しています。チャージしてください。", openai.QuotaEnded, 0},
		{"Korean, money", 403, nil, "잔액이 부족합니다. 충전 후 다시 시도해 주세요.", openai.QuotaEnded, 0},
		{"Russian, money", 403, nil, "Недостаточно средств на балансе. Пополните счёт.", openai.QuotaEnded, 0},
		{"a wallet", 429, nil, "Your wallet is empty. Please top up to continue.", openai.QuotaEnded, 0},
		{"prepaid", 429, nil, "Prepaid credits depleted for this workspace.", openai.QuotaEnded, 0},
		{"Chinese, seconds", 429, nil, "请求过于频繁，请 3 秒后重试", openai.RateLimited, 3 * time.Second},
		{"German, seconds", 429, nil, "Zu viele Anfragen. Bitte versuchen Sie es in 3 Sekunden erneut.", openai.RateLimited, 3 * time.Second},
		{"French, a quota of a minute", 429, nil, "Trop de requêtes par minute : quota dépassé. Réessayez dans 2 minutes.", openai.RateLimited, 2 * time.Minute},
		{"Google, a rate as 403", 403, nil, "Rate Limit Exceeded", openai.RateLimited, 0},
		{"OpenAI, no room", 400, nil, "Could not finish the message because max_tokens or model output limit was reached. Please try again with higher max_tokens.", openai.NoRoom, 0},
		{"Groq, no room", 400, nil, "max completion tokens reached before generating a valid document", openai.NoRoom, 0},
		{"Groq, no JSON", 400, nil, "Failed to generate JSON. Please adjust your prompt. See 'failed_generation' for more details.", openai.BadAnswer, 0},
		{"minutes and seconds", 429, nil, "Slow down. Try again in 1 minute and 30 seconds.", openai.RateLimited, minute},
		{"an hour", 429, header{"Retry-After": "3600"}, "Slow down.", openai.RateLimited, time.Hour},
		{"a date", 503, header{"Retry-After": soon.Format(http.TimeFormat)}, "Under maintenance.", openai.Server, 50 * time.Hour},
		{"in the body", 429, nil, `Slow down","retry_after":"30 s`, openai.RateLimited, 30 * time.Second},
		{"a region", 403, nil, "Country, region, or territory not supported", openai.NotAllowed, 0},
		{"a parameter", 400, nil, "Invalid value for 'top_p'.", openai.BadRequest, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			client := raw(t, "m", func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodGet {
					return
				}
				for name, value := range test.header {
					w.Header().Set(name, value)
				}
				send(w, test.status, `{"error":{"message":"`+strings.ReplaceAll(test.words, "`", "'")+`"}}`)
			})
			request := ask()
			request.Schema = nil // or the first refusal would be taken for one of the format
			_, err := client.Complete(t.Context(), request)
			e := failure(t, err)
			if e.Kind != test.kind {
				t.Errorf("kind %d, want %d: %v", e.Kind, test.kind, e)
			}
			if test.name == "OpenRouter, key, a day" { // midnight
				test.wait = min(e.RetryAfter, 24*time.Hour)
			}
			if wantFree := test.kind != openai.NoRoom && test.kind != openai.BadAnswer; e.Free != wantFree {
				t.Errorf("free: %t", e.Free)
			}
			if off := e.RetryAfter - test.wait; off < -2*time.Minute || off > 2*time.Second || (test.wait < time.Hour && off < -2*time.Second) {
				t.Errorf("wait %v, want %v", e.RetryAfter, test.wait)
			}
			if words, _, _ := strings.Cut(test.words, ":"); !strings.Contains(e.Error(), strings.Fields(words)[0]) {
				t.Errorf("its own words are lost: %v", e)
			}
		})
	}
}

func TestHowLengthsAreWorded(t *testing.T) {
	type limits = openai.Limits
	for _, test := range []struct {
		status int
		words  string
		want   limits
	}{
		{400, "This model's maximum context length is 1500 tokens. However, you requested 1690 tokens (434 in the messages, 1256 in the completion). Please reduce the length of the messages or completion.", limits{Context: 1500, Prompt: 434}},
		{400, "'max_tokens' or 'max_completion_tokens' is too large: 1256. This model's maximum context length is 1500 tokens and your request has 434 input tokens (1256 > 1500 - 434). None", limits{Context: 1500, Prompt: 434}},
		{400, "You passed 434 input tokens and requested 1256 output tokens. However, the model's context length is only 1500 tokens, resulting in a maximum input length of 244 tokens.", limits{Context: 1500, Prompt: 434}},
		{400, "input length and 'max_tokens' exceed context limit: 434 + 1256 > 1500, decrease input length or 'max_tokens' and try again", limits{Context: 1500, Prompt: 434}},
		{400, "prompt is too long: 208310 tokens > 200000 maximum", limits{Context: 200000, Prompt: 208310}},
		{400, "max_tokens: 10000 > 8192, which is the maximum allowed number of output tokens for claude-3-5", limits{Answer: 8192}},
		{400, "max_tokens is too large: 4096. This model supports at most 1024 completion tokens, whereas you provided 4096.", limits{Answer: 1024}},
		{400, "'max_tokens' must be less than or equal to '8192', the maximum value for 'max_tokens' is less than the 'context_window' for this model", limits{Answer: 8192}},
		{422, "Input validation error: 'inputs' tokens + 'max_new_tokens' must be <= 1512. Given: 434 'inputs' tokens and 1256 'max_new_tokens'", limits{Context: 1512, Prompt: 434}},
		{400, "Requested token count exceeds the model's maximum context length of 1500 tokens. You requested a total of 1690 tokens: 434 tokens from the input messages and 1256 tokens for the completion.", limits{Context: 1500, Prompt: 434}},
		{400, "<400> InternalError.Algo.InvalidParameter: Range of max_tokens should be [1, 2048]", limits{Answer: 2048}},
		{400, "Invalid max_tokens value, the valid range of max_tokens is [1, 8192]", limits{Answer: 8192}},
		{400, "The parameter 'max_completion_tokens' specified in the request are not valid: integer above maximum value, expected a value <= 12288, but got 32000 instead.", limits{Answer: 12288}},
		{400, "max_tokens: Too big: expected number to be <=32768", limits{Answer: 32768}},
		{422, "max_tokens: Input should be less than or equal to 4096", limits{Answer: 4096}},
		{400, "too many tokens: max tokens must be less than or equal to 4,096, the maximum output length for this model", limits{Answer: 4096}},
		{400, "Unable to submit request because it has a maxOutputTokens value of 100000 but the supported range is from 1 (inclusive) to 8193 (exclusive).", limits{Answer: 8192}},
		{400, "The input token count (1,200,000) exceeds the maximum number of tokens allowed (1048576).", limits{Context: 1048576, Prompt: 1200000}},
		{400, "Requests with max_tokens > 4096 must have stream=true", limits{Answer: 4096}},
		{400, "request (1407 tokens) exceeds the available context size (256 tokens), try increasing it", limits{Context: 256, Prompt: 1407}},
		{500, "Requested tokens (2285) exceed context window of 2048", limits{Context: 2048, Prompt: 2285}},
		{400, "Trying to keep the first 5000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough.", limits{Context: 4096}},
		{400, "Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length", limits{Context: 32768, Prompt: 40000}},
		{400, "max_tokens must be between 1 and 700", limits{Answer: 700}},
		{400, "Parameter max_tokens darf höchstens 700 sein", limits{Answer: 700}},
		{400, "the sum of prompt tokens and max_tokens must not exceed 1800 but got 2600", limits{Context: 1800}},
		{400, "输入长度超过模型最大上下文长度1800，请缩短输入", limits{Context: 1800}},
		{400, "prompt too long; exceeded max context length by 300 tokens", limits{}},
		{413, "Request too large for model 'x' on tokens per minute (TPM): Limit 6000, Requested 7012, please reduce your message size and try again.", limits{Context: 6000}},
		{429, "Request too large for gpt-4o in organization org-x on tokens per min (TPM): Limit 30000, Requested 40000. The input or output tokens must be reduced in order to run successfully.", limits{Context: 30000}},
		{402, "This request requires more credits, or fewer max_tokens. You requested up to 4096 tokens, but can only afford 120.", limits{Answer: 120}},
	} {
		client := raw(t, "m", func(w http.ResponseWriter, _ *http.Request) {
			send(w, test.status, `{"error":{"message":"`+test.words+`"}}`)
		})
		request := ask()
		_, err := client.Complete(t.Context(), request)
		e := failure(t, err)
		if e.Limits != test.want || e.Kind != openai.TooLong && test.status != 402 {
			t.Errorf("%s\nkind %d, %+v", test.words, e.Kind, e.Limits)
		}
	}
}

// FuzzErrors looks for words that break the reader of errors.
func FuzzErrors(f *testing.F) {
	f.Add(429, "Please try again in 7m12s, 434 + 1256 > 1500", "1e9")
	f.Add(400, "range of max_tokens should be [1, 999999999999999999999]", "-1")
	f.Add(429, `{"error":{"message":"{\"error\":{\"message\":\"resets at 9999-99-99 99:99\"}}"}}`, "Fri, 31 Dec 9999 23:59:59 GMT")
	f.Add(200, `[{"error":{"code":"418","details":[{"retryDelay":"1e5s"}]}}]`, "NaN")
	f.Fuzz(func(t *testing.T, status int, words, after string) {
		if status < 200 || status > 599 {
			status = 400
		}
		e := openai.ReadError(status, http.Header{"Retry-After": {after}}, []byte(words))
		if e == nil {
			return
		}
		if e.Kind == 0 || e.RetryAfter < 0 || e.RetryAfter > 31*24*time.Hour || e.Limits.Context < 0 || e.Limits.Answer < 0 || e.Limits.Prompt < 0 || e.Error() == "" {
			t.Errorf("%+v", e)
		}
	})
}
