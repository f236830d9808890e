package pages

import (
	"encoding/binary"
	"errors"
	"io"
	"os"
)

const (
	logHeaderSize   = 32
	frameHeaderSize = 24
	logMagic        = 0x377f0682 // or one more, where checksums are big-endian
)

// readLog finds the newest committed content of each page in the log. With all, frames
// behind a broken one count, too, where they belong to the same log.
func (f *File) readLog(all bool) error {
	head := make([]byte, logHeaderSize)
	if _, err := f.log.ReadAt(head, 0); err != nil {
		return ignoreEOF(err)
	}
	order, sum, ok := f.readLogHeader(head, all)
	if !ok {
		return nil
	}
	salts := string(head[16:24])
	frame := make([]byte, frameHeaderSize+f.pageSize)
	pending := map[uint32]int64{} // of a transaction whose end isn't reached
	for at := int64(logHeaderSize); ; at += int64(len(frame)) {
		if _, err := f.log.ReadAt(frame, at); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		sum.add(order, frame[:8])
		sum.add(order, frame[frameHeaderSize:])
		sound := sum.is(frame[16:]) && string(frame[8:16]) == salts
		if !sound && !all {
			return nil
		}
		if string(frame[8:16]) != salts {
			continue
		}
		if !sound { // the frames after it sum up from what it says
			sum = checksum{binary.BigEndian.Uint32(frame[16:]), binary.BigEndian.Uint32(frame[20:])}
			continue
		}
		number, size := binary.BigEndian.Uint32(frame), binary.BigEndian.Uint32(frame[4:])
		if number == 0 {
			continue
		}
		pending[number] = at + frameHeaderSize
		if size == 0 {
			continue
		}
		for number, at := range pending {
			f.frames[number] = at
		}
		clear(pending)
		f.count = size
	}
}

// readLogHeader reads the byte order of a log's checksums, their sum so far, and the size of
// its pages; ok is false where the log isn't one of this file.
func (f *File) readLogHeader(head []byte, all bool) (order binary.ByteOrder, sum checksum, ok bool) {
	magic := binary.BigEndian.Uint32(head)
	order = binary.LittleEndian
	if magic&1 == 1 {
		order = binary.BigEndian
	}
	size := int64(binary.BigEndian.Uint32(head[8:]))
	sum.add(order, head[:24])
	if magic&^1 != logMagic || size < 512 || size > 1<<16 || size&(size-1) != 0 || f.header != nil && size != int64(f.pageSize) || !all && !sum.is(head[24:]) {
		return nil, sum, false
	}
	f.pageSize = int(size)
	if f.header == nil {
		f.usable = f.pageSize
	}
	return order, sum, true
}

// checksum is that of the log, which goes on from frame to frame.
type checksum [2]uint32

func (s *checksum) add(order binary.ByteOrder, data []byte) {
	for ; len(data) >= 8; data = data[8:] {
		s[0] += order.Uint32(data) + s[1]
		s[1] += order.Uint32(data[4:]) + s[0]
	}
}

func (s *checksum) is(data []byte) bool {
	return s[0] == binary.BigEndian.Uint32(data) && s[1] == binary.BigEndian.Uint32(data[4:])
}

// HasLog reports whether there is a log with something in it beside the file at path.
func HasLog(path string) bool {
	info, err := os.Stat(path + "-wal")
	return err == nil && info.Mode().IsRegular() && info.Size() > logHeaderSize
}
