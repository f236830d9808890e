package cli

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"seedbed/assets/crash"
	"seedbed/gen/intent"
	"seedbed/gen/intent/outofscope"
	"seedbed/gen/serve"
)

// answerFlags say what a message must be like to get a category. predict and serve have them.
type answerFlags struct {
	Always bool    `help:"Answer with a category always, however unlike all of them a message is."`
	Keep   float64 `type:"share" placeholder:"SHARE" help:"The share of messages like those learned from that shall get a category: 0.99, 0.98, 0.95, 0.9, 0.85 or 0.8; the model's own, which is 0.95 unless the window saved it with another, if not given. With a lower one, more foreign messages are none."`
}

// answering checks the flags and loads the model.
func (f answerFlags) answering(path string) (serve.Answering, error) {
	model, err := loadModel(path)
	return serve.Answering{Model: model, Always: f.Always, Kept: f.Keep}, err
}

type predictCommand struct {
	Model string   `required:"" placeholder:"MODEL" type:"existingfile" help:"A check model that train saved."`
	Text  []string `arg:"" optional:"" help:"The messages; without any, each line of standard input is one."`
	answerFlags
	Explain bool `help:"Also show which words decided: how much of its lead over the next category the answer owes to each."`
	JSON    bool `name:"json" help:"Write a JSON object a line, with the probabilities of all categories."`
}

// Help is shown below the flags.
func (predictCommand) Help() string {
	return "Says which category each message has, and with which confidence. A message that is unlike all that the model learned from is none.\n\nExample:\n  seedbed predict --model intent.model \"my manager never listens to me\"\n  seedbed predict --model intent.model --json <messages.txt >categories.jsonl"
}

// prediction is one line of predict --json.
type prediction struct {
	Message string `json:"message"`
	serve.Answer
	Words []intent.Weight `json:"words,omitempty"`
}

// Run predicts messages one after the other.
func (c *predictCommand) Run(ctx context.Context, t *terminal) error {
	answering, err := c.answering(c.Model)
	if err != nil {
		return err
	}
	width := len(outofscope.None)
	for _, name := range answering.Model.Categories() {
		width = max(width, utf8.RuneCountInString(name))
	}
	messages := func(yield func(string, error) bool) {
		for _, text := range c.Text {
			if !yield(text, ctx.Err()) {
				return
			}
		}
	}
	if len(c.Text) == 0 {
		messages = lines(ctx, t.in)
	}
	for message, err := range messages {
		if err != nil {
			return err
		}
		p := prediction{Message: message, Answer: answering.Answer(message, c.JSON)}
		if c.Explain {
			p.Words = answering.Model.Explain(message)
		}
		if c.JSON {
			err = writeJSON(t.out, p, "")
		} else {
			err = p.print(t.out, width)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (p prediction) print(w io.Writer, width int) error {
	confidence, remark := fmt.Sprintf("%5.1f %%", 100*p.Confidence), ""
	if p.None {
		confidence, remark = "       ", fmt.Sprintf("  (nearest: %s)", p.Nearest)
	}
	_, err := io.WriteString(w, textOf("%-*s  %s  %s%s\n", width, p.Category, confidence, oneLine(p.Message), remark))
	if len(p.Words) == 0 {
		return err
	}
	words := make([]string, len(p.Words))
	slices.SortStableFunc(p.Words, func(a, b intent.Weight) int { return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)) })
	for i, word := range p.Words {
		words[i] = fmt.Sprintf("%s %+.2f", word.Word, word.Weight)
	}
	_, next := io.WriteString(w, textOf("%*s  %s\n", width, "", strings.Join(words, "  ")))
	return errors.Join(err, next)
}

// oneLine shows a message in a line.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// maxLine is the longest line of standard input that is taken as a message, in bytes.
const maxLine = 1 << 20

// lines are those of a file that are not empty. It stops waiting for the next one when
// the command is interrupted.
func lines(ctx context.Context, in io.Reader) iter.Seq2[string, error] {
	type line struct {
		text string
		err  error
	}
	return func(yield func(string, error) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		read := make(chan line)
		crash.Go(func() {
			defer close(read)
			pass := func(l line) bool {
				select {
				case read <- l:
					return true
				case <-ctx.Done():
					return false
				}
			}
			scanner := bufio.NewScanner(in)
			scanner.Buffer(nil, maxLine)
			n := 0
			for ; scanner.Scan(); n++ {
				text := scanner.Text()
				if n == 0 {
					text = strings.TrimPrefix(text, "\ufeff")
				}
				if text != "" && !pass(line{text: text}) {
					return
				}
			}
			switch err := scanner.Err(); {
			case errors.Is(err, bufio.ErrTooLong):
				pass(line{err: fmt.Errorf("line %d of standard input is longer than a megabyte, which is no message; nothing after it was read", n+1)})
			case err != nil:
				pass(line{err: fmt.Errorf("standard input can't be read: %w", err)})
			}
		})
		for {
			select {
			case <-ctx.Done():
				yield("", errors.New("stopped before the end of standard input; what was written so far is whole"))
				return
			case l, ok := <-read:
				if !ok || !yield(l.text, l.err) {
					return
				}
			}
		}
	}
}

type serveCommand struct {
	Model   string `required:"" placeholder:"MODEL" type:"existingfile" help:"A check model that train saved."`
	Address string `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Where to serve; port 0 is any free one."`
	Public  bool   `help:"Allow an address that other computers can reach. There is no password."`
	answerFlags
	JSON bool `name:"json" help:"Write where it serves to standard output as JSON."`
}

// Help is shown below the flags.
func (serveCommand) Help() string {
	return `Answers programs over HTTP until it is interrupted. Messages are not stored or logged. Its address, opened in a browser, is a page to try the model.

  POST /predict   {"message": "…"}, {"messages": ["…", "…"]} or plain text; ?probabilities=true for all categories
  GET  /health    that it runs, and the categories

Example:
  seedbed serve --model intent.model
  curl http://127.0.0.1:8080/predict -d "my manager never listens to me"`
}

// serveReport says where a model is served.
type serveReport struct {
	URL    string `json:"url"`
	Public bool   `json:"public"`
	model  string
}

// Run serves until the command is interrupted.
func (c *serveCommand) Run(ctx context.Context, t *terminal) error {
	answering, err := c.answering(c.Model)
	if err != nil {
		return err
	}
	server, err := serve.Start(serve.Config{Answering: answering, Address: c.Address, Public: c.Public})
	if errors.Is(err, serve.ErrPublic) {
		return usageError{fmt.Errorf("%w. Use an address of this computer, such as 127.0.0.1:8080, or add --public if that is what you want", err)}
	}
	if err != nil {
		return err
	}
	report := serveReport{server.URL(), server.Public(), c.Model}
	if report.Public {
		t.say("Other computers can reach this server, and it asks for no password: anyone there can ask the model.")
	}
	if err := t.result(c.JSON, report, report.print); err != nil {
		return errors.Join(err, server.Stop())
	}
	select {
	case err := <-server.Done():
		return fmt.Errorf("the server ended: %w", err)
	case <-ctx.Done():
		return server.Stop()
	}
}

func (r serveReport) print(w io.Writer) {
	printf(w, "%s is served at %s until you press Ctrl+C.\n", r.model, r.URL)
}
