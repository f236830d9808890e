package neardup

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestNormalise(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want string }{
		{"Hello,  World!!", "hello world"},
		{"  don't\tpanic ", "don t panic"},
		{"ﬁne — ＯＫ", "fine ok"},
		{"ÉTÉ", "été"},
		{"漢字、かな。", "漢字 かな"},
		{"???", "???"},
		{"👍", "👍"},
		{"", ""},
	} {
		if got := Normalise(c.in); got != c.want {
			t.Errorf("Normalise(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestJaccard(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b     string
		low, top float64
	}{
		{"same words", "Same words!", 1, 1},
		{"abcd", "abce", 1.0 / 3, 1.0 / 3}, // abc bcd against abc bce
		{"autonomy matters more to me than a title", "autonomy matters to me more than a title", 0.9, 0.95},
		{"ok", "no", 0, 0},
		{"ok", "OK.", 1, 1},
	} {
		if got := Jaccard(c.a, c.b); got < c.low || got > c.top {
			t.Errorf("Jaccard(%q, %q) = %.3f, want %.3f to %.3f", c.a, c.b, got, c.low, c.top)
		}
	}
}

// bankLike returns messages as a bank's help line gets them: a few intents, each
// asked in hardly different words again and again.
func bankLike(n int, seed uint64) (texts []string) {
	r := rand.New(rand.NewPCG(seed, 1))
	pick := func(words string) string {
		list := strings.Split(words, "|")
		return list[r.IntN(len(list))]
	}
	for range n {
		intent := r.IntN(20)
		text := fmt.Sprintf("%s %s %s %s %s%s", pick("why|please|hi|hello there|can you tell me"),
			pick("was|has|is"), pick("my|the"),
			[]string{"card", "top up", "transfer", "refund", "cash withdrawal", "exchange rate", "pin", "direct debit", "account", "identity"}[intent%10],
			[]string{"not working", "charged twice"}[intent/10],
			pick("| today| yesterday| again| abroad| at the shop| online| since Monday| for two weeks now|?|!!| please help"))
		texts = append(texts, text)
	}
	return texts
}

// shingleAll returns the sets of 3-grams of texts, for comparing each with each.
func shingleAll(texts []string) [][]uint32 {
	var s shingler
	sets := make([][]uint32, len(texts))
	for i, text := range texts {
		sets[i] = slices.Clone(s.of(text))
	}
	return sets
}

func TestPairsConnectEveryGroup(t *testing.T) {
	t.Parallel()
	n := 1000
	if testing.Short() {
		n = 300 // of whose pairs all are compared
	}
	texts := bankLike(n, 7)
	text := func(i int) string { return texts[i] }
	pairs, err := Pairs(context.Background(), len(texts), text, nil)
	if err != nil {
		t.Fatal(err)
	}
	found, all := NewDisjointSets(len(texts)), NewDisjointSets(len(texts))
	for _, p := range pairs {
		if j := Jaccard(text(p.A), text(p.B)); j < Threshold || j != p.Jaccard {
			t.Fatalf("%q and %q: reported at %.3f, are at %.3f", text(p.A), text(p.B), p.Jaccard, j)
		}
		found.Join(p.A, p.B)
	}
	shingles := shingleAll(texts)
	count := 0
	for i := range texts {
		for j := range i {
			if jaccard(shingles[i], shingles[j]) >= Threshold {
				count++
				all.Join(i, j)
			}
		}
	}
	if count < n*n/2000 {
		t.Fatalf("only %d near pairs: the messages are not what this test needs", count)
	}
	for i := range texts {
		if found.Find(i) != all.Find(i) {
			t.Errorf("%q belongs with %q", text(i), text(all.Find(i)))
		}
	}
}

func TestIndexFindsTheNearest(t *testing.T) {
	t.Parallel()
	n := 600
	if testing.Short() {
		n = 200
	}
	texts := bankLike(n, 3)
	shingles := shingleAll(texts)
	x := NewIndex()
	for i, wanted := range texts {
		id, near, ok := x.Find(wanted)
		best := 0.0
		for j := range i {
			best = max(best, jaccard(shingles[i], shingles[j]))
		}
		if ok != (best >= Threshold) || ok && near != best {
			t.Fatalf("%q: found %v at %.3f, the nearest is at %.3f", wanted, ok, near, best)
		}
		if ok && Jaccard(wanted, texts[id]) != near {
			t.Fatalf("%q: not as near to %q as said", wanted, texts[id])
		}
		x.Add(int64(i), wanted)
	}
}

func TestPairsStops(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Pairs(ctx, 10, func(int) string { return "x" }, nil); err == nil {
		t.Error("a stopped search gave no error")
	}
}

func BenchmarkNearPairs(b *testing.B) {
	words := strings.Fields(benchWords)
	for _, n := range []int{100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			r := rand.New(rand.NewPCG(1, 1))
			texts := make([]string, n)
			for i := range texts {
				if i > 0 && r.IntN(50) == 0 {
					texts[i] = texts[r.IntN(i)] + "!"
					continue
				}
				var line strings.Builder
				for line.Len() < 40+r.IntN(40) {
					line.WriteString(words[r.IntN(len(words))])
					line.WriteByte(' ')
				}
				texts[i] = line.String()
			}
			b.ResetTimer()
			for b.Loop() {
				pairs, err := Pairs(context.Background(), n, func(i int) string { return texts[i] }, nil)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(pairs)), "pairs")
			}
		})
	}
}

const benchWords = `the of to and a in is it you that he was for on are with as his they be at one have this from or had by hot but some what there we can out other were all your when up use word how said an each she which do their time if will way about many then them would write like so these her long make thing see him two has look more day could go come did my sound no most number who over know water than call first people may down side been now find any new work part take get place made live where after back little only round man year came show every good me give our under name very through just form much great think say help low line before turn cause same mean differ move right boy old too does tell sentence set three want air well also play small end put home read hand port large spell add even land here must big high such follow act why ask men change went light kind off need house picture try us again animal point mother world near build self earth father head stand own page should country found answer school grow study still learn plant cover food sun four thought let keep eye never last door between city tree cross since hard start might story saw far sea draw left late run while press close night real life few stop open seem together next white children begin got walk example ease paper often always music those both mark book letter until mile river car feet care second group carry took rain eat room friend began idea fish mountain north once base hear horse cut sure watch colour face wood main manager shift salary nurse interview contract training payroll schedule deadline mentor course exam career boss team office client project budget invoice resume degree`
