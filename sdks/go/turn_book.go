package hotplex

import (
	"bytes"
	"context"
	"slices"
)

// pendingInput is a prompt as it is sent, as often as it has to be.
type pendingInput struct {
	inputID string
	eventID string
	data    inputRequest
	// body is what it asks for, as text: two prompts with the same body are the same.
	body []byte
}

type bookedTurn struct {
	input pendingInput
	turn  *Turn
	// ranBefore says that the gateway has run the prompt to its end; what it has to say of it may still be replayed.
	ranBefore bool
}

// turnBook knows which prompts wait for their receipt, and which turn belongs to whom.
type turnBook struct {
	interrupt func(context.Context) error
	// unconfirmed prompts are sent (again), in this order.
	unconfirmed []pendingInput
	byInput     map[string]*bookedTurn
	byTurn      map[string][]*Turn
}

func newTurnBook(interrupt func(context.Context) error) *turnBook {
	return &turnBook{interrupt: interrupt, byInput: map[string]*bookedTurn{}, byTurn: map[string][]*Turn{}}
}

// open has the turn of this prompt, and whether it is to be sent. Asked for again while it is on its way, it is the same
// turn.
func (book *turnBook) open(ctx context.Context, input pendingInput) (turn *Turn, isNew bool) {
	known, isKnown := book.byInput[input.inputID]
	if isKnown && bytes.Equal(known.input.body, input.body) {
		return known.turn, false
	}
	turn = newTurn(ctx, input.inputID, book.interrupt)
	if isKnown {
		turn.fail(newError(CodeInputConflict, "input_id "+input.inputID+" was used for another prompt: use a new one"))
		return turn, false
	}
	book.unconfirmed = append(book.unconfirmed, input)
	book.byInput[input.inputID] = &bookedTurn{input: input, turn: turn}
	return turn, true
}

func (book *turnBook) follow(ctx context.Context, turnID string) *Turn {
	turn := newTurn(ctx, "", book.interrupt)
	turn.begin(turnID)
	book.join(turnID, turn)
	return turn
}

// take notes a logged event: receipts, beginnings, contents and ends of turns.
func (book *turnBook) take(envelope Envelope) {
	switch event := envelope.Event.(type) {
	case InputEvent:
		book.confirm(event.InputID)
	case InputStatusEvent:
		book.status(event.InputID, event.Status, event.TurnID, event.Reason)
	}
	if envelope.TurnID == "" {
		return
	}
	for _, turn := range book.byTurn[envelope.TurnID] {
		turn.take(envelope)
	}
	if _, isEnd := envelope.Event.(DoneEvent); isEnd {
		delete(book.byTurn, envelope.TurnID)
	}
}

// receipt answers a repeated prompt.
func (book *turnBook) receipt(receipt InputReceiptEvent) {
	book.confirm(receipt.InputID)
	if receipt.Status != InputStatusDone && receipt.Status != InputStatusFailed {
		book.status(receipt.InputID, receipt.Status, receipt.TurnID, "")
	} else if booked, isKnown := book.byInput[receipt.InputID]; isKnown {
		booked.ranBefore = true
	}
}

// caughtUp says that nothing more is to be replayed: the beginning of a prompt that ran before and has not come was
// handed out before this client asked.
func (book *turnBook) caughtUp() {
	for inputID, booked := range book.byInput {
		if !booked.ranBefore {
			continue
		}
		delete(book.byInput, inputID)
		if booked.turn.ID() == "" {
			booked.turn.fail(newError(CodeAlreadyResolved, "this prompt ran before; its answer is in the history"))
		}
	}
}

// refuse is told that the gateway did not take one of our frames. It is true if that was a prompt.
func (book *turnBook) refuse(eventID string, failure *Error) bool {
	for _, input := range book.unconfirmed {
		if input.eventID == eventID {
			book.drop(input.inputID, failure)
			return true
		}
	}
	return false
}

// abandon is told that the client is closed for good.
func (book *turnBook) abandon(failure *Error) {
	for _, booked := range book.byInput {
		booked.turn.fail(failure)
	}
	for _, turns := range book.byTurn {
		for _, turn := range turns {
			turn.fail(failure)
		}
	}
	book.unconfirmed = nil
	clear(book.byInput)
	clear(book.byTurn)
}

func (book *turnBook) confirm(inputID string) {
	book.settle(inputID)
	if booked, isKnown := book.byInput[inputID]; isKnown {
		booked.turn.accept()
	}
}

func (book *turnBook) status(inputID string, status InputStatus, turnID, reason string) {
	booked, isKnown := book.byInput[inputID]
	if !isKnown {
		return
	}
	if reason == "" {
		reason = "the prompt is " + string(status)
	}
	switch status {
	case InputStatusDelivered:
		if turnID != "" {
			booked.turn.begin(turnID)
			book.join(turnID, booked.turn)
		}
	case InputStatusCancelled:
		book.drop(inputID, newError(CodeSessionTerminated, reason))
	case InputStatusIndeterminate:
		book.drop(inputID, newError(CodeReconnectRequired, reason))
	case InputStatusDone, InputStatusFailed:
		if !booked.ranBefore {
			delete(book.byInput, inputID)
		}
	}
}

func (book *turnBook) join(turnID string, turn *Turn) {
	if !slices.Contains(book.byTurn[turnID], turn) {
		book.byTurn[turnID] = append(book.byTurn[turnID], turn)
	}
}

func (book *turnBook) drop(inputID string, failure *Error) {
	book.settle(inputID)
	if booked, isKnown := book.byInput[inputID]; isKnown {
		booked.turn.fail(failure)
		delete(book.byInput, inputID)
	}
}

func (book *turnBook) settle(inputID string) {
	book.unconfirmed = slices.DeleteFunc(book.unconfirmed, func(input pendingInput) bool {
		return input.inputID == inputID
	})
}
