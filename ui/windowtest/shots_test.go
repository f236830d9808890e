//go:build window && screenshots

package windowtest

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"seedbed/assets/i18n"
	"seedbed/localdb"
	"seedbed/localdb/exchange"
	"seedbed/localdb/exchange/table"
)

// TestScreenshots makes the pictures of docs: every page, light and dark, of a
// dataset with messages of the built-in writer, accepted ones, real ones, and a check.
func TestScreenshots(t *testing.T) {
	for _, mode := range []string{"light", "dark"} {
		d := newDesk(t, 1280, 840) // the window leaves room for a title bar
		d.prefer(`"mode": "` + mode + `"`)
		d.start()
		d.picture("home", mode)
		d.press("n", "Tab", "Tab", "Tab") // out of the fields, where the cursor blinks
		d.rest()
		d.picture("new", mode)
		d.quit()
		d.start()
		d.press("s")
		path := filepath.Join(d.home, "Documents", "Seedbed", "Sample.seedbed")
		d.until("the sample has 640 messages", func() bool { return len(d.messages(path, localdb.Filter{})) == 640 })
		d.rest()
		d.quit()
		someReal(t, path)

		d.start(path)
		d.press("ctrl+6", "ctrl+Return")
		d.rest() // the check
		for i, page := range []string{"overview", "knowledge", "generate", "review", "real", "check", "categories", "export", "settings"} {
			d.press("ctrl+" + string(rune('1'+i)))
			d.rest()
			d.picture(page, mode)
		}
		d.press("ctrl+6", "ctrl+t")
		d.write("how do i write a cover letter for a nurse job")
		d.press("Tab") // out of the field, where the cursor blinks
		d.rest()
		d.press("ctrl+t", "Tab", "Tab", "Tab", "Tab") // to "That's wrong"
		d.rest()
		d.picture("try", mode)
		d.kill()
	}
}

// someReal accepts a part of the sample and adds messages of real people.
func someReal(t *testing.T, path string) {
	t.Helper()
	ctx := context.Background()
	data, err := localdb.Open(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer data.Close()
	var ids []int64
	for m, err := range data.Messages(ctx, localdb.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if m.ID%3 != 0 {
			ids = append(ids, m.ID)
		}
	}
	if _, err := data.SetStatus(ctx, ids, localdb.Accepted, nil); err != nil {
		t.Fatal(err)
	}
	list := readRealStyle(t)
	if _, err := data.Add(ctx, i18n.T("Merge"), list); err != nil {
		t.Fatal(err)
	}
}

// readRealStyle reads labelled messages in the style of real people.
func readRealStyle(t *testing.T) []localdb.Message {
	t.Helper()
	f, err := exchange.OpenFile(filepath.Join("..", "..", "gen", "testdata", "realstyle_dev.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	reading, err := table.ReadCSV(f, exchange.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var list []localdb.Message
	for row, err := range reading.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, localdb.Message{Text: row.Message, Category: row.Category, Confidence: 1, LabelledBy: localdb.ByFile, Source: localdb.Real})
	}
	return list
}

// picture takes the window, in few enough colours to be small.
func (d *desk) picture(page, mode string) {
	d.t.Helper()
	d.do("mousemove", "1279", "839")
	time.Sleep(300 * time.Millisecond)
	file := filepath.Join("..", "..", "docs", page+"-"+mode+".png")
	if out, err := d.command("import", "-window", d.window, file).CombinedOutput(); err != nil {
		d.t.Fatalf("%v\n%s", err, out)
	}
	if out, err := d.command("pngquant", "--force", "--strip", "--ext", ".png", file).CombinedOutput(); err != nil {
		d.t.Fatalf("%v\n%s", err, out)
	}
}
