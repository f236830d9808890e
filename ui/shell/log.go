package shell

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
)

// logLimit is the size from which on the log starts anew, in bytes.
const logLimit = 5 << 20

// LogDir is the folder of the log and of crash reports.
func LogDir() string {
	base, err := os.UserCacheDir()
	if err != nil {
		base = os.TempDir()
	}
	return filepath.Join(base, "seedbed")
}

// StartLog sends the log to a file beside the caches, and a crash there too. The
// window works without a log, so a folder that can't be written is no error.
func StartLog() (stop func()) {
	dir := LogDir()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return func() {}
	}
	path := filepath.Join(dir, "seedbed.log")
	flags := os.O_APPEND | os.O_CREATE | os.O_WRONLY
	if info, err := os.Stat(path); err == nil && info.Size() > logLimit {
		flags |= os.O_TRUNC
	}
	file, err := os.OpenFile(path, flags, 0o600)
	if err != nil {
		return func() {}
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(io.MultiWriter(file, os.Stderr), nil)))
	crashes, err := os.OpenFile(filepath.Join(dir, "crash.log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err == nil {
		_ = debug.SetCrashOutput(crashes, debug.CrashOptions{})
		_ = crashes.Close() // the runtime keeps its own
	}
	return func() { _ = file.Close() }
}
