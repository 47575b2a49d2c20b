package hotplex

// Codes that never cross the wire: they happen in this client.
const (
	CodeClientClosed   ErrorCode = "CLIENT_CLOSED"
	CodeConnectionLost ErrorCode = "CONNECTION_LOST"
	CodeHTTPError      ErrorCode = "HTTP_ERROR"
)

// Error makes a code something to look for: errors.Is(err, hotplex.CodeSessionBusy).
func (code ErrorCode) Error() string { return string(code) }

// Error is a failure with a stable code: one of the protocol's, or a local one. Find it with errors.As.
type Error struct {
	Code    ErrorCode
	Message string
	// Remedy says what to do about it, in words for people; empty for codes that this package does not know.
	Remedy string
	// Retryable says whether the same request may be tried again.
	Retryable bool
	Details   map[string]any
	// EventID is the frame that was refused, if it was one of ours.
	EventID string

	cause error
}

func newError(code ErrorCode, message string) *Error {
	remedy, retryable := describe(code)
	return &Error{Code: code, Message: message, Remedy: remedy, Retryable: retryable}
}

// toldError is a failure in the gateway's words.
func toldError(event ErrorEvent) *Error {
	failure := newError(ErrorCode(event.Code), event.Message)
	failure.Details = event.Details
	failure.EventID = event.EventID
	if event.Retryable != nil {
		failure.Retryable = *event.Retryable
	}
	return failure
}

func (failure *Error) Error() string { return string(failure.Code) + ": " + failure.Message }

// Unwrap is what it came from: a failed credential, a context that was done.
func (failure *Error) Unwrap() error { return failure.cause }

// Is says whether the target is this failure's code.
func (failure *Error) Is(target error) bool {
	code, ok := target.(ErrorCode)
	return ok && failure.Code == code
}
