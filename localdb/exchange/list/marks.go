package list

import (
	"strconv"
	"strings"

	"seedbed/assets/i18n"
	"seedbed/localdb/exchange"
)

// mark is what stands before an item of a list.
type mark struct {
	kind  string // the bullet itself, "1" for numbers, "a" for letters, "[ ]" for boxes; "" for none
	value int    // the number, or the place of the letter in the alphabet
}

var (
	box      = exchange.Pattern(`^(?:\[[ xX✓✔]?\]|[☐☑☒✅✓✔])\s+`)
	bullets  = exchange.Pattern(`^[-*+•·‣⁃◦∙–—▪▫●○■□►▶▸➤➢★☆✦❖]\s+`)
	numbered = exchange.Pattern(`^(?:#?\(?(\p{Nd}{1,5})(?:[.)]\s+|[、．）]\s*|[.)][^\x00-\x7F]|\s[-–]\s+)|([①-⑳])\s*)`)
	roman    = exchange.Pattern(`^\(?(?:[ivx]{2,5}|[IVX]{2,5})[.)]\s+`)
	lettered = exchange.Pattern(`^\(?([A-Za-z])(?:\)\s+|\.\s+)`)
)

// cutMark parts a line into its mark and its text.
func cutMark(line string) (mark, string) {
	if m := box().FindString(line); m != "" {
		return mark{kind: "[ ]"}, line[len(m):]
	}
	if m := bullets().FindString(line); m != "" {
		rest := line[len(m):]
		if boxed := box().FindString(rest); boxed != "" {
			return mark{kind: "[ ]"}, rest[len(boxed):]
		}
		return mark{kind: strings.TrimSpace(m)}, rest
	}
	if m := numbered().FindStringSubmatch(line); m != nil {
		cut := len(m[0])
		if last := lastRune(m[0]); m[1] != "" && last >= 0x80 && !strings.ContainsRune("、．）", last) && strings.TrimSpace(string(last)) != "" {
			cut -= len(string(last)) // the first letter of the text
		}
		if m[2] != "" {
			return mark{"1", int([]rune(m[2])[0]-'①') + 1}, line[cut:]
		}
		return mark{"1", digits(m[1])}, line[cut:]
	}
	if m := roman().FindString(line); m != "" {
		return mark{kind: "i"}, line[len(m):]
	}
	if m := lettered().FindStringSubmatch(line); m != nil {
		return mark{"a", int(strings.ToLower(m[1])[0]-'a') + 1}, line[len(m[0]):]
	}
	return mark{}, line
}

func lastRune(s string) (last rune) {
	for _, r := range s {
		last = r
	}
	return last
}

// digits reads a number in the digits of any script.
func digits(s string) int {
	ascii := strings.Map(func(r rune) rune {
		zero := r
		for isDigit(zero-1) && r-zero < 9 {
			zero--
		}
		return '0' + (r - zero)
	}, s)
	n, _ := strconv.Atoi(ascii) // what is no number stays 0
	return n
}

// mostSkipped is how many numbers may be missing between two items.
const mostSkipped = 10

// firstRoman is the place of i in the alphabet, which is the first roman number.
const firstRoman = 9

// hasMarks tells whether lines are items of a list: at least a third have marks, and of
// numbers and letters most grow or start anew.
func hasMarks(lines []entry) bool {
	marked, ordered, follow := 0, 0, 0
	before := map[string]int{}
	for _, line := range lines {
		if line.mark.kind == "" || line.text == "" {
			continue
		}
		marked++
		if line.mark.value == 0 {
			continue
		}
		ordered++
		last, met := before[line.mark.kind]
		if met && line.mark.value >= last && line.mark.value <= last+mostSkipped || line.mark.value <= 1 || !met && (line.mark.kind == "1" || line.mark.value == firstRoman) {
			follow++
		}
		before[line.mark.kind] = line.mark.value
	}
	return marked >= 2 && marked*3 >= len(lines) && follow*10 >= ordered*7
}

var (
	aboveList = i18n.T("stands above the list")
	noItem    = i18n.T("is no item of the list")
)

// findItems finds a list of items with marks. One or two lines may stand above it, and a
// few between.
func findItems(lines, list []entry, marked bool) evidence { //nolint:cyclop // one list of signs, which are weighed together
	if !marked {
		return evidence{}
	}
	lazy := 0 // lines that go on at the left edge, as paragraphs do
	for i, line := range lines {
		if documentHeading().MatchString(line.whole) {
			return evidence{}
		}
		if line.mark.kind == "" && line.indent == 0 && i > 0 && !line.gap {
			lazy++
		}
	}
	items, boxes, stray, long, first := 0, 0, 0, 0, -1
	var texts []string
	for i, e := range list {
		switch {
		case e.mark.kind != "":
			items++
			if strings.HasPrefix(e.whole, "[") {
				boxes++
			}
			if first < 0 {
				first = i
			}
			if len(e.text) > longestItem {
				long++
			}
			texts = append(texts, e.text)
		case first >= 0:
			stray++
		}
	}
	if items < 2 || first > 3 || lazy > items || stray > max(items/5, 1) || long*3 > items || wordless(texts) || markup(list) || settings(texts) {
		return evidence{}
	}
	sureness := 0.62
	if boxes == items {
		sureness = exchange.Sure // above that of JSON, which begins with a bracket, too
	}
	return evidence{
		Evidence: exchange.Evidence{Sureness: sureness, Why: i18n.T("its lines are items of a list with bullets, numbers or boxes")},
		marked:   true, quoted: allQuoted(texts),
	}
}

// longestItem is what items that are messages hardly ever exceed, in bytes.
const longestItem = 1000

func readItems(found evidence, list *entries, r *exchange.Reading) error {
	begun := false
	return list.each(r, (*entries).next, func(item entry) bool {
		switch {
		case item.mark.kind == "" && !begun:
			r.Skip(item.number, aboveList, item.whole)
			return true
		case item.mark.kind == "":
			r.Skip(item.number, noItem, item.whole)
			return true
		}
		begun = true
		return found.add(r, item, item.text, "")
	})
}
