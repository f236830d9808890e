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
	RateLimited Kind = iota + 1 // too fast; wait for RetryAfter, which may be hours
	Server                      // an error of the endpoint itself
	Timeout                     // no answer in time
	Network                     // the connection broke off, or none can be made for now
	Unreachable                 // nothing listens at the address, or there is no such host: free, and the same at once
	BadAnswer                   // an answer without anything to read
	Unreadable                  // a success whose body is no answer: paid for, and likely so each time; stop after a few
	Truncated                   // cut off at the length limit; whole messages can be read
	NoRoom                      // paid for: the model thought, and its thoughts left no room for the answer; ask with larger MaxTokens
	Refused                     // the model or a filter declined
	Unsupported                 // a format or parameter was refused; it is left out from now on

	TooLong    // the prompt, or the answer that MaxTokens allows, is more than the model takes; see Error.Limits
	BadRequest // the endpoint doesn't accept this request
	Cancelled  // the caller's context ended

	KeyInvalid   // the key is wrong, missing or switched off
	NotAllowed   // the key or the country may not use this
	QuotaEnded   // nothing left to pay with, or a spending limit; RetryAfter where a new period begins by itself
	DailyLimit   // a limit for the day, which ends by itself: after RetryAfter
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
	RetryAfter time.Duration // how long the endpoint asks to wait, perhaps for weeks; 0 when it doesn't say
	Limits     Limits        // what the error tells of the model's limits, mostly with TooLong
	Free       bool          // the endpoint certainly charged nothing
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
