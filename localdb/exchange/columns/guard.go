package columns

// Guard keeps a spreadsheet from reading a text as a formula. A text that has
// apostrophes before such a character gets one more, so that reading always
// takes away exactly what Guard added.
func Guard(text string) string {
	if guardable(text) {
		return "'" + text
	}
	return text
}

func unguard(text string) string {
	if text != "" && text[0] == '\'' && guardable(text[1:]) {
		return text[1:]
	}
	return text
}

func guardable(text string) bool {
	for i := range len(text) {
		switch text[i] {
		case '\'':
		case '=', '+', '-', '@', '\t', '\r':
			return true
		default:
			return false
		}
	}
	return false
}
