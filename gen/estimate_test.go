package gen

import (
	"testing"

	"seedbed/gen/gentest"
	"seedbed/gen/starter"
	"seedbed/localdb"
)

func TestEstimate(t *testing.T) {
	w := NewModelWriter(gentest.Client("https://api.example.com/v1"), gentest.Price)
	e, err := EstimateRun(defaultPlan(), localdb.Domain{}, starter.Default().Categories, fiftyPassages(), w)
	if err != nil {
		t.Fatal(err)
	}
	if e.Messages != 640 || e.Requests != 64 || !e.Known || e.Low <= 0 || e.High <= e.Low || e.Seconds < 5 || e.Seconds > 60 {
		t.Errorf("%+v", e)
	}
	if e, err = EstimateRun(defaultPlan(), localdb.Domain{}, starter.Default().Categories, nil, NewModelWriter(gentest.Client("https://api.example.com/v1"), nil)); err != nil || e.Known {
		t.Errorf("a price nobody knows: %+v, %v", e, err)
	}
}
