// Package mounttest runs tests where a folder can be reached by a second name, or only be
// read, as on a share or a stick: in a process of their own with mounts and user ids of its
// own, which nobody else sees and which needs no privileges. It is for Linux.
package mounttest

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// folderVariable hands the folder on to the process.
const folderVariable = "SEEDBED_TEST_MOUNT"

// ReadOnly calls prepare with a new folder, and then inside, in another process, with that
// folder when it can only be read.
func ReadOnly(t *testing.T, prepare, inside func(t *testing.T, folder string)) {
	t.Helper()
	run(t, superuser, prepare, func(t *testing.T, folder string) {
		t.Helper()
		mount(t, folder, folder, unix.MS_BIND)
		mount(t, folder, folder, unix.MS_BIND|unix.MS_REMOUNT|unix.MS_RDONLY)
		if err := os.WriteFile(filepath.Join(folder, "written"), nil, 0o600); !errors.Is(err, unix.EROFS) {
			t.Fatalf("the folder can be written to: %v", err)
		}
		inside(t, folder)
	})
}

// Bound calls prepare with a new folder, and then inside, in another process, with that
// folder and a second one that shows the same files.
func Bound(t *testing.T, prepare func(t *testing.T, folder string), inside func(t *testing.T, folder, second string)) {
	t.Helper()
	run(t, superuser, prepare, func(t *testing.T, folder string) {
		t.Helper()
		second := t.TempDir()
		mount(t, folder, second, unix.MS_BIND)
		t.Cleanup(func() { _ = unix.Unmount(second, unix.MNT_DETACH) })
		inside(t, folder, second)
	})
}

// Small calls inside, in another process, with a new folder on a disk of so many bytes.
func Small(t *testing.T, size int, inside func(t *testing.T, folder string)) {
	t.Helper()
	run(t, superuser, func(*testing.T, string) {}, func(t *testing.T, folder string) {
		t.Helper()
		if err := unix.Mount("tmpfs", folder, "tmpfs", 0, "size="+strconv.Itoa(size)); err != nil {
			t.Fatalf("mounting %s: %v", folder, err)
		}
		t.Cleanup(func() { _ = unix.Unmount(folder, unix.MNT_DETACH) })
		inside(t, folder)
	})
}

// Protected calls prepare with a new folder, and then inside, in another process, which the
// permissions of files hold for even where the tests are the superuser's.
func Protected(t *testing.T, prepare, inside func(t *testing.T, folder string)) {
	t.Helper()
	run(t, somebody, func(t *testing.T, folder string) {
		t.Helper()
		t.Cleanup(func() { _ = os.Chmod(folder, 0o700) }) //nolint:gosec // a folder
		prepare(t, folder)
	}, inside)
}

// Whom the process takes itself for.
const (
	superuser = 0
	somebody  = 1000
)

func mount(t *testing.T, from, to string, flags uintptr) {
	t.Helper()
	if err := unix.Mount(from, to, "", flags, ""); err != nil {
		t.Fatalf("mounting %s: %v", to, err)
	}
}

// run runs inside in another process, which may mount where it is the superuser.
func run(t *testing.T, as int, prepare, inside func(t *testing.T, folder string)) {
	t.Helper()
	if folder := os.Getenv(folderVariable); folder != "" {
		inside(t, folder)
		return
	}
	folder := t.TempDir()
	prepare(t, folder)
	command := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v", "-test.count=1") //nolint:gosec // this very test
	command.Env = append(os.Environ(), folderVariable+"="+folder)
	command.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: as, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: as, HostID: os.Getgid(), Size: 1}},
	}
	output, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("in the other process: %v\n%s", err, output)
	}
	t.Logf("%s", output)
}
