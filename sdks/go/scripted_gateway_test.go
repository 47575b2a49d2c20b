package hotplex

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/coder/websocket"
)

// visitor is the gateway's end of one connection.
type visitor struct {
	t       *testing.T
	conn    *websocket.Conn
	request *http.Request
}

const greeting = `{"session_id":"s-1","state":"idle","epoch":"e-1","last_seq":%d,"server_caps":{
	"protocol_version":"aep/v1","worker_type":"demo","supports_resume":true,"supports_delta":true,
	"supports_tool_call":true,"supports_ping":true,"max_frame_size":1000000,"modalities":["text"],"queue":true,
	"interrupt":true,"replay":true}}`

// openGateway is the address of a gateway that says what a test makes it say: it serves each connection until the
// function returns.
func openGateway(t *testing.T, serve func(ctx context.Context, visitor visitor)) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		conn, err := websocket.Accept(response, request, &websocket.AcceptOptions{Subprotocols: []string{subprotocol}})
		if err != nil {
			return
		}
		defer conn.CloseNow()
		serve(request.Context(), visitor{t, conn, request})
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// hear is the next frame of the client; not ok when the connection is over.
func (v visitor) hear(ctx context.Context) (kind string, data map[string]any, ok bool) {
	_, text, err := v.conn.Read(ctx)
	if err != nil {
		return "", nil, false
	}
	var frame struct {
		Event struct {
			Type string
			Data map[string]any
		}
	}
	if err := json.Unmarshal(text, &frame); err != nil {
		v.t.Error(err)
	}
	return frame.Event.Type, frame.Event.Data, true
}

func (v visitor) say(ctx context.Context, kind string, seq int, data string) {
	frame, err := json.Marshal(map[string]any{
		"version": "aep/v1", "id": "evt_1", "seq": seq, "session_id": "s-1", "timestamp": 1,
		"event": map[string]any{"type": kind, "data": json.RawMessage(data)},
	})
	if err != nil {
		v.t.Error(err)
	}
	_ = v.conn.Write(ctx, websocket.MessageText, frame)
}

// greet answers the client's first frame.
func (v visitor) greet(ctx context.Context) { v.greetAt(ctx, 0) }

// greetAt says that the log ends with a number.
func (v visitor) greetAt(ctx context.Context, lastSeq int) {
	if kind, _, ok := v.hear(ctx); ok && kind != "init" {
		v.t.Errorf("the first frame was %s", kind)
	}
	v.say(ctx, "init_ack", lastSeq, fmt.Sprintf(greeting, lastSeq))
}

// stay hears the client out.
func (v visitor) stay(ctx context.Context) {
	for {
		if _, _, ok := v.hear(ctx); !ok {
			return
		}
	}
}
