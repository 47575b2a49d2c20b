package main

import (
	"context"
	"slices"

	hotplex "github.com/hotplex/hotplex/sdks/go"
)

// step is one thing that a program does; conformance/src/program-step.ts is its schema.
type step struct {
	Do       string           `json:"do"`
	By       string           `json:"by"`
	As       string           `json:"as"`
	Turn     string           `json:"turn"`
	Content  any              `json:"content"`
	InputID  string           `json:"input_id"`
	Delivery hotplex.Delivery `json:"delivery"`
	Event    string           `json:"event"`
	Times    int              `json:"times"`
	Notice   string           `json:"notice"`
	Allowed  bool             `json:"allowed"`
	Reason   string           `json:"reason"`
	OptionID string           `json:"option_id"`
	Answers  map[string]any   `json:"answers"`
	Action   string           `json:"action"`
	Details  map[string]any   `json:"details"`
	Command  string           `json:"command"`
	Args     string           `json:"args"`
	After    int64            `json:"after"`
}

// perform does one thing, and has its outcome.
func (a *actor) perform(ctx context.Context, step step) string {
	return outcome(a.do(ctx, step))
}

func (a *actor) do(ctx context.Context, step step) error {
	client := a.client
	text, _ := step.Content.(string)
	switch step.Do {
	case "connect":
		_, err := client.Connect(ctx)
		return err
	case "prompt":
		a.prompt(step, text)
		return nil
	case "accepted":
		return within(ctx, a.turns[step.Turn].Accepted)
	case "done":
		return within(ctx, func() error { return a.end(step.Turn) })
	case "hear":
		return a.until(ctx, func() bool { return a.count(step.Event) >= max(step.Times, 1) })
	case "notice":
		return a.until(ctx, func() bool { return slices.Contains(a.notices, step.Notice) })
	case "answer_permission":
		answer := hotplex.PermissionAnswer{Allowed: step.Allowed, Reason: step.Reason, OptionID: step.OptionID}
		return client.RespondToPermission(ctx, a.request("permission_request"), answer)
	case "answer_question":
		return client.AnswerQuestion(ctx, a.request("question_request"), step.Answers)
	case "answer_elicitation":
		content, _ := step.Content.(map[string]any)
		action := hotplex.ElicitationAction(step.Action)
		return client.RespondToElicitation(ctx, a.request("elicitation_request"), action, content)
	case "interrupt":
		return client.Interrupt(ctx)
	case "control":
		return client.Control(ctx, hotplex.ControlAction(step.Action), step.Details)
	case "command":
		return client.Command(ctx, hotplex.WorkerCommandName(step.Command), step.Args, nil)
	case "edit_input":
		return client.EditInput(ctx, step.InputID, text)
	case "cancel_input":
		return client.CancelInput(ctx, step.InputID)
	case "close":
		return client.Close()
	case "reconnected":
		return a.until(ctx, func() bool {
			return slices.Contains(a.states, "reconnecting") && client.Connection().Status() == "ready"
		})
	case "closed":
		return a.closed(ctx)
	case "history":
		return a.readHistory(ctx, step.After)
	}
	panic("no program can " + step.Do)
}

func (a *actor) prompt(step step, text string) {
	options := []hotplex.PromptOption{hotplex.WithDelivery(step.Delivery)}
	if step.InputID != "" {
		options = append(options, hotplex.WithInputID(step.InputID))
	}
	a.turns[step.As] = a.client.Prompt(context.Background(), text, options...)
}

// end reads a turn to its end.
func (a *actor) end(name string) error {
	turn := a.turns[name]
	seqs := []int64{}
	for envelope, err := range turn.Events() {
		if err == nil {
			seqs = append(seqs, envelope.Seq)
		}
	}
	ended, err := turn.Result()
	result := turnResult{Seqs: seqs}
	if err != nil {
		code := hotplex.ErrorCode(outcome(err))
		result.Error = &code
	} else {
		result.Text, result.Success = &ended.Text, &ended.Success
		if ended.StopReason != "" {
			result.StopReason = &ended.StopReason
		}
		if ended.Err != nil {
			result.Error = &ended.Err.Code
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.results[name] = result
	return err
}

func (a *actor) closed(ctx context.Context) error {
	isClosed := func() bool { return a.client.Connection().Status() == "closed" }
	if err := a.until(ctx, isClosed); err != nil {
		return err
	}
	if state, ok := a.client.Connection().(hotplex.Closed); ok && state.Cause != nil {
		return state.Cause
	}
	return nil
}

func (a *actor) readHistory(ctx context.Context, after int64) error {
	api, err := hotplex.NewSessionsAPI(hotplex.AccessOptions{URL: a.url, Auth: hotplex.CredentialFunc(a.token)})
	if err != nil {
		return err
	}
	session, _ := a.client.Session()
	for envelope, err := range api.AllEvents(ctx, session.SessionID, after) {
		if err != nil {
			return err
		}
		a.history = append(a.history, [3]any{envelope.Seq, envelope.Event.Type(), eventText(envelope.Event)})
	}
	return nil
}

// count is how many events of a kind were heard. It needs the lock.
func (a *actor) count(kind string) int {
	count := 0
	for _, event := range a.events {
		if event[1] == kind {
			count++
		}
	}
	return count
}

func (a *actor) request(kind string) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.requests[kind]
}

// within gives a wait that has no context of its own so much time.
func within(ctx context.Context, wait func() error) error {
	done := make(chan error, 1)
	go func() { done <- wait() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
