package report

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"seedbed/assets"
	"seedbed/assets/crash"
)

// The bounds of a report.
const (
	mostTrace   = 128 << 10 // bytes of a stack trace
	mostLines   = 100       // of the log
	keptReports = 10
)

// Of is the report of a panic.
func Of(p *crash.Panic) string {
	return assemble(describe(p.Value), string(p.Stack))
}

// Asked is a report that a person asks for, of no fault in particular.
func Asked() string { return assemble("asked for in the Help menu", "") }

// describe says what kind of panic it was. Only what Go itself says is quoted, since
// anything else may hold a message.
func describe(value any) string {
	if err, ok := value.(runtime.Error); ok {
		return "panic: " + Redact(err.Error())
	}
	return fmt.Sprintf("panic: a value of type %T", value)
}

// assemble puts a report together.
func assemble(what, trace string) string {
	if len(trace) > mostTrace {
		trace = trace[:mostTrace] + "\n" + gap
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Report of Seedbed %s, %s\n", assets.Version(), time.Now().UTC().Format(time.RFC3339))
	fmt.Fprintf(&b, "System: %s/%s, %s, %d processors\n\n%s\n\n", runtime.GOOS, runtime.GOARCH, runtime.Version(), runtime.NumCPU(), what)
	b.WriteString(redactTrace(trace))
	b.WriteString("\nThe last lines of the log, without details:\n")
	b.WriteString(logLines())
	return b.String()
}

var (
	// lineOfLog are the parts of a line that the program wrote itself.
	lineOfLog = regexp.MustCompile(`^time=(\S+) level=(\S+) msg=("(?:[^"\\]|\\.)*"|\S+)`)
	// begins is where the goroutines begin in what Go writes of a crash.
	begins = regexp.MustCompile(`(?m)^goroutine \d+`)
	// ofGo are the lines before that which hold nothing but Go's own words.
	ofGo = regexp.MustCompile(`^(panic: runtime error: |fatal error: |runtime: |SIG[A-Z]+: |\[signal |PC=|\s*\[recovered)`)
)

// redactTrace leaves the values of panics out of what Go writes of a crash.
func redactTrace(trace string) string {
	head := ""
	if at := begins.FindStringIndex(trace); at != nil {
		head, trace = trace[:at[0]], trace[at[0]:]
	}
	var b strings.Builder
	for line := range strings.Lines(head) {
		switch {
		case ofGo.MatchString(line) || strings.TrimSpace(line) == "":
			b.WriteString(Redact(line))
		case strings.HasPrefix(line, "panic: "):
			b.WriteString("panic: " + gap + "\n")
		}
	}
	for line := range strings.Lines(trace) {
		if strings.HasPrefix(line, "panic(") { // its value may be a text
			line = "panic(" + gap + ")\n"
		}
		b.WriteString(Redact(line))
	}
	return b.String()
}

// logLines are the last lines of the log: when, how bad, and the program's own words.
func logLines() string {
	var text []byte
	for _, name := range []string{oldLog, logName} {
		part, err := os.ReadFile(filepath.Join(Folder(), name))
		if err == nil {
			text = append(text, part...)
		}
	}
	var lines []string
	for line := range strings.Lines(string(text)) {
		m := lineOfLog.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		said := m[3]
		if plain, err := strconv.Unquote(said); err == nil {
			said = plain
		}
		lines = append(lines, m[1]+" "+m[2]+" "+Redact(said)+"\n")
	}
	return strings.Join(lines[max(0, len(lines)-mostLines):], "")
}

// Save writes a report into the program's folder and returns its path. Of reports there
// only the newest stay.
func Save(text string) (path string, err error) {
	if err := os.MkdirAll(Folder(), 0o700); err != nil {
		return "", err
	}
	path = filepath.Join(Folder(), "report-"+time.Now().UTC().Format("20060102-150405.000")+".txt")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		return "", err
	}
	reports, err := filepath.Glob(filepath.Join(Folder(), "report-*.txt"))
	slices.Sort(reports) // by time
	for _, old := range reports[:max(0, len(reports)-keptReports)] {
		_ = os.Remove(old) // the next one tries again
	}
	return path, err
}
