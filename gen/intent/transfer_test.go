package intent

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestTheShareOfRealDataLiesInItsInterval draws real messages over and over from people
// whose answers are known, and counts how often the interval holds the true share.
func TestTheShareOfRealDataLiesInItsInterval(t *testing.T) {
	for _, c := range []struct {
		name           string
		messages, size int     // size is that of a group, whose messages come out alike
		both, ofReal   float64 // the chance that both are right, and that only the real one is
	}{
		{"few messages", 40, 1, 0.6, 0.2},
		{"many messages", 800, 1, 0.7, 0.15},
		{"in conversations", 300, 3, 0.6, 0.2},
		{"nearly always right", 200, 1, 0.95, 0.03},
	} {
		random := rand.New(rand.NewPCG(1, 2))
		const draws = 2000
		truth, held := c.both/(c.both+c.ofReal), 0
		for range draws {
			var groups [][]int
			var synthetic, onReal []float64
			for len(onReal) < c.messages {
				var a, b float64
				switch x := random.Float64(); {
				case x < c.both:
					a, b = 1, 1
				case x < c.both+c.ofReal:
					b = 1
				}
				var group []int
				for range c.size {
					group = append(group, len(onReal))
					synthetic, onReal = append(synthetic, a), append(onReal, b)
				}
				groups = append(groups, group)
			}
			if found, ok := transferOf(groups, synthetic, onReal); ok && found.Low <= truth && truth <= found.High {
				held++
			}
		}
		if share := float64(held) / draws; share < 0.925 || share > 0.99 {
			t.Errorf("%s: %.3f of the intervals hold the true share", c.name, share)
		} else {
			t.Logf("%s: %.3f of the intervals hold the true share", c.name, share)
		}
	}
}

func TestAgreementIsNoCertainty(t *testing.T) {
	ones := make([]float64, 50)
	for i := range ones {
		ones[i] = 1
	}
	found, ok := transferOf(groups(make([]Example, 0)), ones, ones)
	if !ok || found.Share != 1 || found.High-found.Low < 0.02 {
		t.Errorf("%+v", found)
	}
	if _, ok := transferOf(nil, ones, make([]float64, 50)); ok {
		t.Error("there is nothing to compare with")
	}
}

// halfReal marks every other message as real, and takes words out of the synthetic ones.
func halfReal(t *testing.T, words int) []Example {
	list := part(t)
	for i := range list {
		if list[i].Real = i%2 == 0; !list[i].Real {
			fields := strings.Fields(list[i].Text)
			list[i].Text = strings.Join(fields[:min(len(fields), words)], " ")
		}
	}
	return list
}

func TestTheCheckSaysWhatShareOfRealDataSyntheticOnesGive(t *testing.T) {
	good, err := Check(t.Context(), halfReal(t, 100), CheckOptions{Rounds: 1})
	if err != nil {
		t.Fatal(err)
	}
	poor, err := Check(t.Context(), halfReal(t, 3), CheckOptions{Rounds: 1})
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]Result{"as real": good, "three words": poor} {
		s := r.Transfer
		if s == nil || s.Low >= s.Share || s.High <= s.Share || s.Messages != 360 || s.Synthetic != r.SyntheticToReal.Accuracy {
			t.Fatalf("%s: %+v, and %+v", name, s, r.SyntheticToReal)
		}
		t.Logf("%s: %+v", name, *s)
	}
	if good.Transfer.High < 1 || good.Transfer.Low > 1.05 {
		t.Errorf("messages as good as real ones reach %+v", *good.Transfer)
	}
	if poor.Transfer.High > 0.9 {
		t.Errorf("messages of three words reach %+v", *poor.Transfer)
	}
	again, err := Check(t.Context(), halfReal(t, 3), CheckOptions{Rounds: 1})
	if err != nil || *again.Transfer != *poor.Transfer {
		t.Errorf("the next time, %+v, %v", again.Transfer, err)
	}
}

func TestCategoriesWithFewRealMessagesAreLeftOutOfTheShare(t *testing.T) {
	list := halfReal(t, 100)
	rare, left := list[0].Category, 4
	for i := range list {
		if list[i].Category == rare && list[i].Real {
			list[i].Real = left > 0
			left--
		}
	}
	r, err := Check(t.Context(), list, CheckOptions{Rounds: 1})
	if err != nil {
		t.Fatal(err)
	}
	if r.Transfer == nil || r.Transfer.Messages != r.SyntheticToReal.Messages-4 {
		t.Errorf("%+v of %+v", r.Transfer, r.SyntheticToReal)
	}

	for i := range list {
		list[i].Real = list[i].Real && i < 40
	}
	var told [2]int
	r, err = Check(t.Context(), list, CheckOptions{Rounds: 1, Progress: func(done, all int) { told = [2]int{done, all} }})
	if err != nil {
		t.Fatal(err)
	}
	if r.Transfer != nil || r.NoTransfer.IsZero() {
		t.Errorf("%+v, %q", r.Transfer, r.NoTransfer)
	}
	if told[0] != told[1] {
		t.Errorf("the progress ends with %v", told)
	}
}
