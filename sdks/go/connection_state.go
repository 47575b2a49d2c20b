package hotplex

import "time"

// ConnectionState is where a client's connection is: [Idle], [Connecting], [Ready], [Reconnecting] or [Closed].
type ConnectionState interface {
	// Status is the state's name.
	Status() string
}

// Idle is a client that was not asked to connect.
type Idle struct{}

// Connecting is a client before its first handshake.
type Connecting struct{}

// Ready is a client that the gateway has greeted.
type Ready struct{}

// Reconnecting is a client that lost its link, and when it tries again.
type Reconnecting struct {
	Attempt int
	RetryAt time.Time
	Cause   *Error
}

// Closed is the end; Cause is nil when the program wanted it.
type Closed struct{ Cause *Error }

// Status is "idle".
func (Idle) Status() string { return "idle" }

// Status is "connecting".
func (Connecting) Status() string { return "connecting" }

// Status is "ready".
func (Ready) Status() string { return "ready" }

// Status is "reconnecting".
func (Reconnecting) Status() string { return "reconnecting" }

// Status is "closed".
func (Closed) Status() string { return "closed" }
