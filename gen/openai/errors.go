package openai

import (
	"time"

	"seedbed/assets/i18n"
)

// Kind is what went wrong, as far as it decides what to do next.
type Kind int

// The kinds of error. After the first group the same request may be sent again,
// after the second another one may go through, after the third none will until
// a person changes something.
const (
	RateLimited Kind = iota + 1 // too fast; wait
	Server                      // an error of the endpoint itself
	Timeout                     // no answer in time
	Network                     // no connection, or it broke off
	BadAnswer                   // an answer without anything to read
	Truncated                   // cut off at the length limit; whole messages can be read
	Refused                     // the model or a filter declined
	NoRoom                      // cut off before anything could be read: its thoughts took all the room
	Unreachable                 // nothing listens at the address, or its host isn't known
	Unsupported                 // a format or parameter was refused; it is left out from now on

	TooLong    // the prompt doesn't fit the model
	BadRequest // the endpoint doesn't accept this request
	Cancelled  // the caller's context ended

	KeyInvalid   // the key is wrong, missing or switched off
	NotAllowed   // the key or the country may not use this
	QuotaEnded   // nothing left to pay with
	DailyLimit   // the day's limit is reached; see ResumeAt
	ModelUnknown // no such model or deployment
	NotFound     // nothing OpenAI-compatible at this address
	BadAddress   // the address can't be used: malformed, unencrypted, not trusted
)

// Error is what every call of a Client returns when it fails. It never holds
// the key.
type Error struct {
	i18n.Text // what happened and what to do, for a person

	Kind       Kind
	Status     int           // HTTP status; 0 when no response came
	Code       string        // the endpoint's own code, such as "insufficient_quota"
	RetryAfter time.Duration // how long the endpoint asks to wait; 0 when it doesn't say
	ResumeAt   time.Time     // when a limit ends; zero when it doesn't say
	Free       bool          // the endpoint certainly charged nothing

	// ContextTokens and AnswerTokens are the most that the model takes altogether and
	// writes in one answer, where a TooLong error states them.
	ContextTokens, AnswerTokens int

	Err        error         // the cause, if it helps; the context's error for Cancelled

	said problem // what a dialect learns from
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Retry reports whether the same request may go through when sent again. How
// often is for the caller to bound.
func (e *Error) Retry() bool { return e.Kind >= RateLimited && e.Kind <= Unsupported }

// Stop reports whether every other request would fail too, so that a run has to
// stop at once.
func (e *Error) Stop() bool { return e.Kind >= KeyInvalid }
