package split

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"seedbed/localdb/neardup"
)

var eightyTenTen = Options{Ratios: [3]float64{80, 10, 10}, Seed: 42}

func mustSplit(t *testing.T, items []Item, opt Options) Result {
	t.Helper()
	result, err := Split(context.Background(), items, opt)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// distinct returns n messages a category that are nothing like each other.
func distinct(categories, n int) (items []Item) {
	random := rand.New(rand.NewPCG(1, 2))
	for c := range categories {
		for range n {
			items = append(items, Item{
				ID: int64(len(items)), Category: fmt.Sprintf("category %d", c),
				Text: fmt.Sprintf("%x %x %x", random.Uint32(), random.Uint32(), random.Uint32()),
			})
		}
	}
	return items
}

func TestSplitIsStratified(t *testing.T) {
	t.Parallel()
	result := mustSplit(t, distinct(8, 80), eightyTenTen)
	if result.Sizes != [3]int{512, 64, 64} {
		t.Errorf("sizes %v", result.Sizes)
	}
	for category, counts := range result.Counts {
		if counts != [3]int{64, 8, 8} {
			t.Errorf("%s: %v", category, counts)
		}
	}
}

func TestSplitKeepsNearDuplicatesTogether(t *testing.T) {
	t.Parallel()
	seeds := uint64(3)
	if testing.Short() {
		seeds = 1
	}
	for seed := range seeds {
		items := alike(400, seed)
		opt := eightyTenTen
		opt.Seed = seed
		result := mustSplit(t, items, opt)
		if len(result.Leaks) > 0 {
			t.Errorf("leaks: %v", result.Leaks)
		}
		for i := range items {
			for j := range i {
				if result.Parts[i] != result.Parts[j] && neardup.Jaccard(items[i].Text, items[j].Text) >= neardup.Threshold {
					t.Fatalf("%q and %q stand in two parts", items[i].Text, items[j].Text)
				}
			}
		}
		for part, want := range []int{320, 40, 40} {
			if off := result.Sizes[part] - want; off > result.LargestSet || -off > result.LargestSet {
				t.Errorf("part %d has %d messages, wanted %d within %d", part, result.Sizes[part], want, result.LargestSet)
			}
		}
	}
}

func TestSplitKeepsGroupsTogether(t *testing.T) {
	t.Parallel()
	items := distinct(4, 100)
	for i := range items {
		items[i].Group = fmt.Sprint("batch ", i/10)
	}
	result := mustSplit(t, items, eightyTenTen)
	for i, item := range items {
		if result.Parts[i] != result.Parts[i/10*10] {
			t.Fatalf("%s stands in two parts", item.Group)
		}
	}
	if result.Groups != 40 || result.LargestSet != 10 || result.Sizes != [3]int{320, 40, 40} {
		t.Errorf("%d groups of at most %d, sizes %v", result.Groups, result.LargestSet, result.Sizes)
	}
}

func TestSplitGivesEverySmallCategoryItsPlace(t *testing.T) {
	t.Parallel()
	items := append(distinct(1, 200), Item{Text: "one two three", Category: "rare"},
		Item{Text: "something else", Category: "rare"}, Item{Text: "quite another thing", Category: "rare"})
	if got := mustSplit(t, items, eightyTenTen).Counts["rare"]; got != [3]int{1, 1, 1} {
		t.Errorf("the rare category is shared out as %v", got)
	}
}

func TestSplitWithLockedTestSet(t *testing.T) {
	t.Parallel()
	items := distinct(2, 100)
	for i := range 20 {
		items[i*10].Holdout = true
	}
	items[1].Text = items[0].Text + "!" // would leak
	result := mustSplit(t, items, eightyTenTen)
	for i, item := range items {
		if item.Holdout != (result.Parts[i] == Test) {
			t.Fatalf("message %d: locked %v, part %d", i, item.Holdout, result.Parts[i])
		}
	}
	if result.Parts[1] != LeftOut || result.LeftOut != 1 {
		t.Errorf("the copy of a locked message is in part %d", result.Parts[1])
	}
}

func TestSplitIsRepeatable(t *testing.T) {
	t.Parallel()
	items := alike(500, 1)
	first := mustSplit(t, items, eightyTenTen)
	if again := mustSplit(t, items, eightyTenTen); !reflect.DeepEqual(first, again) {
		t.Error("the same seed gave another split")
	}
	other := eightyTenTen
	other.Seed = 43
	if again := mustSplit(t, items, other); reflect.DeepEqual(first.Parts, again.Parts) {
		t.Error("another seed gave the same split")
	}
}

func TestSplitRefuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		items  []Item
		ratios [3]float64
	}{
		"nothing to split": {nil, [3]float64{80, 10, 10}},
		"nothing to train": {distinct(1, 3), [3]float64{0, 50, 50}},
		"nothing to test":  {distinct(1, 3), [3]float64{100, 0, 0}},
		"a negative share": {distinct(1, 3), [3]float64{80, -10, 30}},
	} {
		if _, err := Split(context.Background(), c.items, Options{Ratios: c.ratios}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// alike returns messages of a few intents, many of which nearly repeat another one.
func alike(n int, seed uint64) (items []Item) {
	random := rand.New(rand.NewPCG(seed, 1))
	pick := func(words string) string {
		list := strings.Split(words, "|")
		return list[random.IntN(len(list))]
	}
	topics := strings.Split("card|top up|transfer|refund|cash withdrawal|exchange rate|pin|direct debit|account|identity", "|")
	for i := range n {
		intent := random.IntN(20)
		items = append(items, Item{
			ID: int64(i), Category: fmt.Sprint("intent ", intent),
			Text: fmt.Sprintf("%s %s %s %s %s%s", pick("why|please|hi|hello there|can you tell me"), pick("was|has|is"), pick("my|the"),
				topics[intent%10], []string{"not working", "charged twice"}[intent/10],
				pick("| today| yesterday| again| abroad| at the shop| online| since Monday| for two weeks now|?|!!| please help")),
		})
	}
	return items
}
