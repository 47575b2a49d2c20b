package main

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	hotplex "github.com/hotplex/hotplex/sdks/go"
)

// clientOptions are those of a scenario's client; conformance/src/program-step.ts is their schema.
type clientOptions struct {
	WorkerType string                 `json:"worker_type"`
	SessionID  string                 `json:"session_id"`
	LastSeq    *int64                 `json:"last_seq"`
	Epoch      string                 `json:"epoch"`
	Role       hotplex.Role           `json:"role"`
	Config     *hotplex.SessionConfig `json:"config"`
	Tokens     []string               `json:"tokens"`
	Reconnect  *bool                  `json:"reconnect"`
	QuietMS    int64                  `json:"quiet_ms"`
}

// actor is a program with one client of the Go SDK: it does what it is told and notes what it sees.
type actor struct {
	url     string
	tokens  []string
	client  *hotplex.Client
	readers sync.WaitGroup

	mu       sync.Mutex
	changed  chan struct{}
	turns    map[string]*hotplex.Turn
	requests map[string]string
	events   [][3]any
	notices  []string
	results  map[string]turnResult
	states   []string
	asked    int
	history  [][3]any
}

type turnResult struct {
	Error      *hotplex.ErrorCode `json:"error"`
	Seqs       []int64            `json:"seqs"`
	StopReason *string            `json:"stop_reason"`
	Success    *bool              `json:"success"`
	Text       *string            `json:"text"`
}

func newActor(url string, options clientOptions) (*actor, error) {
	actor := &actor{
		url: url, tokens: options.Tokens, changed: make(chan struct{}),
		turns: map[string]*hotplex.Turn{}, requests: map[string]string{}, results: map[string]turnResult{},
		events: [][3]any{}, notices: []string{}, states: []string{}, history: [][3]any{},
	}
	if options.WorkerType == "" {
		options.WorkerType = "demo"
	}
	if actor.tokens == nil {
		actor.tokens = []string{"token-1"}
	}
	settings := hotplex.Options{
		URL: url, WorkerType: options.WorkerType, SessionID: options.SessionID, Config: options.Config,
		Auth: hotplex.CredentialFunc(actor.token), Role: options.Role,
		Reconnect: hotplex.Backoff{Min: time.Millisecond, Max: 20 * time.Millisecond},
		Quiet:     time.Duration(options.QuietMS) * time.Millisecond,
	}
	if options.LastSeq != nil {
		settings.Replay = &hotplex.Replay{LastSeq: *options.LastSeq, Epoch: options.Epoch}
	}
	if options.Reconnect != nil && !*options.Reconnect {
		settings.Reconnect = hotplex.NeverReconnect
	}
	var err error
	actor.client, err = hotplex.New(settings)
	if err != nil {
		return nil, err
	}
	ctx := context.Background()
	events, notices, states := actor.client.Events(ctx), actor.client.Notices(ctx), actor.client.Connections(ctx)
	actor.readers.Add(3)
	go actor.read(func() {
		for envelope, err := range events {
			if err == nil {
				actor.note(func() { actor.noteEvent(envelope) })
			}
		}
	})
	go actor.read(func() {
		for envelope, err := range notices {
			if _, isPong := envelope.Event.(hotplex.PongEvent); err == nil && !isPong {
				actor.note(func() {
					actor.notices = append(actor.notices, envelope.Event.Type()+":"+noticeText(envelope.Event))
				})
			}
		}
	})
	go actor.read(func() {
		for state := range states {
			actor.note(func() {
				if count := len(actor.states); count == 0 || actor.states[count-1] != state.Status() {
					actor.states = append(actor.states, state.Status())
				}
			})
		}
	})
	return actor, nil
}

func (a *actor) read(stream func()) {
	defer a.readers.Done()
	stream()
}

func (a *actor) note(change func()) {
	a.mu.Lock()
	defer a.mu.Unlock()
	change()
	close(a.changed)
	a.changed = make(chan struct{})
}

func (a *actor) noteEvent(envelope hotplex.Envelope) {
	event := envelope.Event
	a.events = append(a.events, [3]any{envelope.Seq, event.Type(), eventText(event)})
	switch event := event.(type) {
	case hotplex.PermissionRequestEvent:
		a.requests[event.Type()] = event.ID
	case hotplex.QuestionRequestEvent:
		a.requests[event.Type()] = event.ID
	case hotplex.ElicitationRequestEvent:
		a.requests[event.Type()] = event.ID
	}
}

func (a *actor) token(context.Context) (string, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	token := a.tokens[min(a.asked, len(a.tokens)-1)]
	a.asked++
	if token == "!" {
		return "", errors.New("there is no credential now")
	}
	return token, nil
}

// until waits for what is seen; it holds the lock while it asks.
func (a *actor) until(ctx context.Context, holds func() bool) error {
	for {
		a.mu.Lock()
		done, changed := holds(), a.changed
		a.mu.Unlock()
		if done {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func (a *actor) finish() clientResult {
	lastSeq := a.client.LastSeq()
	_ = a.client.Close()
	a.readers.Wait()
	a.mu.Lock()
	defer a.mu.Unlock()
	return clientResult{
		"events": a.events, "notices": a.notices, "turns": a.results, "connection": a.states,
		"last_seq": lastSeq, "tokens_asked": a.asked, "history": a.history,
	}
}

// outcome is ok, the code of what went wrong, or TIMEOUT.
func outcome(err error) string {
	var failure *hotplex.Error
	switch {
	case err == nil:
		return "ok"
	case errors.Is(err, context.DeadlineExceeded):
		return "TIMEOUT"
	case errors.As(err, &failure):
		return string(failure.Code)
	default:
		return strings.ToUpper(err.Error())
	}
}
