package report

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
)

// The log is a file of at most logLimit bytes, and the one before it.
const (
	logLimit = 2 << 20
	logName  = "seedbed.log"
	oldLog   = "seedbed.1.log"
)

// longestText is how much of a text is logged, in bytes.
const longestText = 4 << 10

// StartLog sends the log to a file beside the caches. The program works without a log, so a
// folder that can't be written is no error.
func StartLog() (stop func()) {
	if err := os.MkdirAll(Folder(), 0o700); err != nil {
		return func() {}
	}
	file := &logFile{limit: logLimit}
	options := &slog.HandlerOptions{ReplaceAttr: redactAttr}
	slog.SetDefault(slog.New(slog.NewTextHandler(io.MultiWriter(file, os.Stderr), options)))
	return file.close
}

// redactAttr redacts what is logged: the message, too, which for Fyne's log is any text.
func redactAttr(_ []string, a slog.Attr) slog.Attr {
	said := func(text string) slog.Attr {
		return slog.String(a.Key, Redact(text[:min(len(text), longestText)]))
	}
	switch value := a.Value.Any().(type) {
	case string:
		return said(value)
	case error:
		return said(value.Error())
	case fmt.Stringer:
		if a.Value.Kind() == slog.KindAny {
			return said(value.String())
		}
	}
	return a
}

// logFile is the log as several windows may write it at once: whoever finds it full moves
// it away. What can't be written is lost.
type logFile struct {
	limit int64 // bytes

	mu   sync.Mutex
	file *os.File
}

// Write appends a line.
func (l *logFile) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	path := filepath.Join(Folder(), logName)
	if l.file != nil && !l.isAt(path) { // another window moved it away
		_ = l.file.Close()
		l.file = nil
	}
	if info, err := os.Stat(path); err == nil && info.Size()+int64(len(line)) > l.limit {
		if l.file != nil {
			_ = l.file.Close()
			l.file = nil
		}
		_ = os.Rename(path, filepath.Join(Folder(), oldLog))
	}
	if l.file == nil {
		var err error
		if l.file, err = os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600); err != nil {
			return len(line), nil
		}
	}
	_, _ = l.file.Write(line)
	return len(line), nil
}

func (l *logFile) isAt(path string) bool {
	own, err := l.file.Stat()
	if err != nil {
		return false
	}
	there, err := os.Stat(path)
	return err == nil && os.SameFile(own, there)
}

func (l *logFile) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file != nil {
		_ = l.file.Close()
		l.file = nil
	}
}
