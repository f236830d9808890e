package pii

import (
	"slices"
	"strings"
	"unicode"
)

var (
	// tokenPattern has the forms that services give their keys, so that leaks are found.
	tokenPattern = pattern(`eyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*){0,3}` + // JSON web tokens
		`|(?:sk|pk|rk)[-_][A-Za-z0-9_-]{16,}` + // OpenAI, Anthropic, Stripe
		`|gh[opsur]_[A-Za-z0-9]{16,}|github_pat_\w{20,}|glpat-[\w-]{16,}` +
		`|(?:AKIA|ASIA|AROA|AIDA)[0-9A-Z]{16}` + // Amazon
		`|xox[a-z]-[\w-]{10,}|xapp-[\w-]{10,}` + // Slack
		`|AIza[\w-]{30,}|ya29\.[\w-]{16,}` + // Google
		`|npm_[A-Za-z0-9]{30,}|pypi-[\w-]{30,}|hf_[A-Za-z0-9]{20,}|SG\.[\w-]{16,}\.[\w-]{16,}|dop_v1_[0-9a-f]{32,}|shp(?:at|ss)_[0-9a-fA-F]{24,}|EAA[A-Za-z0-9]{40,}`)
	bearerPattern = pattern(`(?i)\b(?:bearer|basic)\s+([A-Za-z0-9._~+/-]{12,}=*)`)
	privateKey    = pattern(`(?s)-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----.*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)`)
	secretWords   = []string{
		"password", "passwd", "pwd", "passcode", "passphrase", "api key", "api_key", "api-key", "apikey", "secret", "token", "access key", "access_key", "private key",
		"passwort", "kennwort", "geheimwort", "mot de passe", "contraseña", "contrasena", "clave", "senha", "palavra-passe", "wachtwoord", "hasło", "hasłem", "lösenord", "passord", "adgangskode", "salasana", "heslo",
		"şifre", "parola", "пароль", "пароля", "パスワード", "暗証番号", "密码", "密碼", "口令", "كلمة السر", "كلمة المرور", "رمز عبور", "पासवर्ड", "비밀번호", "סיסמה", "סיסמא", "mật khẩu", "kata sandi", "jelszó", "κωδικός", "รหัสผ่าน",
	}
	// secretValue is what follows such a word: perhaps a verb or sign, and the secret.
	secretValue = pattern(`^(?:m|im)?["'”]?(?:\s*(?:[:=]|=>|->)\s*|(?:\s+(?:number|is|was|ist|lautet|war|es|est|è|é|to|är|er|on|là|adalah|είναι))+\s*:?\s*|\s*(?:は|是|为|為|는|은|הוא|هي|هو|है)\s*|\s+)["'“]?([^\s"'”“<>\x00,;。、，！]{4,})`)
)

// findSecrets finds keys and tokens by the forms that services give them, private keys,
// and what stands behind a word such as "password".
func findSecrets(t *folded) (spans []span) {
	if t.counts['-'] >= 10 && strings.Contains(t.text, "PRIVATE KEY-----") {
		for _, m := range privateKey().FindAllStringIndex(t.text, -1) {
			if !strings.Contains(t.text[m[0]:m[1]], "\x00") {
				spans = append(spans, span{m[0], m[1]})
			}
		}
	}
	if t.marks&tokenMark != 0 {
		for _, s := range slices.Concat(matches(tokenPattern(), t.text), groups(bearerPattern(), t.text)) {
			if mixed(t.text[s.start:s.end]) {
				spans = append(spans, s)
			}
		}
	}
	if t.marks&secretMark == 0 || t.digits == 0 && !strings.ContainsAny(t.text, ":=!#$_-&%*+") {
		return spans
	}
	lower := strings.Map(lowerSameSize, t.text)
	for _, word := range secretWords {
		for at := 0; ; {
			i := strings.Index(lower[at:], word)
			if i < 0 {
				break
			}
			at += i + len(word)
			m := secretValue().FindStringSubmatchIndex(t.text[at:])
			if m == nil {
				continue
			}
			s := span{at + m[2], at + m[3]}
			for s.end > s.start && strings.IndexByte(".?:)]}", t.text[s.end-1]) >= 0 {
				s.end--
			}
			s.end = s.start + trimUnspaced(t.text[s.start:s.end])
			signed := strings.ContainsAny(t.text[at:s.start], ":=")
			if isSecret(t.text[s.start:s.end], signed) {
				spans = append(spans, s)
			}
		}
	}
	return spans
}

// trimUnspaced cuts a Japanese or Chinese ending off a Latin word, and returns the
// length that is left.
func trimUnspaced(text string) int {
	for i, r := range text {
		if i > 0 && isUnspaced(r) && text[i-1] < 0x80 {
			return i
		}
	}
	return len(text)
}

// isSecret tells a password from the words that people write after "password". Behind
// a colon a digit or a sign is enough, elsewhere it takes letters as well.
func isSecret(text string, signed bool) bool {
	if len(text) < 4 || strings.Contains(text, "://") {
		return false
	}
	var letters, digit, signs int
	for i, r := range text {
		switch {
		case unicode.IsLetter(r):
			letters++
		case unicode.IsDigit(r):
			digit++
		case strings.ContainsRune("-'./[(", r): // as in words, links, masks
			if digit == 0 && i == 0 {
				return false
			}
		case i == len(text)-1 && r == '!' && !signed: // of a sentence, perhaps
		default:
			signs++
		}
	}
	return letters > 0 && digit+signs > 0 || signed && digit >= 4
}

// mixed is true of a token with both letters and digits, as nearly all random ones have.
func mixed(token string) bool {
	return strings.ContainsAny(token, "0123456789") && strings.ContainsFunc(token, unicode.IsLetter)
}
