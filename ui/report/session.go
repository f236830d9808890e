package report

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/gofrs/flock"

	"seedbed/assets/crash"
)

// Session is one run of the window. While it lasts, two files in the folder belong to it:
// a lock, which the system releases when the program ends for any reason, and what Go
// writes in a crash.
type Session struct {
	lock  *flock.Flock
	crash *os.File
}

// The endings of a session's files.
const (
	lockEnding  = ".lock"
	crashEnding = ".crash"
)

// Begin begins a session, and returns the report of earlier ones that ended unexpectedly;
// "" where none did. Without a folder to write in there is no session: then it is nil.
func Begin() (s *Session, ended string) {
	if err := os.MkdirAll(Folder(), 0o700); err != nil {
		return nil, ""
	}
	ended = endedSessions()
	file, err := os.CreateTemp(Folder(), "session-*"+crashEnding) // private
	if err != nil {
		return nil, ended
	}
	s = &Session{flock.New(strings.TrimSuffix(file.Name(), crashEnding) + lockEnding), file}
	if taken, err := s.lock.TryLock(); err != nil || !taken {
		_ = file.Close()
		_ = os.Remove(file.Name())
		return nil, ended
	}
	_ = debug.SetCrashOutput(file, debug.CrashOptions{}) // without it there is only less to report
	return s, ended
}

// endedSessions collects what sessions left whose program is gone.
func endedSessions() string {
	locks, err := filepath.Glob(filepath.Join(Folder(), "session-*"+lockEnding))
	if err != nil {
		return ""
	}
	found, trace := false, ""
	for _, path := range locks {
		lock := flock.New(path, flock.SetFlag(os.O_RDWR)) // never makes the file
		if taken, err := lock.TryLock(); err != nil || !taken {
			_ = lock.Close()
			continue
		}
		left, err := os.ReadFile(strings.TrimSuffix(path, lockEnding) + crashEnding)
		if err == nil {
			found = true
			trace += string(left)
		}
		_ = lock.Close() // Windows removes no open file
		_ = os.Remove(strings.TrimSuffix(path, lockEnding) + crashEnding)
		_ = os.Remove(path)
	}
	switch {
	case !found:
		return ""
	case trace == "":
		return assemble("The program ended without a trace: it was killed, or the computer was switched off.", "")
	}
	return assemble("The program ended unexpectedly.", trace)
}

// End ends the session as it should.
func (s *Session) End() {
	if s == nil {
		return
	}
	_ = debug.SetCrashOutput(nil, debug.CrashOptions{})
	_ = s.crash.Close()
	_ = os.Remove(s.crash.Name())
	_ = s.lock.Close()
	_ = os.Remove(s.lock.Path())
}

// Crash leaves a panic to the next session.
func (s *Session) Crash(p *crash.Panic) {
	if s == nil {
		return
	}
	_ = debug.SetCrashOutput(nil, debug.CrashOptions{})
	_, _ = fmt.Fprintf(s.crash, "%s\n\n%s", describe(p.Value), p.Stack)
	_ = s.crash.Close()
	_ = s.lock.Close()
}
