package exchange

import (
	"regexp"
	"sync"
)

// Pattern compiles a regular expression when it is first used: the readers have hundreds,
// and most starts of the program need none.
func Pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
