package volume

import (
	"bufio"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

func TestNetworkDrivesAreRecognised(t *testing.T) {
	for kind, want := range map[uint32]string{unix.NFS_SUPER_MAGIC: "NFS", unix.CIFS_SUPER_MAGIC: "SMB", unix.EXT4_SUPER_MAGIC: "", unix.TMPFS_MAGIC: "", unix.BTRFS_SUPER_MAGIC: ""} {
		if got := networkTypes[kind]; got != want {
			t.Errorf("%x is %q, want %q", kind, got, want)
		}
	}
	const mounts = `22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
90 22 0:50 / /home/me/remote rw,nosuid,nodev - fuse.sshfs me@host: rw,user_id=1000
91 22 8:17 / /media/stick rw,nosuid shared:5 - fuseblk /dev/sdb1 rw
92 22 0:51 / /home/me/odd rw - fuse odd rw
`
	for device, want := range map[[2]uint32]string{{0, 50}: "sshfs", {8, 17}: "", {0, 51}: "FUSE", {0, 99}: "FUSE"} {
		if got := fuseType(bufio.NewScanner(strings.NewReader(mounts)), device[0], device[1]); got != want {
			t.Errorf("%v is %q, want %q", device, got, want)
		}
	}
}
