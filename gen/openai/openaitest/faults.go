package openaitest

import (
	"cmp"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
)

// Fault is one way to misbehave.
type Fault int

// The faults. Those from TooFew to Duplicates are answers with status 200 that
// are charged for; the rest is free, except DropMidBody.
const (
	None           Fault = iota
	RateLimit            // 429 without Retry-After
	RateLimitAfter       // 429 with Retry-After: 1
	ServerError          // 500
	Unavailable          // 503
	HTMLError            // 502 with a web page
	Hang                 // no answer until the client leaves
	TimeOut              // as Hang, and a client with Transport leaves at once
	Drop                 // connection closed before the answer; not charged
	DropMidBody          // connection closed in the answer; charged, but the client can't know how much
	QuotaEnded           // 429 insufficient_quota
	WrongKey             // 401 invalid_api_key
	UnknownModel         // 404 model_not_found
	NoSchema             // 400 if json_schema is asked for
	NoObject             // 400 if json_object is asked for
	NoFormat             // 400 if either is
	ErrorIn200           // 200 with an error as its body
	TooFew               // half of the messages asked for, at least one less
	TooMany              // five more than asked for
	Fenced               // JSON in a code fence between sentences
	Numbered             // a numbered list without JSON
	Truncated            // cut off in a message, finish_reason length
	BrokenJSON           // a comma missing and one too many
	Garbage              // nothing to read at all
	Refusal              // the model declines, in turns as text and as refusal
	EmptyAnswer          // content ""
	EmptyChoices         // no choices
	Echo                 // the prompt's own lines as messages
	NoUsage              // a good answer without usage
	NoFinish             // a good answer without finish_reason
	Duplicates           // messages given before, some with a mark changed
)

// Always gives every request the same fault.
func Always(fault Fault) func(Asked) Fault {
	return func(Asked) Fault { return fault }
}

// Script gives the first requests these faults, in order, and none to the rest.
func Script(faults ...Fault) func(Asked) Fault {
	return func(asked Asked) Fault {
		if asked.N < len(faults) {
			return faults[asked.N]
		}
		return None
	}
}

// After gives the fault to every request but the first n: a quota that ends.
func After(n int, fault Fault) func(Asked) Fault {
	return func(asked Asked) Fault {
		if asked.N >= n {
			return fault
		}
		return None
	}
}

// Every gives the fault to the first and then every nth request of each category, whatever
// the order in which the categories' requests arrive.
func Every(n int, fault Fault) func(Asked) Fault {
	var mu sync.Mutex
	asked := map[string]int{}
	return func(q Asked) Fault {
		mu.Lock()
		defer mu.Unlock()
		asked[q.Category]++
		if (asked[q.Category]-1)%n == 0 {
			return fault
		}
		return None
	}
}

// Mix gives each fault to its share of the requests, at random but the same for
// the same seed. Shares add up to at most 1.
func Mix(seed uint64, shares map[Fault]float64) func(Asked) Fault {
	var mu sync.Mutex
	random := rand.New(rand.NewPCG(seed, 0)) // the same faults for the same seed
	faults := slices.SortedFunc(maps.Keys(shares), cmp.Compare[Fault])
	return func(Asked) Fault {
		mu.Lock()
		defer mu.Unlock()
		draw := random.Float64()
		for _, fault := range faults {
			if draw -= shares[fault]; draw < 0 {
				return fault
			}
		}
		return None
	}
}
