package annotation

import (
	"hash/maphash"

	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/jsonforms"
	"seedbed/localdb/exchange/jsonitems"
)

// grouped reads a file in which several records may be of one text: those with the same
// key, unless that is "". It is read twice, so that only texts that come several times are kept in memory.
// A text stands where its last record does.
func grouped(key func(record any) string, take func(in *jsonforms.Input, t *task, record any)) func(*jsonforms.Input, *exchange.File) error {
	return func(in *jsonforms.Input, f *exchange.File) error {
		seed := maphash.MakeSeed()
		left := map[uint64]int32{}
		items := jsonitems.Open(f)
		for {
			item, err := items.Next()
			if err != nil { // which the second reading tells
				break
			}
			if item.Problem == nil {
				left[maphash.String(seed, key(item.Value))]++
			}
		}
		open := map[uint64]*task{}
		return jsonitems.Open(f).Each(in.Reading, func(item jsonitems.Item) {
			name := key(item.Value)
			k := maphash.String(seed, name)
			t := open[k]
			if t == nil {
				t = &task{line: item.Number}
			}
			take(in, t, item.Value)
			if left[k]--; left[k] > 0 && name != "" {
				open[k] = t
				return
			}
			delete(open, k)
			t.add(in)
		})
	}
}

// single reads a file in which each record is of a text of its own.
func single(take func(in *jsonforms.Input, t *task, record any)) func(*jsonforms.Input, any) {
	return func(in *jsonforms.Input, record any) {
		in.Line++
		t := &task{line: in.Line}
		take(in, t, record)
		t.add(in)
	}
}
