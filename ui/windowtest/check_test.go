//go:build window

package windowtest

import (
	"context"
	"net/http"
	"os"
	"strconv"
	"strings"
	"testing"

	"seedbed/gen/check"
	"seedbed/localdb"
)

// TestTryCorrectChooseServe types a message on the Check page, corrects what the model
// makes of it and takes that back, chooses the strictest threshold, and serves the model.
// It uses the keyboard alone.
func TestTryCorrectChooseServe(t *testing.T) {
	d := newDesk(t, 1400, 900)
	path := makeSample(d)
	d.press("ctrl+6", "ctrl+Return")
	d.until("the check is done", func() bool { return d.checks(path) == 1 })
	d.rest()

	const text = "my cousin lends me her car for the weekend"
	added := func() []localdb.Message {
		return d.messages(path, localdb.Filter{Sources: []localdb.Source{localdb.Real}})
	}
	d.press("ctrl+t")
	d.write(text)
	d.press("Tab")                                      // out of the field, where the cursor blinks without rest
	d.rest()                                            // the model has learned the dataset and read the text
	d.press("ctrl+t", "Tab", "Tab", "Tab", "Tab")       // over the three nearest messages to "That's wrong"
	d.press("Return", "Down", "Down", "Down", "Return") // the third category
	d.until("the correction is in the dataset", func() bool { return len(added()) == 1 })
	if m := added()[0]; m.Text != text || m.Category != "psychological" || m.Status != localdb.Accepted || m.LabelledBy != localdb.ByPerson {
		t.Errorf("it was added as %+v", m)
	}
	d.rest()
	d.press("ctrl+z")
	d.until("it is taken back", func() bool { return len(added()) == 0 })
	d.rest()

	flagged := func() int { return len(d.messages(path, localdb.Filter{Flags: localdb.OutOfScope})) }
	before := flagged()
	d.press("Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Return") // the sixth threshold
	d.until("more messages are flagged", func() bool { return flagged() > 2*before })
	data, err := localdb.OpenReadOnly(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := check.Kept(context.Background(), data)
	if data.Close(); kept != 0.8 || err != nil {
		t.Errorf("the dataset keeps %v, %v", kept, err)
	}
	d.rest()

	listened := listening(t)
	d.press("Tab", "Tab", "Tab", "Return") // over "Review them" and "Export the model" to "Serve it"
	address := ""
	d.until("the model is served", func() bool {
		for port := range listening(t) {
			if !listened[port] && asks("http://127.0.0.1:"+strconv.Itoa(port)) {
				address = "http://127.0.0.1:" + strconv.Itoa(port)
			}
		}
		return address != ""
	})
	answer, err := http.Post(address+"/predict", "text/plain", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("it answers %s", answer.Status)
	}
	d.quit()
	if asks(address) {
		t.Errorf("%s is still served", address)
	}
}

// asks reports whether a model is served at an address.
func asks(address string) bool {
	answer, err := http.Get(address + "/health")
	if err != nil {
		return false
	}
	answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

// listening are the ports at which programs listen on 127.0.0.1, by proc(5).
func listening(t *testing.T) map[int]bool {
	t.Helper()
	table, err := os.ReadFile("/proc/net/tcp")
	if err != nil {
		t.Fatal(err)
	}
	ports := map[int]bool{}
	for _, line := range strings.Split(string(table), "\n") {
		const local, state, listen = 1, 3, "0A"
		fields := strings.Fields(line)
		if len(fields) <= state || fields[state] != listen {
			continue
		}
		if hex, ok := strings.CutPrefix(fields[local], "0100007F:"); ok {
			if port, err := strconv.ParseUint(hex, 16, 16); err == nil {
				ports[int(port)] = true
			}
		}
	}
	return ports
}
