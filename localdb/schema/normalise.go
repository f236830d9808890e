package schema

import "strings"

// Normalise returns a statement without its comments and without spaces that make no
// difference, so that statements can be compared that were laid out in another way.
// Everything else stays as it is. Tokens are those of https://sqlite.org/lang.html.
func Normalise(statement string) string {
	var out strings.Builder
	out.Grow(len(statement))
	space := false
	for rest := statement; rest != ""; {
		token, isSpace := nextToken(rest)
		rest = rest[len(token):]
		if isSpace {
			space = true
			continue
		}
		if space && out.Len() > 0 && needsSpace(last(&out), token[0]) {
			out.WriteByte(' ')
		}
		space = false
		out.WriteString(token)
	}
	return out.String()
}

func last(out *strings.Builder) byte {
	text := out.String()
	return text[len(text)-1]
}

// needsSpace reports whether two tokens that end and begin so would be others without a space.
func needsSpace(end, begin byte) bool {
	return isWord(end) && isWord(begin) || end == '-' && begin == '-' || end == '/' && begin == '*'
}

// isWord reports whether a byte may be part of a word or stands at the end of a quoted
// name, beside which a space may make a difference.
func isWord(c byte) bool {
	return c == '_' || c == '$' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80 ||
		strings.IndexByte("\"'`[]", c) >= 0
}

// nextToken returns what a statement begins with: spaces, a comment, something quoted, a
// word or a sign. Spaces and comments separate.
func nextToken(text string) (token string, separates bool) {
	switch c := text[0]; {
	case strings.HasPrefix(text, "--"):
		return upTo(text, "\n", 2), true
	case strings.HasPrefix(text, "/*"):
		return upTo(text, "*/", 2), true
	case strings.IndexByte(" \t\r\n\f", c) >= 0:
		return text[:len(text)-len(strings.TrimLeft(text, " \t\r\n\f"))], true
	case c == '[':
		return upTo(text, "]", 1), false
	case strings.IndexByte("\"'`", c) >= 0:
		// A doubled quote ends one token and begins the next, which comes to the same.
		return upTo(text, string(c), 1), false
	default:
		return text[:1], false
	}
}

// upTo returns the text up to and with the end that follows after the first n bytes, or all.
func upTo(text, end string, n int) string {
	if at := strings.Index(text[n:], end); at >= 0 {
		return text[:n+at+len(end)]
	}
	return text
}
