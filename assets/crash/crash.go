// Package crash catches panics, so that the program can say what happened and go on or
// end in good order instead of vanishing. Every package may import it.
package crash

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"seedbed/assets/i18n"
)

// Panic is a panic that was caught. It is an error, so that it can take the way of other
// errors to whoever waits for the work.
type Panic struct {
	Value any
	Stack []byte // where it happened
}

// fault is all that is said of a panic: its value may hold a message.
var fault = i18n.T("Seedbed has a fault; what was being done was not finished, and everything before it is safe")

// Error is what people read.
func (p *Panic) Error() string { return fault.String() }

// Parts is the same for translation.
func (p *Panic) Parts() (template string, values map[string]any) { return fault.Parts() }

// caught is a recovered value as a Panic: one that was caught before stays as it was.
func caught(value any) *Panic {
	if err, ok := value.(error); ok {
		if p := In(err); p != nil {
			return p
		}
	}
	return &Panic{value, debug.Stack()}
}

// In is the panic that an error comes from; nil where it comes from none.
func In(err error) *Panic {
	var p *Panic
	if errors.As(err, &p) {
		return p
	}
	return nil
}

var handler atomic.Pointer[func(*Panic)]

// Handle sets who is told of panics that Catch catches, on the goroutine where they
// happened. Without anybody to tell they are not caught.
func Handle(tell func(*Panic)) {
	if tell == nil {
		handler.Store(nil)
		return
	}
	handler.Store(&tell)
}

// Tell tells of a panic that came as an error.
func Tell(p *Panic) {
	tell := handler.Load()
	if tell == nil {
		panic(fmt.Sprintf("%v\n\n%s", p.Value, p.Stack))
	}
	(*tell)(p)
}

// Catch is deferred where nobody waits for an error: in callbacks, and at the beginning of
// goroutines.
func Catch() {
	if value := recover(); value != nil {
		Tell(caught(value))
	}
}

// Go starts a goroutine whose panics are told.
func Go(work func()) {
	go func() {
		defer Catch()
		work()
	}()
}

// Try does some work, of which a panic becomes its error.
func Try(work func() error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = caught(value)
		}
	}()
	return work()
}

// Group is goroutines that somebody waits for.
type Group struct {
	running sync.WaitGroup
	first   atomic.Pointer[Panic]
}

// Go starts a goroutine.
func (g *Group) Go(work func()) {
	g.running.Go(func() {
		defer func() {
			if value := recover(); value != nil {
				g.first.CompareAndSwap(nil, caught(value))
			}
		}()
		work()
	})
}

// Wait waits for all goroutines, and panics where one of them did.
func (g *Group) Wait() {
	g.running.Wait()
	if p := g.first.Load(); p != nil {
		panic(p)
	}
}

// InParallel calls do for 0 … n-1 from as many goroutines as there are cores. do may only write
// what belongs to its index.
func InParallel(n int, do func(i int)) {
	cores := runtime.GOMAXPROCS(0)
	var all Group
	for core := range cores {
		all.Go(func() {
			for i := core * n / cores; i < (core+1)*n/cores; i++ {
				do(i)
			}
		})
	}
	all.Wait()
}
