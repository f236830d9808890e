package body

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/json"
	"errors"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/unicode"
)

// Object is a JSON object whose numbers are json.Number.
type Object map[string]any

// maxInflated bounds a compressed body, in bytes.
const maxInflated = 32 << 20

// Objects returns the JSON objects of a body, in order: the one that it is, those of a list,
// one on each line, or the events of a stream (text/event-stream), whatever the headers say of
// it. Ok is false where anything else is in it: a web page, or JSON that breaks off.
func Objects(raw []byte) (objects []Object, stream, ok bool) {
	raw = bytes.TrimSpace(bytes.TrimPrefix(inUTF8(inflated(raw)), []byte("\ufeff")))
	raw = bytes.TrimSpace(bytes.TrimPrefix(raw, []byte(notScript)))
	if len(raw) == 0 {
		return nil, false, false
	}
	if inner := ""; raw[0] == '"' && json.Unmarshal(raw, &inner) == nil { // JSON as a string
		raw = []byte(strings.TrimSpace(inner))
	}
	if len(raw) > 0 && (raw[0] == '{' || raw[0] == '[') {
		objects, ok = decode(raw)
		return objects, len(objects) > 1, ok
	}
	var data bytes.Buffer
	for line := range bytes.Lines(raw) {
		line = bytes.TrimRight(line, "\r\n")
		if payload, isData := bytes.CutPrefix(line, []byte("data:")); isData {
			stream = true
			if payload = bytes.TrimSpace(payload); string(payload) != "[DONE]" {
				data.Write(payload)
				data.WriteByte('\n')
			}
			continue
		}
		if len(line) > 0 && line[0] != ':' && !field(line) { // neither a comment nor another field of an event
			return nil, false, false
		}
	}
	objects, ok = decode(data.Bytes())
	return objects, stream, ok && stream
}

// field reports whether a line of a stream is one of the fields that hold no data.
func field(line []byte) bool {
	name, _, _ := strings.Cut(string(line), ":")
	return name == "event" || name == "id" || name == "retry"
}

// notScript is what some services put before JSON, so that it can't be run as a script.
const notScript = ")]}'"

// inflated is a body without the compression that its headers may not have told of.
func inflated(raw []byte) []byte {
	var reader io.Reader
	var err error
	switch {
	case bytes.HasPrefix(raw, []byte{0x1f, 0x8b}):
		reader, err = gzip.NewReader(bytes.NewReader(raw))
	case len(raw) > 1 && raw[0] == 0x78 && (int(raw[0])<<8+int(raw[1]))%31 == 0: // RFC 1950
		reader, err = zlib.NewReader(bytes.NewReader(raw))
	default:
		return raw
	}
	if err != nil {
		return raw
	}
	plain, err := io.ReadAll(io.LimitReader(reader, maxInflated))
	if err != nil {
		return raw
	}
	return plain
}

// inUTF8 is a body that is in UTF-16, as its first bytes tell, in UTF-8.
func inUTF8(raw []byte) []byte {
	if len(raw) < 2 || raw[0] != 0xff && raw[0] != 0xfe && raw[0] != 0 && raw[1] != 0 {
		return raw
	}
	order := unicode.LittleEndian // JSON begins with an ASCII character
	if raw[0] == 0 {
		order = unicode.BigEndian
	}
	if plain, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(raw); err == nil {
		return plain
	}
	return raw
}

// noNumbers are what Python writes for numbers that JSON can't hold.
var noNumbers = regexp.MustCompile(`([:\[,]\s*)(?:NaN|-?Infinity)(\s*[,}\]])`)

// decode reads JSON values that follow one another.
func decode(raw []byte) (objects []Object, ok bool) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	for {
		var v any
		err := decoder.Decode(&v)
		if errors.Is(err, io.EOF) {
			return objects, true
		}
		if err != nil {
			if read, fixed := decodeFixed(raw); fixed {
				return read, true
			}
			// A proxy's remark may follow a whole object.
			rest := bytes.TrimSpace(raw[decoder.InputOffset():])
			return objects, len(objects) == 1 && bytes.HasPrefix(rest, []byte("<"))
		}
		list, isList := v.([]any)
		if !isList {
			list = []any{v}
		}
		for _, item := range list {
			if o := object(item); o != nil {
				objects = append(objects, o)
			}
		}
	}
}

// decodeFixed is decode of JSON with numbers that there are none of, as null.
func decodeFixed(raw []byte) (objects []Object, ok bool) {
	fixed := noNumbers.ReplaceAll(raw, []byte("${1}null${2}"))
	if bytes.Equal(fixed, raw) {
		return nil, false
	}
	return decode(fixed)
}

func object(v any) Object {
	o, _ := v.(map[string]any)
	return o
}

func list(v any) []any {
	l, _ := v.([]any)
	return l
}

// Object returns the object in a field; nil where there is none.
func (o Object) Object(name string) Object { return object(o[name]) }

// List returns the list in a field; nil where there is none.
func (o Object) List(name string) []any { return list(o[name]) }

// Text returns the first of the fields that holds anything: a string as it is, another value
// as JSON.
func (o Object) Text(names ...string) string {
	for _, name := range names {
		switch v := o[name].(type) {
		case nil:
		case string:
			if v != "" {
				return v
			}
		default:
			return asJSON(v)
		}
	}
	return ""
}

func asJSON(v any) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(v) != nil {
		return ""
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// thousands is a number such as 1,048,576.
var thousands = regexp.MustCompile(`^\d{1,3}(?:,\d{3})+(?:\.\d+)?$`)

// number reads a number, also one in a string. Neither NaN nor an infinity is one.
func number(v any) (n float64, ok bool) {
	var text string
	switch v := v.(type) {
	case json.Number:
		text = v.String()
	case string:
		text = strings.TrimPrefix(strings.TrimSpace(v), "$")
		if thousands.MatchString(text) {
			text = strings.ReplaceAll(text, ",", "")
		}
	default:
		return 0, false
	}
	n, err := strconv.ParseFloat(text, 64)
	return n, err == nil && !math.IsNaN(n) && !math.IsInf(n, 0)
}

// count returns the first of the fields that holds a whole number of tokens; 0 where none does.
func (o Object) count(names ...string) int {
	for _, name := range names {
		if n, ok := o.tokens(name); ok {
			return n
		}
	}
	return 0
}

// tokens reads a field that holds a whole number of tokens.
func (o Object) tokens(name string) (int, bool) {
	n, ok := number(o[name])
	if !ok || n <= 0 || n >= math.MaxInt32 {
		return 0, false
	}
	return int(math.Ceil(n)), true
}

// folded is the object with its fields by their names in small letters without underscores, as
// services write the same name as prompt_tokens and as promptTokens.
func (o Object) folded() Object {
	f := make(Object, len(o))
	for name, v := range o {
		f[strings.ToLower(strings.ReplaceAll(name, "_", ""))] = v
	}
	return f
}

// JSON returns the object as JSON.
func (o Object) JSON() string { return asJSON(map[string]any(o)) }
