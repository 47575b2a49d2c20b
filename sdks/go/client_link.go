package hotplex

import (
	"fmt"
	"time"
)

// run makes connections, one after the other, until the client is closed.
func (client *Client) run() {
	for attempt := 1; ; {
		token, failure := client.asked.join().ask(client.life, client.options.Auth)
		switch {
		case failure == nil:
			end, isOver := client.live(token)
			if isOver {
				return
			}
			if attempt, failure = client.lost(end, attempt); failure == nil {
				return
			}
		case !failure.Retryable:
			client.fail(failure)
			return
		}
		if !client.waitBefore(attempt, failure) {
			return
		}
	}
}

// live is one connection from its first frame to its end.
func (client *Client) live(token string) (end linkEnd, isOver bool) {
	connection := newLink(linkOptions{
		url:     client.socketURL,
		client:  client.options.HTTPClient,
		header:  client.options.Header(client.life),
		quiet:   client.options.Quiet,
		onFrame: client.receive,
		onQuiet: client.testLink,
	})
	client.mu.Lock()
	if client.isClosed() {
		client.mu.Unlock()
		return linkEnd{}, true
	}
	frame, _, err := client.frame("init", client.initData(token))
	if err != nil {
		client.shut(asError(err))
		client.mu.Unlock()
		return linkEnd{}, true
	}
	connection.send(frame)
	client.link = connection
	client.mu.Unlock()
	end = connection.run(client.life)
	client.mu.Lock()
	defer client.mu.Unlock()
	client.link = nil
	return end, client.isClosed()
}

// lost says which attempt is the next one and why; nothing if there is none.
func (client *Client) lost(end linkEnd, attempt int) (next int, cause *Error) {
	client.mu.Lock()
	defer client.mu.Unlock()
	message := end.reason
	if message == "" {
		message = fmt.Sprintf("the connection was lost (%d)", end.code)
	}
	cause = newError(CodeConnectionLost, message)
	cause.Details = map[string]any{"close_code": end.code}
	_, wasReady := client.state.(Ready)
	switch {
	case end.code == 4401 && client.session != nil && !client.triedFreshToken:
		client.triedFreshToken = true
		return 1, cause
	case isFinal(end.code):
		client.shut(cause)
		return 0, nil
	case wasReady:
		return 1, cause
	default:
		return attempt + 1, cause
	}
}

func (client *Client) waitBefore(attempt int, cause *Error) bool {
	client.mu.Lock()
	if client.isClosed() || client.options.Reconnect.isSpent(attempt) {
		client.shut(cause)
		client.mu.Unlock()
		return false
	}
	delay := client.options.Reconnect.delay(attempt, client.options.Random)
	if client.askedForDelay != nil {
		delay = *client.askedForDelay
		client.askedForDelay = nil
	}
	client.move(Reconnecting{Attempt: attempt, RetryAt: time.Now().Add(delay), Cause: cause})
	client.mu.Unlock()
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-client.life.Done():
		return false
	}
}

// initData needs the lock.
func (client *Client) initData(token string) initRequest {
	data := initRequest{
		Version:    ProtocolVersion,
		WorkerType: client.options.WorkerType,
		SessionID:  client.sessionID(),
		Role:       client.options.Role,
		Presence:   client.options.Presence,
	}
	if client.options.Auth != nil {
		data.Auth = &initAuth{Token: token}
	}
	if client.session == nil {
		data.Config = client.options.Config
	}
	if client.hasPlace {
		data.LastSeq = &client.lastSeq
		data.Epoch = client.epoch
	}
	if client.options.Name != "" {
		data.Client = &initClient{Name: client.options.Name}
	}
	return data
}

// reauthenticate brings a fresh credential before the old one's grace is over; without one the gateway closes, and we
// come back: the next connection asks again, and tells if there is none to be had.
func (client *Client) reauthenticate(connection *link, next place) {
	token, failure := next.ask(client.life, client.options.Auth)
	if failure != nil {
		return
	}
	client.mu.Lock()
	defer client.mu.Unlock()
	data := controlRequest{Action: string(ControlReauth), Auth: &ControlAuth{Token: token}}
	if frame, _, err := client.frame("control", data); err == nil {
		connection.send(frame)
	}
}

// testLink asks whether somebody is there.
func (client *Client) testLink() {
	client.mu.Lock()
	defer client.mu.Unlock()
	client.ping()
}

func (client *Client) fail(cause *Error) {
	client.mu.Lock()
	defer client.mu.Unlock()
	client.shut(cause)
}

// isClosed needs the lock.
func (client *Client) isClosed() bool {
	_, isClosed := client.state.(Closed)
	return isClosed
}

// sessionID needs the lock.
func (client *Client) sessionID() string {
	if client.session != nil {
		return client.session.SessionID
	}
	return client.options.SessionID
}
