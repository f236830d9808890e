package check

import (
	"bytes"
	"context"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"seedbed/gen/intent"
	"seedbed/gen/serve"
	"seedbed/localdb/atomicfile"
	"seedbed/ui/shell"
	"seedbed/ui/widget"
)

// modelEnding is how the file name of an exported model ends.
const modelEnding = ".model"

// useCard exports the model, and serves it to the programs of this computer.
type useCard struct {
	page     *page
	starting bool
	url      string // where it is served; "" where it is not
	revision uint64 // of the dataset that the served model learned from
	end      context.CancelFunc

	start, browse, copy *widget.Button
	state               *widget.Text
	example             *widget.Text
	object              fyne.CanvasObject
}

func newUseCard(p *page) *useCard {
	c := &useCard{page: p, state: widget.Body(""), example: widget.Code("")}
	c.start = widget.NewButton("", c.startOrStop)
	c.browse = widget.NewButton(lang.L("Open in the browser"), c.openBrowser)
	c.copy = widget.NewButton(lang.L("Copy the address"), c.copyURL)
	c.object = widget.VBox(10, widget.Heading(lang.L("Use the model")),
		widget.Muted(lang.L("Python and JavaScript read the exported model without Seedbed. Programs of this computer can also ask it over HTTP as long as this dataset is open; no other computer can.")),
		widget.Wrap(8, widget.NewButton(lang.L("Export the model…"), c.export), c.start), c.state, c.example, widget.Wrap(8, c.browse, c.copy))
	c.show()
	return c
}

// show shows whether the model is served, and where.
func (c *useCard) show() {
	served := c.url != ""
	switch {
	case c.starting:
		c.start.SetText(lang.L("Starting…"))
	case served:
		c.start.SetText(lang.L("Stop serving"))
	default:
		c.start.SetText(lang.L("Serve it on this computer"))
	}
	shell.SetEnabled(c.start, !c.starting)
	for _, o := range []fyne.CanvasObject{c.state, c.example, c.browse, c.copy} {
		shell.SetVisible(o, served)
	}
	if served {
		text := lang.L("It answers at {{.Address}}", map[string]any{"Address": c.url})
		if data := c.page.window.Dataset(); data != nil && data.Revision() != c.revision {
			text += "\n" + lang.L("The dataset has changed since: stop and serve again to use what it holds now.")
		}
		c.state.SetText(text)
		c.example.SetText("curl " + c.url + `/predict -d "how do I ask for a raise"`)
	}
	if c.object != nil {
		c.object.Refresh()
	}
}

// preferredAddress is where the model is served unless another program is there.
const preferredAddress = "127.0.0.1:8080"

func startServer(model *intent.Model) (*serve.Server, error) {
	config := serve.Config{Answering: serve.Answering{Model: model}, Address: preferredAddress}
	server, err := serve.Start(config)
	if err != nil {
		config.Address = "127.0.0.1:0" // any free port
		server, err = serve.Start(config)
	}
	return server, err
}

// startOrStop serves the model until it is stopped or the dataset is closed.
func (c *useCard) startOrStop() {
	if c.url != "" {
		c.end()
		return
	}
	w := c.page.window
	data := w.Dataset()
	if data == nil || c.starting {
		return
	}
	c.starting = true
	c.show()
	ended, end := context.WithCancel(context.Background())
	c.end = end
	w.Jobs.RunSilently(func(ctx context.Context) error {
		defer end()
		model, err := c.page.models.of(ctx, data)
		if err != nil {
			return err
		}
		server, err := startServer(model.Model)
		if err != nil {
			return err
		}
		w.Jobs.Post(func() {
			c.starting, c.url, c.revision = false, server.URL(), model.revision
			c.show()
		})
		select {
		case err := <-server.Done():
			return err
		case <-ctx.Done():
		case <-ended.Done():
		}
		return server.Stop()
	}, func(err error) {
		c.starting, c.url = false, ""
		c.show()
		w.Fail(lang.L("The model is not served"), err)
	})
}

func (c *useCard) openBrowser() {
	address, err := url.Parse(c.url)
	if err != nil || c.url == "" {
		return
	}
	w := c.page.window
	w.Jobs.Start(func() {
		if err := w.App.OpenURL(address); err != nil {
			w.Jobs.Post(func() { w.Tell(lang.L("The browser could not be opened"), address.String()) })
		}
	})
}

func (c *useCard) copyURL() {
	c.page.window.App.Clipboard().SetContent(c.url)
	c.page.window.Toasts.Show(lang.L("Copied: {{.Address}}", map[string]any{"Address": c.url}), "", nil)
}

// export asks for a place and writes the model there.
func (c *useCard) export() {
	w := c.page.window
	path := w.Dataset().Path()
	w.ChooseToSave(lang.L("Export the model"), filepath.Join(filepath.Dir(path), shell.DatasetName(path)+modelEnding), c.exportTo)
}

func (c *useCard) exportTo(path string) {
	if path = shell.FullPath(path); filepath.Ext(path) == "" {
		path += modelEnding
	}
	w := c.page.window
	data, title := w.Dataset(), lang.L("Exporting the model")
	var kept []string
	w.Jobs.Run(title, func(ctx context.Context, _ func(shell.Progress)) error {
		model, err := c.page.models.of(ctx, data)
		if err != nil {
			return err
		}
		if err := atomicfile.Write(path, model.Save); err != nil {
			return err
		}
		kept, err = writeReaders(filepath.Dir(path))
		return err
	}, func(err error) {
		if err != nil {
			w.Fail(lang.L("The model could not be exported"), err)
			return
		}
		w.Toasts.Show(lang.L("The model is {{.Path}}", map[string]any{"Path": shell.ShortPath(path)}), lang.L("Open folder"), func() { w.OpenFolder(filepath.Dir(path)) })
		if len(kept) > 0 {
			w.Tell(lang.L("Files that were there already"), lang.L("{{.Files}} differ from what Seedbed would write beside the model and were left alone. The model’s own file, which is a zip, holds the programs that read it.", map[string]any{"Files": strings.Join(kept, ", ")}))
		}
	})
}

// writeReaders writes the programs that read models into a folder, but for those whose
// name another file has there.
func writeReaders(dir string) (kept []string, err error) {
	for _, reader := range intent.Readers() {
		path := filepath.Join(dir, reader.Name)
		there, err := os.ReadFile(path) // a file that the person's folder has
		if err == nil {
			if !bytes.Equal(there, []byte(reader.Text)) {
				kept = append(kept, reader.Name)
			}
			continue
		}
		if err := atomicfile.Write(path, func(to io.Writer) error { _, err := io.WriteString(to, reader.Text); return err }); err != nil {
			return kept, err
		}
	}
	return kept, nil
}
