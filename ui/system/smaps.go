package system

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// mapping is a range of addresses.
type mapping struct{ start, end uintptr }

// unchangedFiles are the mappings of files, in /proc/self/smaps of Linux, that can't be written to
// and of which no page differs from the file.
func unchangedFiles(smaps io.Reader) (list []mapping) {
	var m mapping
	candidate := false
	for lines := bufio.NewScanner(smaps); lines.Scan(); {
		line := lines.Text()
		var at mapping
		var access, offset, device, path string
		var inode uint64
		if n, _ := fmt.Sscanf(line, "%x-%x %4s %s %s %d %s", &at.start, &at.end, &access, &offset, &device, &inode, &path); n >= 5 {
			m = at
			candidate = strings.HasPrefix(path, "/") && strings.HasPrefix(access, "r-") && access[3] == 'p'
			continue
		}
		if size, ok := strings.CutPrefix(line, "Anonymous:"); ok && candidate && strings.TrimSpace(size) == "0 kB" {
			list = append(list, m)
		}
	}
	return list
}
