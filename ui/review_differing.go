package ui

import "strings"

// wordRun is words in a row that another text has too, or that it doesn't have there.
type wordRun struct {
	text    string
	differs bool
}

// differing cuts a text into runs of words: those of the longest common subsequence
// with another text, and those between.
func differing(than, text string) []wordRun {
	a, b := strings.Fields(than), strings.Fields(text)
	// common[i][j] is how many words a[i:] and b[j:] have in common, in order.
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if sameWord(a[i], b[j]) {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var runs []wordRun
	add := func(word string, differs bool) {
		if n := len(runs); n > 0 && runs[n-1].differs == differs {
			runs[n-1].text += " " + word
			return
		}
		if len(runs) > 0 {
			word = " " + word
		}
		runs = append(runs, wordRun{word, differs})
	}
	for i, j := 0, 0; j < len(b); {
		switch {
		case i < len(a) && sameWord(a[i], b[j]):
			add(b[j], false)
			i, j = i+1, j+1
		case i < len(a) && common[i+1][j] >= common[i][j+1]:
			i++
		default:
			add(b[j], true)
			j++
		}
	}
	return runs
}

func sameWord(a, b string) bool { return strings.EqualFold(a, b) }
