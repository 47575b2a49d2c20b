package hotplex

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/coder/websocket"
)

const (
	dialTimeout = 10 * time.Second
	// abnormal is the close code of a link that ended without one (RFC 6455, 7.4.1).
	abnormal = 1006
)

// linkEnd is a link's close code and its reason.
type linkEnd struct {
	code   int
	reason string
}

type linkOptions struct {
	url    string
	client *http.Client
	header http.Header
	// quiet is the silence after which the link is tested; two in a row and it counts as dead.
	quiet time.Duration
	// onFrame fails at what makes this link useless; another one may do better.
	onFrame func(Envelope) error
	onQuiet func()
}

// link is one WebSocket's life: frames in, frames out, and how it ended. It never reconnects.
type link struct {
	options linkOptions
	outbox  *feed[[]byte]

	mu       sync.Mutex
	abort    context.CancelFunc
	silences int
	isDead   bool
	timer    *time.Timer
}

func newLink(options linkOptions) *link {
	return &link{options: options, outbox: newFeed[[]byte](), abort: func() {}}
}

// send sends in order, as soon as the link is open.
func (l *link) send(frame []byte) { l.outbox.push(frame) }

// close ends the link when everything that was given to send is out.
func (l *link) close() { l.outbox.end(nil) }

// cut ends the link at once.
func (l *link) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.abort()
}

// run connects and reads until the link has ended. The context is for the connecting alone.
func (l *link) run(ctx context.Context) linkEnd {
	conn, err := l.dial(ctx)
	if err != nil {
		return linkEnd{abnormal, err.Error()}
	}
	live, abort := context.WithCancel(context.WithoutCancel(ctx))
	l.mu.Lock()
	l.abort = abort
	l.timer = time.AfterFunc(l.options.quiet, l.silent)
	l.mu.Unlock()
	var writer sync.WaitGroup
	writer.Add(1)
	go func() {
		defer writer.Done()
		l.write(live, conn)
	}()
	end := l.read(live, conn)
	abort()
	_ = conn.CloseNow()
	l.timer.Stop()
	writer.Wait()
	return end
}

func (l *link) dial(ctx context.Context) (*websocket.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, l.options.url, &websocket.DialOptions{
		HTTPClient:   l.options.client,
		HTTPHeader:   l.options.header,
		Subprotocols: []string{subprotocol},
	})
	if err != nil {
		return nil, err
	}
	// Frames are as large as what an agent says.
	conn.SetReadLimit(-1)
	return conn, nil
}

func (l *link) write(ctx context.Context, conn *websocket.Conn) {
	for frame, err := range l.outbox.all(ctx) {
		if err != nil || conn.Write(ctx, websocket.MessageText, frame) != nil {
			return // The reader tells.
		}
	}
	_ = conn.Close(websocket.StatusNormalClosure, "")
}

func (l *link) read(ctx context.Context, conn *websocket.Conn) linkEnd {
	for {
		kind, raw, err := conn.Read(ctx)
		if err != nil {
			return l.endOf(err)
		}
		l.heard()
		if kind != websocket.MessageText {
			continue
		}
		envelope, ok := decode(raw)
		if !ok {
			continue
		}
		if err := l.options.onFrame(envelope); err != nil {
			return linkEnd{abnormal, err.Error()}
		}
	}
}

func (l *link) endOf(err error) linkEnd {
	l.mu.Lock()
	defer l.mu.Unlock()
	var closed websocket.CloseError
	switch {
	case l.isDead:
		return linkEnd{abnormal, "the link is dead"}
	case errors.As(err, &closed):
		return linkEnd{int(closed.Code), closed.Reason}
	default:
		return linkEnd{code: abnormal}
	}
}

func (l *link) heard() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.silences = 0
	l.timer.Reset(l.options.quiet)
}

func (l *link) silent() {
	l.mu.Lock()
	l.silences++
	l.isDead = l.silences >= 2
	if l.isDead {
		l.abort()
	} else {
		l.timer.Reset(l.options.quiet)
	}
	isDead := l.isDead
	l.mu.Unlock()
	if !isDead {
		l.options.onQuiet()
	}
}
