package hotplex

import "slices"

// pendingAnswer is a request that waits to hear how it went.
type pendingAnswer struct {
	eventID string
	frame   []byte
	// confirmation names the event that says it is done; empty if there is none.
	confirmation string
	// ping is the number of the ping that follows it on this connection.
	ping   int
	answer chan error
}

// pendingAnswers has the requests that wait. Those with a confirming event wait for it and are sent again after a
// reconnect; the others count as taken once a later ping is answered without a refusal before it.
type pendingAnswers struct {
	pending []*pendingAnswer
	// pings and pongs of this connection; answers come in order.
	pings, pongs int
	// unanswered are the frames of the pings that were not answered, oldest first.
	unanswered []string
}

func (answers *pendingAnswers) open(eventID string, frame []byte, confirmation string) <-chan error {
	answer := make(chan error, 1)
	answers.pending = append(answers.pending, &pendingAnswer{
		eventID: eventID, frame: frame, confirmation: confirmation, ping: answers.pings + 1, answer: answer,
	})
	return answer
}

// unsent is what is to be sent on a new connection, before its first ping.
func (answers *pendingAnswers) unsent() []*pendingAnswer {
	answers.pings, answers.pongs, answers.unanswered = 0, 0, nil
	for _, pending := range answers.pending {
		pending.ping = 1
	}
	return slices.Clone(answers.pending)
}

func (answers *pendingAnswers) pinged(eventID string) {
	answers.pings++
	answers.unanswered = append(answers.unanswered, eventID)
}

func (answers *pendingAnswers) confirm(event Event) {
	name := confirmationOf(event)
	answers.settle(func(pending *pendingAnswer) bool { return name != "" && pending.confirmation == name }, nil)
}

// ponged says that the next ping was answered: of what was sent before it, that which was not refused was done.
func (answers *pendingAnswers) ponged() {
	answers.pongs++
	if len(answers.unanswered) > 0 {
		answers.unanswered = answers.unanswered[1:]
	}
	answers.settle(func(pending *pendingAnswer) bool {
		return pending.confirmation == "" && pending.ping <= answers.pongs
	}, nil)
}

// refuse ends a request. A ping may be refused, too, if there were too many: for what came before it that is an answer
// like any.
func (answers *pendingAnswers) refuse(eventID string, failure *Error) {
	if len(answers.unanswered) > 0 && answers.unanswered[0] == eventID {
		answers.ponged()
		return
	}
	answers.settle(func(pending *pendingAnswer) bool { return pending.eventID == eventID }, failure)
}

// forget is for a request to whose answer nobody listens any more; it is not sent again.
func (answers *pendingAnswers) forget(eventID string) {
	answers.pending = slices.DeleteFunc(answers.pending, func(pending *pendingAnswer) bool {
		return pending.eventID == eventID
	})
}

func (answers *pendingAnswers) abandon(failure *Error) {
	answers.settle(func(*pendingAnswer) bool { return true }, failure)
}

func (answers *pendingAnswers) settle(isMeant func(*pendingAnswer) bool, failure *Error) {
	answers.pending = slices.DeleteFunc(answers.pending, func(pending *pendingAnswer) bool {
		if !isMeant(pending) {
			return false
		}
		if failure != nil {
			pending.answer <- failure
		}
		close(pending.answer)
		return true
	})
}

func confirmationOf(event Event) string {
	switch event := event.(type) {
	case PermissionResolvedEvent:
		return event.Type() + ":" + event.ID
	case QuestionResolvedEvent:
		return event.Type() + ":" + event.ID
	case ElicitationResolvedEvent:
		return event.Type() + ":" + event.ID
	case InputStatusEvent:
		return event.Type() + ":" + event.InputID
	}
	return ""
}
