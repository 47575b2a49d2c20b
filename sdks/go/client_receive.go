package hotplex

import (
	"errors"
	"slices"
	"time"
)

var (
	errMissing = errors.New("a number is missing")
	errRefused = errors.New("the gateway refused the session")
	errClosed  = errors.New("the client is closed")
)

// receive takes a frame of the gateway. It fails when this connection is of no more use.
func (client *Client) receive(envelope Envelope) error {
	client.mu.Lock()
	defer client.mu.Unlock()
	if client.isClosed() {
		return errClosed
	}
	switch event := envelope.Event.(type) {
	case newerEvent:
		client.newer[envelope.Seq] = struct{}{}
		return nil
	case InitAckEvent:
		return client.greeted(event)
	case ErrorEvent:
		if event.EventID == "" {
			return client.log(envelope)
		}
	default:
		if isLogged(event.Type()) {
			return client.log(envelope)
		}
	}
	client.notice(envelope)
	return nil
}

// log takes a numbered event, once and in order.
func (client *Client) log(envelope Envelope) error {
	if envelope.Seq <= client.lastSeq {
		return nil
	}
	for before := client.lastSeq + 1; before < envelope.Seq; before++ {
		if _, isNewer := client.newer[before]; !isNewer {
			return errMissing
		}
	}
	client.lastSeq = envelope.Seq
	clear(client.newer)
	client.turns.take(envelope)
	client.noteReplay()
	client.answers.confirm(envelope.Event)
	client.events.tell(envelope)
	return nil
}

func (client *Client) greeted(ack InitAckEvent) error {
	if ack.Code != "" {
		return client.refused(ack)
	}
	client.triedFreshToken = false
	client.session = &ack
	client.epoch = ack.Epoch
	if !client.hasPlace {
		client.lastSeq, client.hasPlace = orZero(ack.LastSeq), true
	}
	client.move(Ready{})
	client.opened(ack, nil)
	for _, input := range slices.Clone(client.turns.unconfirmed) {
		client.sendInput(input)
	}
	unsent := client.answers.unsent()
	for _, pending := range unsent {
		client.send(pending.eventID, pending.frame)
	}
	if len(unsent) > 0 {
		client.ping()
	}
	return nil
}

func (client *Client) refused(ack InitAckEvent) error {
	message := ack.Error
	if message == "" {
		message = ack.Code
	}
	failure := newError(ErrorCode(ack.Code), message)
	failure.Details = ack.Details
	if failure.Code == CodeUnauthorized && client.session != nil && !client.triedFreshToken {
		client.triedFreshToken = true
	} else if !failure.Retryable {
		client.shut(failure)
	}
	return errRefused
}

func (client *Client) notice(envelope Envelope) {
	switch event := envelope.Event.(type) {
	case ControlEvent:
		client.controlled(event)
	case InputReceiptEvent:
		client.turns.receipt(event)
		client.noteReplay()
	case ResyncEvent:
		client.lastSeq = event.FirstSeq - 1
		client.epoch = event.Epoch
		clear(client.newer)
	case ErrorEvent:
		// A gateway that is stopping refuses prompts; they are sent again to the next one.
		if failure := toldError(event); failure.Code != CodeReconnectRequired {
			client.refuse(event.EventID, failure)
		}
	case PongEvent:
		client.answers.ponged()
	}
	client.notices.tell(envelope)
}

// noteReplay tells the turns when all is here that the gateway had when it greeted.
func (client *Client) noteReplay() {
	if client.lastSeq >= orZero(orZero(client.session).LastSeq) {
		client.turns.caughtUp()
	}
}

func (client *Client) controlled(event ControlEvent) {
	switch ControlAction(event.Action) {
	case ControlReconnect:
		if event.DelayMS != nil {
			delay := time.Duration(*event.DelayMS * float64(time.Millisecond))
			client.askedForDelay = &delay
		}
	case ControlReauth:
		if connection := client.link; connection != nil && canRenew(client.options.Auth) {
			next := client.asked.join()
			client.inBackground(func() { client.reauthenticate(connection, next) })
		}
	}
}
