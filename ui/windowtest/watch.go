//go:build window

package windowtest

import (
	"bytes"
	"encoding/binary"
	"image"
	"os/exec"
	"time"
)

const (
	frameEvery = 10 * time.Millisecond
	quiet      = 3 * time.Second // without a change: all is painted
	alike      = 0.98            // of the bytes: the picture is there
)

// frame is what a part of the display showed from a moment on.
type frame struct {
	at     time.Time
	pixels []byte
}

// watch starts a program and returns how long it took until a part of the display
// showed what it shows in the end.
func (d *desk) watch(program *exec.Cmd, part image.Rectangle) time.Duration {
	d.t.Helper()
	frames := []frame{{time.Now(), d.look(part, nil)}}
	var now []byte
	program.Dir, program.Stdout, program.Stderr = d.home, &d.said, &d.said
	start := time.Now()
	if err := program.Start(); err != nil {
		d.t.Fatal(err)
	}
	defer func() {
		_ = program.Process.Kill()
		_ = program.Wait()
	}()
	for ; time.Since(start) < patience; time.Sleep(frameEvery) {
		last := frames[len(frames)-1]
		if now = d.look(part, now[:0]); !bytes.Equal(now, last.pixels) {
			frames = append(frames, frame{time.Now(), bytes.Clone(now)})
			continue
		}
		if len(frames) > 1 && time.Since(last.at) > quiet {
			return painted(frames).Sub(start)
		}
	}
	d.fail("the window did not come to rest")
	return 0
}

// painted is the moment from which on what differs from the first frame is like in
// the last.
func painted(frames []frame) time.Time {
	blank, final := frames[0].pixels, frames[len(frames)-1].pixels
	since := len(frames) - 1
	for ; since > 1; since-- {
		ink, same := 0, 0
		for i, p := range frames[since-1].pixels {
			if final[i] == blank[i] {
				continue
			}
			if ink++; p == final[i] {
				same++
			}
		}
		if float64(same) < alike*float64(ink) {
			break
		}
	}
	return frames[since].at
}

// look appends to pixels what a part of the display shows: lines of an X window dump,
// which Xvfb paints into a file. Looking has to cost next to nothing, or it slows down
// what it measures.
func (d *desk) look(part image.Rectangle, pixels []byte) []byte {
	size, perLine, colours := d.word(0), d.word(12), d.word(19) // as XWDfile.h has them
	for y := part.Min.Y; y < part.Max.Y; y++ {
		line := size + colours*12 + perLine*y
		pixels = append(pixels, d.pixels[line+4*part.Min.X:line+4*part.Max.X]...)
	}
	return pixels
}

// word is a number in the dump's head.
func (d *desk) word(i int) int { return int(binary.BigEndian.Uint32(d.pixels[4*i:])) }
