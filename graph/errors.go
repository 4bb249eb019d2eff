package graph

import "fmt"

// Code is the stable name of an error, shown to users: in extensions.code of
// GraphQL, in import reports and in the catalogue of errors.
type Code string

// The codes that this package returns.
const (
	CodeInvalid   Code = "INVALID_INPUT"  // what was given cannot be right; the message says how to mend it
	CodeNotFound  Code = "NOT_FOUND"      // no such thing
	CodeAmbiguous Code = "AMBIGUOUS_NAME" // a name of several things; Candidates lists their ids
	CodeConflict  Code = "CONFLICT"       // clashes with what the store holds
	CodeLimit     Code = "LIMIT_EXCEEDED" // beyond a bound; the message names the bound
	CodeLocked    Code = "STORE_LOCKED"   // another process writes to the store
	CodeCorrupt   Code = "STORE_CORRUPT"  // the store's bytes cannot be read
	CodeInternal  Code = "INTERNAL"       // ours; the log has the cause
)

// Error is an error that may be shown to users.
type Error struct {
	Code       Code
	Message    string
	Candidates []string // ids, for CodeAmbiguous
	Err        error    // the cause, for the log; nil where there is none
}

// Error returns the message, and the cause where there is one.
func (e *Error) Error() string {
	if e.Err != nil {
		return e.Message + ": " + e.Err.Error()
	}
	return e.Message
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an Error with a formatted message.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}
