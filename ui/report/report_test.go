package report

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"seedbed/assets/crash"
)

const (
	key     = "sk-proj-0123456789abcdef0123"
	message = "my boss Zebediah Quux keeps shouting"
)

// TestMain is also the program that the tests let end in bad ways.
func TestMain(m *testing.M) {
	if end := os.Getenv("SEEDBED_TEST_END"); end != "" {
		StartLog()
		s, _ := Begin()
		slog.Error("reading the list", "error", fmt.Errorf("row %q: %s, password=swordfish", message, key))
		ended(s, end)
	}
	os.Exit(m.Run())
}

func ended(s *Session, end string) {
	switch end {
	case "well":
		s.End()
		os.Exit(0)
	case "panic":
		go func() { panic(message + "\n" + key) }()
		select {}
	case "nil":
		go func() { var p *Session; p.crash.Name() }()
		select {}
	case "fatal":
		m := map[int]int{}
		for range 8 {
			go func() {
				for i := 0; ; i++ {
					m[i%3] = i
				}
			}()
		}
		select {}
	case "loop":
		s.Crash(crash.In(crash.Try(func() error { panic(errors.New(message)) })))
		os.Exit(1)
	}
	fmt.Println("ready")
	_, _ = io.Copy(io.Discard, os.Stdin) // until it is killed
}

// after is what the next start reports after a program that ended in some way.
func after(t *testing.T, end string) string {
	t.Helper()
	program := exec.CommandContext(t.Context(), os.Args[0])
	program.Env = append(os.Environ(), "SEEDBED_TEST_END="+end)
	out, err := program.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := program.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	if end == "kill" || end == "quit" {
		if _, err := out.Read(make([]byte, 5)); err != nil {
			t.Fatal(err)
		}
		signal := map[string]os.Signal{"kill": os.Kill, "quit": syscall.SIGQUIT}[end]
		if err := program.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
	}
	_ = program.Wait()
	s, text := Begin()
	s.End()
	return text
}

func freshFolder(t *testing.T) {
	t.Helper()
	t.Setenv("HOME", t.TempDir())
	t.Setenv("XDG_CACHE_HOME", "")
}

func TestTheNextSessionReportsHowOneEnded(t *testing.T) {
	for end, says := range map[string]string{
		"panic": "panic: …",
		"nil":   "nil pointer dereference",
		"fatal": "maps.fatal",
		"loop":  "panic: …",
		"kill":  "without a trace",
		"quit":  "SIGQUIT",
	} {
		t.Run(end, func(t *testing.T) {
			if end == "quit" && runtime.GOOS == "windows" {
				return
			}
			freshFolder(t)
			text := after(t, end)
			for _, want := range []string{says, "Report of Seedbed", "System: " + runtime.GOOS, "ERROR reading the list"} {
				if !strings.Contains(text, want) {
					t.Errorf("the report lacks %q:\n%s", want, text)
				}
			}
			if end != "kill" && !strings.Contains(text, "report.ended") {
				t.Errorf("the report doesn't say where:\n%s", text)
			}
			for _, secret := range []string{key, "Zebediah", "swordfish", os.Getenv("HOME")} {
				if strings.Contains(text, secret) {
					t.Errorf("the report has %q:\n%s", secret, text)
				}
			}
			for _, file := range Files() {
				content, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if strings.Contains(string(content), "Zebediah") || strings.Contains(string(content), key) {
					t.Errorf("%s has the message or the key:\n%s", file, content)
				}
				if filepath.Ext(file) != ".log" {
					t.Errorf("%s is left", file)
				}
			}
			if _, again := Begin(); again != "" {
				t.Error("it is reported twice")
			}
		})
	}
}

func TestASessionThatEndedWellOrGoesOnIsNotReported(t *testing.T) {
	freshFolder(t)
	if text := after(t, "well"); text != "" {
		t.Errorf("reported: %s", text)
	}
	first, _ := Begin()
	defer first.End()
	if _, text := Begin(); text != "" {
		t.Errorf("a window that is open is reported: %s", text)
	}
}

func TestTheLogHasBounds(t *testing.T) {
	freshFolder(t)
	if err := os.MkdirAll(Folder(), 0o700); err != nil {
		t.Fatal(err)
	}
	const limit = 10_000
	windows := []*logFile{{limit: limit}, {limit: limit}}
	for i := range 1000 {
		fmt.Fprintf(windows[i%2], "time=now level=INFO msg=\"line %d\"\n", i)
	}
	fmt.Fprintln(windows[0], `time=now level=INFO msg="the last line"`)
	for _, file := range Files() {
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 || info.Size() > limit {
			t.Errorf("%s is %v, %d bytes", file, info.Mode(), info.Size())
		}
	}
	if len(Files()) != 2 {
		t.Errorf("the log is %q", Files())
	}
	for _, window := range windows {
		window.close()
	}
	if !strings.Contains(logLines(), "the last line") {
		t.Error("the last line is lost")
	}
	for range 2 * keptReports {
		if _, err := Save("text"); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(Files()); n > 2+keptReports {
		t.Errorf("%d files are kept", n)
	}
}

func TestRedact(t *testing.T) {
	t.Setenv("HOME", "/home/zebediah")
	for text, want := range map[string]string{
		`opening /home/zebediah/data/x.seedbed failed`:           `opening ~/data/x.seedbed failed`,
		`C:\Users\zebediah\x: no such file`:                      `C:\Users\…\x: no such file`,
		`/Users/zebediah/x`:                                      `/Users/…/x`,
		`dial postgres://ann:p@ss/w@db.example:5432/kb: refused`: `dial postgres://…@db.example:5432/kb: refused`,
		`Authorization: Bearer abcDEF123`:                        `Authorization: …`,
		`password='s w' host=db`:                                 `password=… host=db`,
		`api_key=abc&model=x`:                                    `api_key=…&model=x`,
		`adding "my boss shouts": full`:                          `adding "…": full`,
		`can't read what wasn't there`:                           `can't read what wasn't there`,
		`key sk-proj-0123456789abcdef was refused`:               `key … was refused`,
		`ask ann@example.org`:                                    `ask …`,
	} {
		if got := Redact(text); got != want {
			t.Errorf("Redact(%q) = %q, want %q", text, got, want)
		}
	}
}
