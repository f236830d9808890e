package outofscope

// sameWording is from which Jaccard index of their words and pairs on a foreign message is taken for
// one of the dataset's own: it is no example of what is off topic.
const sameWording = 0.5

// overlap finds foreign messages that are nearly the same as one of the dataset's own.
type overlap struct {
	own     [][]uint64
	holders map[uint64][]int32 // of each word or pair, some of the own messages that hold it
}

// mostHolders is how many messages are looked at for a word: a message has a rarer one.
const mostHolders = 30

func newOverlap(own [][]uint64, pool []foreignMessage) *overlap {
	o := &overlap{own: own, holders: map[uint64][]int32{}}
	for _, m := range pool {
		for _, h := range m.wordings {
			o.holders[h] = nil
		}
	}
	for i, list := range own {
		for _, h := range list {
			if holders, wanted := o.holders[h]; wanted && len(holders) <= mostHolders {
				o.holders[h] = append(holders, int32(i)) // messages in memory fit
			}
		}
	}
	return o
}

// has reports whether a message is nearly one of the dataset's own.
func (o *overlap) has(list []uint64) bool {
	for _, h := range list {
		holders := o.holders[h]
		if len(holders) > mostHolders {
			continue
		}
		for _, i := range holders {
			both := shared(list, o.own[i])
			if float64(both) >= sameWording*float64(len(list)+len(o.own[i])-both) {
				return true
			}
		}
	}
	return false
}

// shared is how many numbers two ascending lists have in common.
func shared(a, b []uint64) (n int) {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			n, a, b = n+1, a[1:], b[1:]
		}
	}
	return n
}
