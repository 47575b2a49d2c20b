package hotplex

import (
	"context"
	"crypto/rand"
	randv2 "math/rand/v2"
	"net/http"
	"time"
)

const defaultQuiet = 25 * time.Second

// Options says which session of which gateway a client is for. URL and WorkerType are needed.
type Options struct {
	// URL is the http(s) or ws(s) address of the gateway; /ws is added when there is no path.
	URL        string
	WorkerType string
	// SessionID is an existing session's id, or your own key for the conversation; empty: a new one.
	SessionID string
	// Config is how a new session is to be set up.
	Config *SessionConfig
	Auth   Credential
	// Replay asks for what came after a number; nil: live only.
	Replay *Replay
	// Role is the driver's by default.
	Role Role
	// Name is the program's, for logs of the gateway and for who else is connected.
	Name string
	// Presence asks to hear, as a PresenceEvent among the notices, who else is connected.
	Presence bool
	// Reconnect has the delays before coming back. Default: from 250 ms to 10 s, without end.
	Reconnect Backoff
	// Quiet is the silence after which the link is tested, and then given up. Default 25 s.
	Quiet time.Duration
	// HTTPClient makes the connections. Default: http.DefaultClient.
	HTTPClient *http.Client
	// Header is asked for the headers of every handshake, such as traceparent. The context has the values of that which
	// Connect was called with.
	Header func(ctx context.Context) http.Header
	// Random is between 0 and 1. Default: math/rand/v2.
	Random func() float64
	// NewID makes names that nobody else makes. Default: crypto/rand.
	NewID func() string
}

// Replay is a place in a session's log.
type Replay struct {
	// LastSeq is the number of the newest event that is known already.
	LastSeq int64
	// Epoch is the log to which the number belongs, as the InitAckEvent said it; may be empty.
	Epoch string
}

func (options Options) withDefaults() Options {
	options.Reconnect = options.Reconnect.withDefaults()
	if options.Quiet <= 0 {
		options.Quiet = defaultQuiet
	}
	if options.HTTPClient == nil {
		options.HTTPClient = http.DefaultClient
	}
	if options.Header == nil {
		options.Header = func(context.Context) http.Header { return nil }
	}
	if options.Random == nil {
		options.Random = randv2.Float64
	}
	if options.NewID == nil {
		options.NewID = rand.Text
	}
	return options
}
