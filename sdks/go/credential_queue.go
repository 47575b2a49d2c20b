package hotplex

import (
	"context"
	"sync"
	"time"
)

// credentialPatience is how long one question for a credential keeps the next one waiting.
const credentialPatience = 10 * time.Second

// credentialQueue has a credential asked for by one at a time, in the order of their reasons: whoever hands credentials out
// need not expect to be asked twice at once, nor a new connection before the question that was on its way.
type credentialQueue struct {
	mu   sync.Mutex
	last <-chan struct{}
}

// place is one question that waits for its turn.
type place struct {
	before <-chan struct{}
	over   chan struct{}
}

// join takes the next place, at the moment at which the reason to ask is known.
func (queue *credentialQueue) join() place {
	queue.mu.Lock()
	defer queue.mu.Unlock()
	next := place{before: queue.last, over: make(chan struct{})}
	queue.last = next.over
	return next
}

// ask waits for its turn and asks.
func (next place) ask(ctx context.Context, auth Credential) (string, *Error) {
	defer close(next.over)
	if next.before != nil {
		patience := time.NewTimer(credentialPatience)
		defer patience.Stop()
		select {
		case <-next.before:
		case <-patience.C:
		case <-ctx.Done():
		}
	}
	return getToken(ctx, auth)
}
