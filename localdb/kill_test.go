package localdb

import (
	"context"
	"os"
)

// writeUntilKilled changes a dataset without end, as the child of TestKilled.
func writeUntilKilled(path string) {
	ctx := context.Background()
	d, err := Open(ctx, path)
	if err != nil {
		os.Exit(3)
	}
	for {
		_ = d
	}
}
