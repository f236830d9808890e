package cli

import (
	"context"
	"errors"
	"fmt"

	"seedbed/localdb"
)

// readDataset opens a dataset for reading, and says what is special about it.
func (t *terminal) readDataset(ctx context.Context, path string) (*localdb.Dataset, error) {
	d, err := localdb.OpenReadOnly(ctx, path)
	if err != nil {
		return nil, err
	}
	t.sayRemarks(d)
	return d, nil
}

// changeDataset opens a dataset for changing, and says what is special about it.
func (t *terminal) changeDataset(ctx context.Context, path string) (*localdb.Dataset, error) {
	d, err := localdb.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	if err := d.ReadOnly(); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), d.Close())
	}
	t.sayRemarks(d)
	return d, nil
}

func (t *terminal) sayRemarks(d *localdb.Dataset) {
	for _, remark := range d.Remarks() {
		t.say("%s", remark)
	}
}
