package openai

import (
	"encoding/json"
	"slices"
	"strings"
)

// value is a piece of JSON as far as it could be read.
type value struct {
	kind   byte    // '{', '[', '"', or 'x' for a number, true, false, null
	text   string  // of '"' and 'x'
	fields []field // of '{', in order
	items  []value // of '['
	whole  bool    // its end was there
}

type field struct {
	name  string
	value value
}

// get returns the value of the first field with one of the names; the zero value
// where there is none.
func (v value) get(names ...string) value {
	for _, name := range names {
		for _, f := range v.fields {
			if strings.EqualFold(f.name, name) {
				return f.value
			}
		}
	}
	return value{}
}

// readValues finds the JSON values in a text, whatever surrounds them. It
// reads what models write: cut off anywhere, with missing or extra commas, bare
// line ends and quotes inside strings, or Python's single quotes. Valid JSON is
// read as encoding/json does.
func readValues(text string) []value {
	var values []value
	r := lenient{text: text}
	for {
		start := strings.IndexAny(r.text[r.at:], "{[")
		if start < 0 {
			return values
		}
		r.at += start
		begin := r.at
		v := r.value(0)
		values = append(values, v)
		if r.at == begin { // always move on
			r.at++
		}
	}
}

// maxDepth bounds how deep values may nest; an answer needs three levels.
const maxDepth = 32

// blanks is what JSON takes for white space.
const blanks = " \t\r\n"

type lenient struct {
	text string
	at   int
}

func (r *lenient) value(depth int) value {
	switch r.peek() {
	case '{', '[':
		if depth < maxDepth {
			return r.container(depth)
		}
	case '"', '\'':
		return r.quoted()
	}
	return r.bare()
}

// container reads an object or a list.
func (r *lenient) container(depth int) value {
	v := value{kind: r.text[r.at]}
	end := v.kind + 2 // '{' and '}', '[' and ']' are two apart
	r.at++
	for {
		r.skip(blanks + ",")
		switch r.peek() {
		case end:
			r.at++
			v.whole = true
			return v
		case 0, '}', ']': // the end of the text or of another value: this one's is missing
			return v
		}
		if v.kind == '[' {
			before := r.at
			v.items = append(v.items, r.value(depth+1))
			if r.at == before {
				return v
			}
			continue
		}
		name := r.value(depth + 1)
		r.skip(blanks)
		if r.peek() != ':' || (name.kind != '"' && name.kind != 'x') {
			return v
		}
		r.at++
		r.skip(blanks)
		if c := r.peek(); c == 0 || c == '}' || c == ']' {
			continue
		}
		before := r.at
		v.fields = append(v.fields, field{name.text, r.value(depth + 1)})
		if r.at == before {
			return v
		}
	}
}

// quoted reads a string. A quote ends it only where JSON may go on, so that
// quotes which the model forgot to escape stay in.
func (r *lenient) quoted() value {
	mark := r.text[r.at]
	r.at++
	var raw strings.Builder
	raw.WriteByte('"')
	for r.at < len(r.text) {
		c := r.text[r.at]
		r.at++
		switch {
		case c == '\\' && r.at < len(r.text):
			if r.text[r.at] == '\'' { // Python's escape
				raw.WriteByte('\'')
			} else {
				raw.WriteByte('\\')
				raw.WriteByte(r.text[r.at])
			}
			r.at++
		case c == mark && r.ends(mark):
			raw.WriteByte('"')
			return value{kind: '"', text: unquote(raw.String()), whole: true}
		case c == '"':
			raw.WriteString(`\"`)
		case c == '\n':
			raw.WriteString(`\n`)
		case c == '\t':
			raw.WriteString(`\t`)
		case c < ' ':
		default:
			raw.WriteByte(c)
		}
	}
	return value{kind: '"'}
}

// ends reports whether what follows a quote shows that it ends a string: the
// end of the text or of a value, a colon, a comma with a value after it, or a
// new string where the comma is missing.
func (r *lenient) ends(mark byte) bool {
	rest := r.text[r.at:]
	next := strings.TrimLeft(rest, blanks)
	switch {
	case next == "":
		return true
	case next[0] == ',':
		next = strings.TrimLeft(next[1:], blanks+",")
		return next == "" || strings.IndexByte(`"'{[]}-0123456789`, next[0]) >= 0 || hasAnyPrefix(next, "true", "false", "null")
	case next[0] == mark:
		return len(next) < len(rest)
	}
	return strings.IndexByte(":]}", next[0]) >= 0
}

// bare reads a number or a word.
func (r *lenient) bare() value {
	start := r.at
	for r.at < len(r.text) && strings.IndexByte(" \t\r\n,:[]{}\"", r.text[r.at]) < 0 {
		r.at++
	}
	return value{kind: 'x', text: r.text[start:r.at], whole: r.at < len(r.text)}
}

func (r *lenient) peek() byte {
	if r.at < len(r.text) {
		return r.text[r.at]
	}
	return 0
}

func (r *lenient) skip(set string) {
	for r.at < len(r.text) && strings.IndexByte(set, r.text[r.at]) >= 0 {
		r.at++
	}
}

// unquote is the value of a JSON string, or what is between its quotes
// where an escape is wrong.
func unquote(raw string) string {
	var s string
	if json.Unmarshal([]byte(raw), &s) == nil {
		return s
	}
	return strings.Trim(raw, `"`)
}

func hasAnyPrefix(s string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(s, prefix) })
}
