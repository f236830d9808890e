//go:build window

package windowtest

import (
	"bytes"
	"encoding/binary"
	"image"
	"os"
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
// showed what it shows in the end. Nudge is called again and again until then, for
// what a person would press meanwhile.
func (d *desk) watch(program *exec.Cmd, part image.Rectangle, press func() bool) time.Duration {
	d.t.Helper()
	frames := []frame{{time.Now(), d.look(part)}}
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
		now, last := d.look(part), frames[len(frames)-1]
		if !bytes.Equal(now, last.pixels) {
			frames = append(frames, frame{time.Now(), now})
			continue
		}
		if len(frames) > 1 && time.Since(last.at) > quiet {
			return painted(frames).Sub(start)
		}
		if press != nil && press() {
			press = nil
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

// look reads a part of the display: the lines of an X window dump, which Xvfb keeps
// in a file as it paints.
func (d *desk) look(part image.Rectangle) []byte {
	d.t.Helper()
	f, err := os.Open(d.pixels)
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	var head [25]uint32 // as XWDfile.h has it
	if err := binary.Read(f, binary.BigEndian, &head); err != nil {
		d.t.Fatal(err)
	}
	size, perLine, colours := int(head[0]), int(head[12]), int(head[19])
	lines := make([]byte, perLine*part.Dy())
	if _, err := f.ReadAt(lines, int64(size+colours*12+perLine*part.Min.Y)); err != nil {
		d.t.Fatal(err)
	}
	var pixels []byte
	for y := range part.Dy() {
		pixels = append(pixels, lines[y*perLine+4*part.Min.X:y*perLine+4*part.Max.X]...)
	}
	return pixels
}
