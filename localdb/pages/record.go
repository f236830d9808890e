package pages

import (
	"encoding/binary"
	"math"
	"unicode/utf8"
)

// mostColumns bounds the columns of a record: no table of a dataset has as many.
const mostColumns = 100

// Record reads the cell's record: nil, int64, float64, string or []byte for each column.
// Text that isn't valid UTF-8 makes the record unsound.
func (c Cell) Record() ([]any, error) {
	size, _, err := varint(c.Payload)
	if err != nil || size < 1 || size > int64(len(c.Payload)) {
		return nil, errCell
	}
	_, types, _ := varint(c.Payload[:size])
	body := c.Payload[size:]
	var values []any
	for len(types) > 0 {
		var kind int64
		if kind, types, err = varint(types); err != nil {
			return nil, err
		}
		length := valueLength(kind)
		if length < 0 || length > int64(len(body)) || len(values) == mostColumns {
			return nil, errCell
		}
		value, ok := value(kind, body[:length])
		if !ok {
			return nil, errCell
		}
		values, body = append(values, value), body[length:]
	}
	if len(body) > 0 {
		return nil, errCell
	}
	return values, nil
}

// valueLength is how many bytes a value of a serial type takes; -1 for types that
// aren't used.
func valueLength(kind int64) int64 {
	switch {
	case kind < 0 || kind == 10 || kind == 11:
		return -1
	case kind >= 12:
		return (kind - 12) / 2
	}
	return [...]int64{0, 1, 2, 3, 4, 6, 8, 8, 0, 0}[kind]
}

func value(kind int64, data []byte) (v any, ok bool) {
	switch {
	case kind == 0:
		return nil, true
	case kind == 7:
		number := math.Float64frombits(binary.BigEndian.Uint64(data))
		return number, !math.IsNaN(number)
	case kind <= 6:
		number := int64(int8(data[0])) // the sign is in the first byte
		for _, b := range data[1:] {
			number = number<<8 | int64(b)
		}
		return number, true
	case kind <= 9:
		return kind - 8, true
	case kind%2 == 0:
		return append([]byte(nil), data...), true
	}
	return string(data), utf8.Valid(data)
}
