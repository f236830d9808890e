package volume

import (
	"bufio"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// networkTypes are the file systems that are reached through a network, or are another
// system's files, by their magic numbers (statfs(2) and the kernel's sources).
var networkTypes = map[uint32]string{
	unix.NFS_SUPER_MAGIC:  "NFS",
	unix.SMB_SUPER_MAGIC:  "SMB",
	unix.SMB2_SUPER_MAGIC: "SMB",
	unix.CIFS_SUPER_MAGIC: "SMB",
	unix.AFS_SUPER_MAGIC:  "AFS",
	unix.AFS_FS_MAGIC:     "AFS",
	unix.CODA_SUPER_MAGIC: "Coda",
	unix.NCP_SUPER_MAGIC:  "NCP",
	unix.V9FS_MAGIC:       "9P",
	unix.CEPH_SUPER_MAGIC: "Ceph",
	0x0bd00bd0:            "Lustre",
	0x01161970:            "GFS2",
	0x7461636f:            "OCFS2",
	0x47504653:            "GPFS",
	0x20030528:            "OrangeFS",
	0x786f4256:            "VirtualBox",
	0xbacbacbc:            "VMware",
	0x6a656a63:            "virtiofs",
}

// networkType is what a folder is reached by; "" for a disk of this computer.
func networkType(folder string) string {
	var stat unix.Statfs_t
	if unix.Statfs(folder, &stat) != nil {
		return ""
	}
	kind := uint32(stat.Type)
	if kind != unix.FUSE_SUPER_MAGIC {
		return networkTypes[kind]
	}
	mounts, err := os.Open("/proc/self/mountinfo")
	if err != nil {
		return "FUSE"
	}
	defer mounts.Close()
	var device unix.Stat_t
	if unix.Stat(folder, &device) != nil {
		return "FUSE"
	}
	return fuseType(bufio.NewScanner(mounts), unix.Major(device.Dev), unix.Minor(device.Dev))
}

// fuseType is the type of the FUSE file system on a device, such as sshfs; "" for one that
// reads a disk of this computer. See proc_pid_mountinfo(5).
func fuseType(mounts *bufio.Scanner, major, minor uint32) string {
	for mounts.Scan() {
		before, after, ok := strings.Cut(mounts.Text(), " - ")
		fields, kinds := strings.Fields(before), strings.Fields(after)
		if !ok || len(fields) < 3 || len(kinds) < 1 || fields[2] != device(major, minor) {
			continue
		}
		if kinds[0] == "fuseblk" {
			return ""
		}
		if _, program, ok := strings.Cut(kinds[0], "."); ok {
			return program
		}
	}
	return "FUSE"
}

func device(major, minor uint32) string {
	return strconv.FormatUint(uint64(major), 10) + ":" + strconv.FormatUint(uint64(minor), 10)
}
