package hotplex

import (
	"context"
	"iter"
	"strings"
	"sync"
)

// TurnResult is how a turn ended.
type TurnResult struct {
	Success bool
	// Stats is nil if the agent has no figures.
	Stats *TurnStats
	// Text is the assistant's, without what was taken back and without sub-agents.
	Text string
	// Err is what failed in a turn that ran; nil if nothing did.
	Err *Error
	// StopReason is empty if the agent did not say.
	StopReason string
}

// Turn is one prompt's way through the agent: its events in order, and how it ended. It is listened to as long as the
// context with which it was made; the agent goes on whether somebody listens or not.
type Turn struct {
	// InputID is the name of the prompt; empty for a turn that somebody else started.
	InputID string

	interrupt func(context.Context) error
	stop      func() bool
	events    *feed[Envelope]
	accepted  chan struct{}
	done      chan struct{}

	mu         sync.Mutex
	id         string
	isAccepted bool
	isOver     bool
	blocks     []*textBlock
	told       *Error
	result     TurnResult
	err        error
}

type textBlock struct {
	id   string
	text strings.Builder
}

func newTurn(ctx context.Context, inputID string, interrupt func(context.Context) error) *Turn {
	turn := &Turn{
		InputID:   inputID,
		interrupt: interrupt,
		events:    newFeed[Envelope](),
		accepted:  make(chan struct{}),
		done:      make(chan struct{}),
	}
	turn.mu.Lock()
	defer turn.mu.Unlock()
	turn.stop = context.AfterFunc(ctx, func() {
		failure := newError(CodeClientClosed, "nobody listens to this turn any more; the agent goes on")
		failure.cause = ctx.Err()
		turn.fail(failure)
	})
	return turn
}

// ID is known once the agent has begun, and empty before.
func (turn *Turn) ID() string {
	turn.mu.Lock()
	defer turn.mu.Unlock()
	return turn.id
}

// Accepted waits until the gateway has stored the prompt. The failure is that of Result.
func (turn *Turn) Accepted() error {
	<-turn.accepted
	turn.mu.Lock()
	defer turn.mu.Unlock()
	if turn.isAccepted {
		return nil
	}
	return turn.err
}

// Done is closed when the turn is over, or nobody listens to it any more.
func (turn *Turn) Done() <-chan struct{} { return turn.done }

// Result waits for the end of the turn. It fails with an [*Error] when the turn never ran, or when nobody can say what
// became of it; a turn that failed is a result.
func (turn *Turn) Result() (TurnResult, error) {
	<-turn.done
	turn.mu.Lock()
	defer turn.mu.Unlock()
	return turn.result, turn.err
}

// Events has the events of the turn, from the first one that was not read yet to the last. A failure comes last, as
// Result has it. Nothing is lost when nobody reads yet; several loops share the events.
func (turn *Turn) Events() iter.Seq2[Envelope, error] {
	return turn.events.all(context.Background())
}

// Interrupt asks the agent to end the turn; its DoneEvent follows.
func (turn *Turn) Interrupt(ctx context.Context) error { return turn.interrupt(ctx) }

func (turn *Turn) accept() {
	turn.mu.Lock()
	defer turn.mu.Unlock()
	if turn.isOver || turn.isAccepted {
		return
	}
	turn.isAccepted = true
	close(turn.accepted)
}

func (turn *Turn) begin(id string) {
	turn.accept()
	turn.mu.Lock()
	defer turn.mu.Unlock()
	turn.id = id
}

func (turn *Turn) take(envelope Envelope) {
	turn.mu.Lock()
	defer turn.mu.Unlock()
	if turn.isOver {
		return
	}
	turn.events.push(envelope)
	if done, isEnd := envelope.Event.(DoneEvent); isEnd {
		turn.result = turn.conclude(done)
		turn.finish(nil)
		return
	}
	turn.note(envelope.Event)
}

// fail says that the prompt will never run, or that nobody can say what became of it.
func (turn *Turn) fail(failure *Error) {
	turn.mu.Lock()
	defer turn.mu.Unlock()
	if !turn.isOver {
		turn.finish(failure)
	}
}

// finish needs the lock.
func (turn *Turn) finish(failure *Error) {
	turn.isOver = true
	if failure != nil {
		turn.err = failure
	}
	if !turn.isAccepted {
		close(turn.accepted)
	}
	turn.events.end(turn.err)
	close(turn.done)
	turn.stop()
}

func (turn *Turn) note(event Event) {
	switch event := event.(type) {
	case MessageStartEvent:
		if event.ParentID == "" {
			turn.setText(event.ID, "")
		}
	case MessageDeltaEvent:
		if block := turn.block(event.MessageID); block != nil {
			block.text.WriteString(event.Content)
		}
	case MessageEvent:
		if event.ParentID == "" {
			turn.setText(event.ID, event.Content)
		}
	case MessageRetractEvent:
		for _, id := range event.MessageIDs {
			turn.dropText(id)
		}
	case ErrorEvent:
		turn.told = toldError(event)
	}
}

func (turn *Turn) conclude(done DoneEvent) TurnResult {
	result := TurnResult{Success: done.Success, Stats: done.Stats, Err: turn.told}
	var text strings.Builder
	for _, block := range turn.blocks {
		text.WriteString(block.text.String())
	}
	result.Text = text.String()
	if done.Stats != nil {
		result.StopReason = orZero(done.Stats.StopReason)
	}
	return result
}

func (turn *Turn) block(id string) *textBlock {
	for _, block := range turn.blocks {
		if block.id == id {
			return block
		}
	}
	return nil
}

func (turn *Turn) setText(id, text string) {
	block := turn.block(id)
	if block == nil {
		block = &textBlock{id: id}
		turn.blocks = append(turn.blocks, block)
	}
	block.text.Reset()
	block.text.WriteString(text)
}

func (turn *Turn) dropText(id string) {
	for index, block := range turn.blocks {
		if block.id == id {
			turn.blocks = append(turn.blocks[:index], turn.blocks[index+1:]...)
			return
		}
	}
}
