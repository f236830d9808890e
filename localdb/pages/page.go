package pages

import (
	"encoding/binary"
	"errors"
)

// Kind is what a page of a b-tree is.
type Kind byte

// The kinds, as the first byte of a page tells them.
const (
	IndexInterior Kind = 2
	TableInterior Kind = 5
	IndexLeaf     Kind = 10
	TableLeaf     Kind = 13
)

// Page is a page of a b-tree.
type Page struct {
	Number uint32
	Kind   Kind
	Cells  []Cell // those that can be read
	Broken int    // cells that can't
	Right  uint32 // the last child of an interior page
}

// Cell is one entry of a page.
type Cell struct {
	Child   uint32 // of an interior page: where what comes before this entry is
	RowID   int64  // of a table
	Payload []byte // the record, but for the interior pages of a table
}

var (
	errNotTree = errors.New("this is no page of a b-tree")
	errCell    = errors.New("the cell is broken")
)

// KindOf reads what a page is, and nothing else of it.
func (f *File) KindOf(number uint32) (Kind, error) {
	data, err := f.read(number)
	if err != nil {
		return 0, err
	}
	if number == 1 {
		return Kind(data[headerSize]), nil
	}
	return Kind(data[0]), nil
}

// Page reads a page of a b-tree, with those of its cells that are sound.
func (f *File) Page(number uint32) (*Page, error) {
	data, err := f.read(number)
	if err != nil {
		return nil, err
	}
	head := data
	if number == 1 {
		head = data[headerSize:]
	}
	p := &Page{Number: number, Kind: Kind(head[0])}
	pointers := head[8:]
	switch p.Kind {
	case IndexInterior, TableInterior:
		p.Right = binary.BigEndian.Uint32(head[8:])
		pointers = head[12:]
	case IndexLeaf, TableLeaf:
	default:
		return nil, errNotTree
	}
	n := int(binary.BigEndian.Uint16(head[3:]))
	if 2*n > len(pointers) {
		return nil, errNotTree
	}
	for i := range n {
		at := int(binary.BigEndian.Uint16(pointers[2*i:]))
		cell, err := f.cell(p.Kind, data, at)
		if err != nil {
			p.Broken++
			continue
		}
		p.Cells = append(p.Cells, cell)
	}
	return p, nil
}

// cell reads the cell at an offset of a page.
func (f *File) cell(kind Kind, page []byte, at int) (c Cell, err error) {
	if at < 8 || at >= f.usable {
		return c, errCell
	}
	data := page[at:f.usable]
	if kind == IndexInterior || kind == TableInterior {
		if len(data) < 4 {
			return c, errCell
		}
		c.Child, data = binary.BigEndian.Uint32(data), data[4:]
	}
	var length int64
	if kind != TableInterior {
		if length, data, err = varint(data); err != nil {
			return c, err
		}
	}
	if kind == TableInterior || kind == TableLeaf {
		if c.RowID, data, err = varint(data); err != nil {
			return c, err
		}
	}
	if kind != TableInterior {
		c.Payload, err = f.payload(kind, data, length)
	}
	return c, err
}

// chainsRead bounds how often the overflow pages of a file are read.
const chainsRead = 8

// payload collects a record, of which all beyond what fits into the page is in a chain
// of overflow pages.
func (f *File) payload(kind Kind, data []byte, length int64) ([]byte, error) {
	if length < 0 || length > int64(f.count)*int64(f.pageSize) {
		return nil, errCell
	}
	most := int64(f.usable - 35)
	if kind != TableLeaf {
		most = int64((f.usable-12)*64/255 - 23)
	}
	if length <= most {
		if int64(len(data)) < length {
			return nil, errCell
		}
		return data[:length], nil
	}
	least := int64((f.usable-12)*32/255 - 23)
	here := least + (length-least)%int64(f.usable-4)
	if here > most {
		here = least
	}
	if int64(len(data)) < here+4 {
		return nil, errCell
	}
	whole := append([]byte(nil), data[:here]...)
	next := binary.BigEndian.Uint32(data[here:])
	for int64(len(whole)) < length {
		page, err := f.read(next)
		// Each page is in one chain; without a bound, broken cells that share a long
		// one would take forever.
		if f.chained++; err != nil || f.chained > chainsRead*int64(f.count) {
			return nil, errCell
		}
		part := page[4:f.usable]
		whole = append(whole, part[:min(int64(len(part)), length-int64(len(whole)))]...)
		next = binary.BigEndian.Uint32(page)
	}
	if next != 0 { // the chain is another record's
		return nil, errCell
	}
	return whole, nil
}

// varint reads one of SQLite's integers of one to nine bytes.
func varint(data []byte) (value int64, rest []byte, err error) {
	for i := range min(9, len(data)) {
		if i == 8 {
			return value<<8 | int64(data[i]), data[9:], nil
		}
		value = value<<7 | int64(data[i]&0x7f)
		if data[i] < 0x80 {
			return value, data[i+1:], nil
		}
	}
	return 0, nil, errCell
}
