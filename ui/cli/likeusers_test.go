//go:build unix

package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"seedbed/assets/i18n"
	"seedbed/gen/profile"
	"seedbed/gen/starter"
	"seedbed/localdb"
)

// fromPhones makes a dataset with n real messages of people who type on their phones.
func fromPhones(t *testing.T, n int) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "mine.seedbed")
	d, err := starter.Default().Create(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	starts := strings.Split("my boss,the night shift,new job,my team,this course,the move abroad", ",")
	rests := strings.Split("is hard,wears me out,went well,pls help,what now,no idea why,scares me a bit,again today,since march,feels so good", ",")
	var messages []localdb.Message
	for i := range n {
		messages = append(messages, localdb.Message{Text: starts[i%6] + " " + rests[i/6%10], Source: localdb.Real})
	}
	if _, err := d.Add(t.Context(), i18n.Text{}, messages); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// generate writes 80 messages with the built-in writer.
func generate(t *testing.T, arguments ...string) (code int, told string) {
	t.Helper()
	var out, errOut bytes.Buffer
	arguments = append([]string{"generate", "--writer", "builtin", "--no-knowledge-base", "--seed", "7", "--rag-count", "0", "--context-count", "20", "--chitchat-count", "0", "--output", filepath.Join(t.TempDir(), "out.csv")}, arguments...)
	code = run(t.Context(), arguments, &out, &errOut)
	return code, errOut.String()
}

func TestGenerateLikeUsers(t *testing.T) {
	distance := func(flags ...string) float64 {
		path := fromPhones(t, 60)
		if code, told := generate(t, append(flags, "--dataset", path)...); code != exitDone {
			t.Fatal(told)
		}
		d, err := localdb.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		both, err := profile.Read(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		away, ok := both.Distance()
		if !ok {
			t.Fatalf("%+v", both)
		}
		return away
	}
	if without, with := distance(), distance("--like-users"); with > without/2 {
		t.Errorf("without %.2f, with %.2f", without, with)
	}
}

func TestLikeUsersNeedsUsers(t *testing.T) {
	for _, path := range []string{fromPhones(t, 29), filepath.Join(t.TempDir(), "new.seedbed")} {
		_, before := os.Stat(path)
		code, told := generate(t, "--like-users", "--dataset", path)
		if code != exitUsage || !strings.Contains(told, "30 are needed") {
			t.Errorf("%d: %s", code, told)
		}
		if _, after := os.Stat(path); (before == nil) != (after == nil) {
			t.Errorf("%s: before %v, after %v", path, before, after)
		}
	}
}
