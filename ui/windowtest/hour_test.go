//go:build window

package windowtest

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"seedbed/assets"
	"seedbed/localdb"
)

// shopCategories is what somebody pastes who has thought about their shop for five minutes.
const shopCategories = `opening_hours: asks when the shop is open
- are you open on sunday?
- when do you close today
- do you open on bank holidays?
- what time can i come on saturday morning
- is the shop still open at six
- are you closed over christmas?
repair: wants a bike repaired, or asks about it
- my gears keep jumping, can you look at it this week?
- how much is a puncture repair
- the brakes squeak since yesterday, can i bring the bike in
- how long does a full service take?
- the chain fell off and now it grinds
- can you fix a bent wheel
spare_parts: asks whether a part or accessory is there
- do you have a saddle for a child's bike?
- i need an inner tube for 28 inch wheels
- which bell fits my handlebar
- do you sell winter tyres for bikes
- have you got brake pads for a gazelle in stock?
- looking for a basket that fits a small frame
rental: wants to rent a bike
- can i rent a bike for the weekend?
- how much is a cargo bike for one day
- do i need to leave a deposit for the rental
- we are four people, do you have bikes for all of us tomorrow?
- i want to bring the rented bike back on monday
- is a helmet included in the hire
order_status: asks where an order is
- where is the frame that i ordered two weeks ago?
- has my order come in yet
- you said you would call me when the bike arrives
- my order number is 4471, when can i pick it up?
- still waiting for the lights i ordered
- did you send the pump already?
`

// TestTheFirstHour does what somebody does with Seedbed in their first hour: a dataset for
// a bicycle shop, from a list of categories to the files to train with. It counts the keys
// and clicks that this takes.
func TestTheFirstHour(t *testing.T) {
	const mostKeys, mostTyped, mostClicks = 45, 40, 2
	d := newDesk(t, 1366, 768)
	d.fileDialog()
	d.start()

	d.press("n")
	d.write("Bicycle shop")
	d.press("shift+Tab", "shift+Tab", "Return") // from a list of categories
	d.copy(shopCategories)
	d.press("ctrl+v")
	path := filepath.Join(d.home, "Documents", "Seedbed", "Bicycle shop.seedbed")
	d.pressUntil("ctrl+Return", "the dataset is there", func() bool {
		_, err := os.Stat(path)
		return err == nil
	})
	d.rest()

	all := func() []localdb.Message { return d.messages(path, localdb.Filter{}) }
	d.press("ctrl+3")
	d.rest()
	d.press("ctrl+Return")
	d.until("messages are generated", func() bool { return len(all()) > 100 })
	d.rest()
	generated := len(all())
	d.press("Escape") // what the built-in writer could not make

	export := filepath.Join(d.home, "WhatsApp Chat with Spoke & Chain.txt")
	if err := os.WriteFile(export, assets.Conversations, 0o600); err != nil {
		t.Fatal(err)
	}
	d.press("ctrl+5")
	d.rest()
	d.choose(export)
	d.press("ctrl+Return")
	d.rest() // the preview
	d.press("ctrl+Return")
	merged := func() []localdb.Message {
		return d.messages(path, localdb.Filter{Sources: []localdb.Source{localdb.Real}})
	}
	d.until("the chat is merged", func() bool { return len(merged()) > 20 })
	d.rest()

	has := func(word string) (n int) {
		for _, m := range all() {
			if strings.Contains(strings.ToLower(m.Text), word) {
				n++
			}
		}
		return n
	}
	before := has("bike")
	d.press("c", "ctrl+h")
	d.write("bike")
	d.press("Return")
	d.write("bicycle")
	d.pressUntil("Return", "text is replaced", func() bool { return has("bicycle") >= before/2 })
	d.rest()

	d.press("slash")
	d.write("bicycle")
	d.press("Return")
	d.rest()
	d.press("ctrl+a", "ctrl+shift+t")
	d.write("wording")
	d.press("Return")
	tagged := func() []localdb.Message { return d.messages(path, localdb.Filter{Tags: []string{"wording"}}) }
	d.until("they are tagged", func() bool { return len(tagged()) >= before/2 })
	d.rest()

	d.press("c")
	d.rest()
	d.press("5", "5", "5", "5", "5") // slips: the first messages are about opening hours
	d.press("ctrl+6")
	d.rest()
	d.press("ctrl+Return")
	d.until("the check is made", func() bool { return d.checks(path) == 1 })
	d.rest()
	suspects := func() int { return len(d.messages(path, localdb.Filter{Flags: localdb.Mislabelled})) }
	named := suspects()
	d.press("ctrl+r")
	d.rest()
	d.press("u", "u", "u")
	d.rest()
	if named == 0 || suspects() >= named {
		t.Errorf("the check named %d messages, and after three keys %d are left", named, suspects())
	}

	d.press("c")
	d.rest()
	d.press("ctrl+a", "a")
	accepted := func() int { return len(d.messages(path, localdb.Filter{Statuses: []localdb.Status{localdb.Accepted}})) }
	d.until("all are accepted", func() bool { return accepted() == len(all()) })
	d.press("ctrl+8")
	d.rest()
	d.press("ctrl+Return")
	out := filepath.Join(d.home, "Documents", "Seedbed", "Bicycle shop")
	d.until("the files are there", func() bool {
		_, err := os.Stat(filepath.Join(out, "intent", "test.csv"))
		return err == nil
	})
	d.rest()
	d.quit()

	combined := readCSV(t, filepath.Join(out, "combined.csv"))
	if len(combined) != accepted() || len(combined) <= generated {
		t.Errorf("combined.csv has %d messages; %d were generated, and %d are accepted", len(combined), generated, accepted())
	}
	split := 0
	for _, name := range []string{"train", "val", "test"} {
		rows := readCSV(t, filepath.Join(out, "intent", name+".csv"))
		split += len(rows)
		if n := len(categoriesOf(rows)); n != 5 {
			t.Errorf("%s.csv has %d categories", name, n)
		}
	}
	if split != len(combined) {
		t.Errorf("the splits have %d messages, and combined.csv %d", split, len(combined))
	}
	t.Logf("a first hour takes %d keys, %d typed characters and %d clicks", d.keys, d.typed, d.clicks)
	if d.keys > mostKeys || d.typed > mostTyped || d.clicks > mostClicks {
		t.Errorf("that is more than %d, %d and %d", mostKeys, mostTyped, mostClicks)
	}
}

// readCSV is the rows of a file below its header.
func readCSV(t *testing.T, path string) [][]string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil || len(rows) == 0 {
		t.Fatalf("%s: %d rows, %v", path, len(rows), err)
	}
	return rows[1:]
}

func categoriesOf(rows [][]string) map[string]bool {
	set := map[string]bool{}
	for _, row := range rows {
		set[row[1]] = true
	}
	return set
}

// copy puts a text into the clipboard, as another program does.
func (d *desk) copy(text string) {
	d.t.Helper()
	clipboard := d.command("xclip", "-selection", "clipboard")
	clipboard.Stdin = strings.NewReader(text)
	if err := clipboard.Run(); err != nil {
		d.t.Fatal(err)
	}
}

// pressUntil presses a key until something is true: it does nothing as long as what it is
// for isn't ready.
func (d *desk) pressUntil(key, what string, is func() bool) {
	d.t.Helper()
	const ready = 3 * time.Second
	pressed := time.Time{}
	d.until(what, func() bool {
		if is() {
			return true
		}
		if time.Since(pressed) > ready {
			d.press(key)
			pressed = time.Now()
		}
		return is()
	})
}

// fileDialog puts a script in the place of the system's file dialog.
func (d *desk) fileDialog() {
	d.t.Helper()
	folder := d.t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "zenity"), []byte("#!/bin/sh\ncat \"$HOME/chosen\"\n"), 0o700); err != nil {
		d.t.Fatal(err)
	}
	d.path = folder + string(os.PathListSeparator) + os.Getenv("PATH")
}

// choose has the file dialog return a file the next time: a double click there.
func (d *desk) choose(path string) {
	d.t.Helper()
	d.clicks += 2
	if err := os.WriteFile(filepath.Join(d.home, "chosen"), []byte(path+"\n"), 0o600); err != nil {
		d.t.Fatal(err)
	}
}
