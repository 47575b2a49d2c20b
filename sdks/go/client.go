package hotplex

import (
	"context"
	"iter"
	"sync"
	"time"
)

// closeTimeout is what was sent given to leave.
const closeTimeout = 3 * time.Second

// Client is one session of a gateway, over as many connections as it takes. Its methods may be called from anywhere at
// any time. Whoever makes one closes it.
type Client struct {
	options   Options
	socketURL string

	events      broadcast[Envelope]
	notices     broadcast[Envelope]
	connections broadcast[ConnectionState]

	// life ends when the client is closed; work is what has to end then.
	life   context.Context
	cancel context.CancelFunc
	work   sync.WaitGroup
	asked  credentialQueue

	mu      sync.Mutex
	state   ConnectionState
	opening *opening
	session *InitAckEvent
	link    *link
	turns   *turnBook
	answers pendingAnswers
	// lastSeq is the number of the newest logged event that was handed out, once hasPlace.
	lastSeq  int64
	hasPlace bool
	epoch    string
	// newer has the numbers above lastSeq that kinds had which are newer than this package.
	newer           map[int64]struct{}
	askedForDelay   *time.Duration
	triedFreshToken bool
}

// opening is what Connect waits for.
type opening struct {
	ended chan struct{}
	ack   InitAckEvent
	err   error
}

// New makes a client, which does nothing before Connect. It fails when an option cannot be used.
func New(options Options) (*Client, error) {
	address, err := socketURL(options.URL)
	if err != nil {
		failure := newError(CodeConfigInvalid, err.Error())
		failure.cause = err
		return nil, failure
	}
	if options.WorkerType == "" {
		return nil, newError(CodeConfigInvalid, "WorkerType is empty: name an agent of the gateway, like demo")
	}
	client := &Client{
		options:   options.withDefaults(),
		socketURL: address,
		state:     Idle{},
		newer:     map[int64]struct{}{},
	}
	client.turns = newTurnBook(client.Interrupt)
	if options.Replay != nil {
		client.lastSeq, client.epoch, client.hasPlace = options.Replay.LastSeq, options.Replay.Epoch, true
	}
	return client, nil
}

// Connect connects, or waits for the connection being made, and has the gateway's greeting. It fails with an [*Error]
// when the gateway refuses. The context is for the waiting: the client itself goes on until Close.
func (client *Client) Connect(ctx context.Context) (InitAckEvent, error) {
	client.mu.Lock()
	switch client.state.(type) {
	case Closed:
		defer client.mu.Unlock()
		return InitAckEvent{}, closedError(client.state)
	case Ready:
		defer client.mu.Unlock()
		return *client.session, nil
	case Idle:
		client.life, client.cancel = context.WithCancel(context.WithoutCancel(ctx))
		client.move(Connecting{})
		client.inBackground(client.run)
	}
	if client.opening == nil {
		client.opening = &opening{ended: make(chan struct{})}
	}
	opening := client.opening
	client.mu.Unlock()
	select {
	case <-opening.ended:
		return opening.ack, opening.err
	case <-ctx.Done():
		return InitAckEvent{}, ctx.Err()
	}
}

// opened tells those who wait in Connect. It needs the lock.
func (client *Client) opened(ack InitAckEvent, err error) {
	if client.opening == nil {
		return
	}
	client.opening.ack, client.opening.err = ack, err
	close(client.opening.ended)
	client.opening = nil
}

// inBackground needs the lock.
func (client *Client) inBackground(do func()) {
	client.work.Add(1)
	go func() {
		defer client.work.Done()
		do()
	}()
}

// Connection is where the connection is now.
func (client *Client) Connection() ConnectionState {
	client.mu.Lock()
	defer client.mu.Unlock()
	return client.state
}

// Session is the newest greeting; false before the first one.
func (client *Client) Session() (InitAckEvent, bool) {
	client.mu.Lock()
	defer client.mu.Unlock()
	if client.session == nil {
		return InitAckEvent{}, false
	}
	return *client.session, true
}

// LastSeq is the number of the newest logged event that was handed out.
func (client *Client) LastSeq() int64 {
	client.mu.Lock()
	defer client.mu.Unlock()
	return client.lastSeq
}

// Events has every logged event from now on exactly once, in order, over all reconnects. What the loop has not read yet
// waits. It ends with the client, with the failure that ended it, or with the context.
func (client *Client) Events(ctx context.Context) iter.Seq2[Envelope, error] {
	return client.events.subscribe(ctx)
}

// Notices has the frames of the connection: control, resync, receipts and refusals. It ends as Events does.
func (client *Client) Notices(ctx context.Context) iter.Seq2[Envelope, error] {
	return client.notices.subscribe(ctx)
}

// Connections has the states of the connection from the next one on. It ends after [Closed], or with the context.
func (client *Client) Connections(ctx context.Context) iter.Seq[ConnectionState] {
	states := client.connections.subscribe(ctx)
	return func(yield func(ConnectionState) bool) {
		for state, err := range states {
			if err != nil || !yield(state) {
				return
			}
		}
	}
}

// Close ends the connection for good, and waits until nothing of the client runs any more; the session and its agent go
// on. It may be called twice, and always returns nil.
func (client *Client) Close() error {
	client.mu.Lock()
	link := client.link
	client.shut(nil)
	client.mu.Unlock()
	if link != nil {
		late := time.AfterFunc(closeTimeout, link.cut)
		defer late.Stop()
	}
	client.work.Wait()
	return nil
}

// shut needs the lock.
func (client *Client) shut(cause *Error) {
	if _, isClosed := client.state.(Closed); isClosed {
		return
	}
	client.move(Closed{cause})
	if client.cancel != nil {
		client.cancel()
	}
	if client.link != nil {
		client.link.close()
	}
	var told error
	if cause != nil {
		told = cause
	}
	client.events.end(told)
	client.notices.end(told)
	client.connections.end(nil)
	failure := closedError(client.state)
	client.opened(InitAckEvent{}, failure)
	client.turns.abandon(failure)
	client.answers.abandon(failure)
}

// move needs the lock.
func (client *Client) move(state ConnectionState) {
	client.state = state
	client.connections.tell(state)
}

func closedError(state ConnectionState) *Error {
	if closed, isClosed := state.(Closed); isClosed && closed.Cause != nil {
		return closed.Cause
	}
	return newError(CodeClientClosed, "the client is closed")
}
