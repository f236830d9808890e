// Seedbed makes the labelled messages that an intent classifier is trained on. It
// carries out the command it is given, or opens its window.
package main

import (
	"fmt"
	"os"

	"seedbed/ui"
	"seedbed/ui/cli"
)

func main() {
	if args := os.Args[1:]; cli.Has(args) {
		os.Exit(cli.Run(args))
	}
	if err := ui.Run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "seedbed:", err)
		os.Exit(1)
	}
}
