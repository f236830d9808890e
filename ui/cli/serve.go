package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"seedbed/gen/serve"
)

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
