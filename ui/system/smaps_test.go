package system

import (
	"slices"
	"strings"
	"testing"
)

func TestOnlyUnchangedPartsOfFilesAreGivenBack(t *testing.T) {
	const smaps = `00400000-00403000 r--p 00000000 fe:00 123                                /opt/a program/seedbed
Size:                 12 kB
Anonymous:             0 kB
01a8b000-03bf2000 r-xp 0168b000 fe:00 123                                /opt/a program/seedbed
Rss:               60000 kB
Anonymous:             0 kB
03bf2000-03c00000 r--p 037f2000 fe:00 123                                /opt/a program/seedbed
Anonymous:            56 kB
03c00000-03d00000 rw-p 037f2000 fe:00 123                                /opt/a program/seedbed
Anonymous:             0 kB
7f0558415000-7f05587fe000 r--s 00000000 00:01 4                          /SYSV00000000
Anonymous:             0 kB
c000000000-c004000000 r--p 00000000 00:00 0
Anonymous:             0 kB
7ffd1000-7ffd3000 r-xp 00000000 00:00 0                                  [vdso]
Anonymous:             0 kB
`
	want := []mapping{{0x400000, 0x403000}, {0x1a8b000, 0x3bf2000}}
	if got := unchangedFiles(strings.NewReader(smaps)); !slices.Equal(got, want) {
		t.Errorf("%x", got)
	}
}
