package hotplex

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// PromptOption says more about a prompt than its text.
type PromptOption func(*inputRequest)

// WithInputID names a prompt. The same name with the same prompt runs once, however often it is sent.
func WithInputID(id string) PromptOption {
	return func(prompt *inputRequest) { prompt.InputID = id }
}

// WithDelivery says what to do if a turn runs already.
func WithDelivery(delivery Delivery) PromptOption {
	return func(prompt *inputRequest) { prompt.Delivery = delivery }
}

// WithParts adds pieces beside the text.
func WithParts(parts ...InputPart) PromptOption {
	return func(prompt *inputRequest) { prompt.Parts = append(prompt.Parts, parts...) }
}

// WithMetadata adds what the gateway keeps with the prompt.
func WithMetadata(metadata map[string]any) PromptOption {
	return func(prompt *inputRequest) { prompt.Metadata = metadata }
}

// Prompt sends a prompt, as soon as there is a connection. The context being done stops the listening, never the agent:
// that is Interrupt. A prompt that cannot be sent is a turn that fails.
func (client *Client) Prompt(ctx context.Context, content string, options ...PromptOption) *Turn {
	client.mu.Lock()
	defer client.mu.Unlock()
	data := inputRequest{Content: content}
	for _, option := range options {
		option(&data)
	}
	if data.InputID == "" {
		data.InputID = client.options.NewID()
	}
	body, failure := encode(data)
	input := pendingInput{inputID: data.InputID, eventID: client.eventID(), data: data, body: body}
	turn, isNew := client.turns.open(ctx, input)
	switch {
	case failure != nil:
		client.turns.refuse(input.eventID, asError(failure))
	case client.isClosed():
		client.turns.refuse(input.eventID, closedError(client.state))
	case ctx.Err() != nil:
		givenUp := newError(CodeClientClosed, "the prompt was given up before it was sent")
		givenUp.cause = ctx.Err()
		client.turns.refuse(input.eventID, givenUp)
	case isNew && client.isReady():
		client.sendInput(input)
	}
	return turn
}

// Follow listens to a turn that somebody else started, from the next event on.
func (client *Client) Follow(ctx context.Context, turnID string) *Turn {
	client.mu.Lock()
	defer client.mu.Unlock()
	turn := client.turns.follow(ctx, turnID)
	if client.isClosed() {
		turn.fail(closedError(client.state))
	}
	return turn
}

// PermissionAnswer says whether an agent may use a tool.
type PermissionAnswer struct {
	Allowed bool
	// Reason is told to the agent.
	Reason string
	// OptionID is one of the options that the request offers.
	OptionID string
	// UpdatedInput takes the place of what the agent wanted to call the tool with.
	UpdatedInput map[string]any
}

// RespondToPermission answers a PermissionRequestEvent. The first answer wins.
func (client *Client) RespondToPermission(ctx context.Context, id string, answer PermissionAnswer) error {
	data := permissionResponseRequest{
		ID: id, Allowed: answer.Allowed, Reason: answer.Reason, OptionID: answer.OptionID, UpdatedInput: answer.UpdatedInput,
	}
	return client.ask(ctx, "permission_response", data, "permission.resolved:"+id)
}

// AnswerQuestion answers a QuestionRequestEvent: the text of each question to the chosen label or to free text, which are
// a string, or to several labels, which are a []string.
func (client *Client) AnswerQuestion(ctx context.Context, id string, answers map[string]any) error {
	data := questionResponseRequest{ID: id, Answers: answers}
	return client.ask(ctx, "question_response", data, "question.resolved:"+id)
}

// RespondToElicitation answers an ElicitationRequestEvent, with the data if it is accepted.
func (client *Client) RespondToElicitation(ctx context.Context, id string, action ElicitationAction, content map[string]any) error {
	data := elicitationResponseRequest{ID: id, Action: action, Content: content}
	return client.ask(ctx, "elicitation_response", data, "elicitation.resolved:"+id)
}

// Interrupt asks the running turn to end; its DoneEvent follows.
func (client *Client) Interrupt(ctx context.Context) error {
	return client.Control(ctx, ControlInterrupt, nil)
}

// Control acts on the session: it interrupts, terminates, deletes, resets and the like.
func (client *Client) Control(ctx context.Context, action ControlAction, details map[string]any) error {
	return client.ask(ctx, "control", controlRequest{Action: string(action), Details: details}, "")
}

// Command gives a command to the agent rather than to the session.
func (client *Client) Command(ctx context.Context, command WorkerCommandName, args string, extra map[string]any) error {
	return client.ask(ctx, "worker_command", workerCommandRequest{Command: command, Args: args, Extra: extra}, "")
}

// EditInput changes the text of a prompt that still waits.
func (client *Client) EditInput(ctx context.Context, inputID, content string) error {
	data := inputEditRequest{InputID: inputID, Content: content}
	return client.ask(ctx, "input.edit", data, "input.status:"+inputID)
}

// CancelInput takes a prompt out of the queue before it runs.
func (client *Client) CancelInput(ctx context.Context, inputID string) error {
	return client.ask(ctx, "input.cancel", inputCancelRequest{InputID: inputID}, "input.status:"+inputID)
}

// ask sends a request and waits to hear how it went. When the context is done first, nobody knows.
func (client *Client) ask(ctx context.Context, kind string, data any, confirmation string) error {
	client.mu.Lock()
	if client.isClosed() {
		defer client.mu.Unlock()
		return closedError(client.state)
	}
	frame, eventID, err := client.frame(kind, data)
	if err != nil {
		client.mu.Unlock()
		return err
	}
	answer := client.answers.open(eventID, frame, confirmation)
	if client.isReady() {
		client.send(eventID, frame)
		if confirmation == "" {
			client.ping()
		}
	}
	client.mu.Unlock()
	select {
	case err := <-answer:
		return err
	case <-ctx.Done():
		client.mu.Lock()
		defer client.mu.Unlock()
		client.answers.forget(eventID)
		return ctx.Err()
	}
}

// ping needs the lock, as all below do.
func (client *Client) ping() {
	if client.link == nil {
		return
	}
	frame, eventID, err := client.frame("ping", pingRequest{})
	if err != nil {
		return
	}
	client.answers.pinged(eventID)
	client.link.send(frame)
}

func (client *Client) sendInput(input pendingInput) {
	frame, err := client.frameWith(input.eventID, "input", input.data)
	if err != nil {
		client.refuse(input.eventID, asError(err))
		return
	}
	client.send(input.eventID, frame)
}

// send sends a frame that has an answer, unless it could only cost us the connection, again and again (F6).
func (client *Client) send(eventID string, frame []byte) {
	if client.session != nil {
		if limit := client.session.ServerCaps.MaxFrameSize; int64(len(frame)) > limit {
			failure := newError(CodeInvalidMessage,
				fmt.Sprintf("this is too long to send: %d bytes, and the gateway takes %d", len(frame), limit))
			failure.Details = map[string]any{"size": len(frame), "max_frame_size": limit}
			client.refuse(eventID, failure)
			return
		}
	}
	if client.link != nil {
		client.link.send(frame)
	}
}

func (client *Client) refuse(eventID string, failure *Error) {
	if !client.turns.refuse(eventID, failure) {
		client.answers.refuse(eventID, failure)
	}
}

func (client *Client) frame(kind string, data any) (frame []byte, eventID string, err error) {
	eventID = client.eventID()
	frame, err = client.frameWith(eventID, kind, data)
	return frame, eventID, err
}

func (client *Client) frameWith(eventID, kind string, data any) ([]byte, error) {
	return encode(clientFrame{
		Version:   ProtocolVersion,
		ID:        eventID,
		Seq:       1,
		SessionID: client.sessionID(),
		Timestamp: time.Now().UnixMilli(),
		Event:     clientEvent{Type: kind, Data: data},
	})
}

func (client *Client) isReady() bool {
	_, isReady := client.state.(Ready)
	return isReady
}

func (client *Client) eventID() string { return "evt_" + client.options.NewID() }

func asError(err error) *Error {
	var failure *Error
	errors.As(err, &failure)
	return failure
}
