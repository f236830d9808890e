package number

import "math"

// The bounds of the numbers that people choose, in the window, in a command, in a
// preference or in a file.
var (
	Messages = Whole{0, 1_000_000}     // of a category, to generate or as its target
	Total    = Whole{1, 2_000_000}     // of a plan
	Passages = Whole{0, 1_000_000}     // to read of a knowledge base; 0 is all
	Row      = Whole{1, math.MaxInt64} // one in a list, by its number
	Rows     = Whole{0, 1_000_000}     // to show of a file
	Turns    = Whole{0, 100_000_000}
	Seed     = Whole{0, math.MaxUint64}
	Port     = Whole{0, 65_535}
	Tokens   = Whole{0, 1_000_000_000} // of a request, as an endpoint counts them
	Seconds  = Whole{0, 3_600}         // to wait for a connection

	Cap        = Decimal{0, 1_000_000} // dollars
	Price      = Decimal{0, 1_000_000} // dollars for a million tokens
	Ratio      = Decimal{0, 1_000_000} // one of the shares of a split, which add up to anything
	Share      = Decimal{0, 1}
	Confidence = Decimal{0, 1}
)
