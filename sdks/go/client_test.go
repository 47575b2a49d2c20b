package hotplex

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// openClient is closed with the test.
func openClient(t *testing.T, options Options) *Client {
	t.Helper()
	options.WorkerType = "demo"
	options.Reconnect.Min, options.Reconnect.Max = time.Millisecond, 20*time.Millisecond
	client, err := New(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	return client
}

func mustConnect(t *testing.T, client *Client) InitAckEvent {
	t.Helper()
	session, err := client.Connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return session
}

func politely(ctx context.Context, visitor visitor) {
	visitor.greet(ctx)
	visitor.stay(ctx)
}

type traceKey struct{}

func TestATraceGoesWithEveryHandshakeAndRequest(t *testing.T) {
	seen := make(chan string, 2)
	gateway := openGateway(t, func(ctx context.Context, visitor visitor) {
		seen <- visitor.request.Header.Get("Traceparent")
		politely(ctx, visitor)
	})
	header := func(ctx context.Context) http.Header {
		return http.Header{"Traceparent": {ctx.Value(traceKey{}).(string)}}
	}
	ctx := context.WithValue(t.Context(), traceKey{}, "00-trace-span-01")
	client := openClient(t, Options{URL: gateway, Header: header})
	if _, err := client.Connect(ctx); err != nil {
		t.Fatal(err)
	}
	api, err := NewSessionsAPI(AccessOptions{URL: gateway, Header: func(ctx context.Context) http.Header {
		seen <- "asked by HTTP: " + ctx.Value(traceKey{}).(string)
		return header(ctx)
	}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := api.Agents(ctx); !errors.Is(err, CodeHTTPError) {
		t.Errorf("a socket's door answered a request with %v", err)
	}
	for _, want := range []string{"00-trace-span-01", "asked by HTTP: 00-trace-span-01"} {
		if got := <-seen; got != want {
			t.Errorf("the header was %q", got)
		}
	}
}

func TestAClientIsClosedInEveryState(t *testing.T) {
	gateway := openGateway(t, politely)
	mute := openGateway(t, func(ctx context.Context, visitor visitor) { visitor.stay(ctx) })
	hanging := CredentialFunc(func(ctx context.Context) (string, error) {
		<-ctx.Done()
		return "", ctx.Err()
	})
	for name, options := range map[string]Options{
		"ready":               {URL: gateway},
		"waiting for a hello": {URL: mute},
		"without a gateway":   {URL: "http://127.0.0.1:1"},
		"without a token":     {URL: gateway, Auth: hanging},
	} {
		t.Run(name, func(t *testing.T) {
			client := openClient(t, options)
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			_, err := client.Connect(ctx)
			if name != "ready" && !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("it connected with %v", err)
			}
			turn := client.Prompt(t.Context(), "hello")
			if err := client.Close(); err != nil {
				t.Error(err)
			}
			if _, err := turn.Result(); !errors.Is(err, CodeClientClosed) {
				t.Errorf("the turn ended with %v", err)
			}
			if err := client.Interrupt(t.Context()); !errors.Is(err, CodeClientClosed) {
				t.Errorf("a closed client asked: %v", err)
			}
			for envelope, err := range client.Events(t.Context()) {
				t.Errorf("a closed client heard %v, %v", envelope, err)
			}
		})
	}
	t.Run("idle", func(t *testing.T) { _ = openClient(t, Options{URL: gateway}).Close() })
}

func TestACloseDoesNotWaitForAGatewayThatHangs(t *testing.T) {
	over := make(chan struct{})
	defer close(over)
	gateway := openGateway(t, func(ctx context.Context, visitor visitor) {
		visitor.greet(ctx)
		<-over
	})
	client := openClient(t, Options{URL: gateway})
	mustConnect(t, client)
	before := time.Now()
	_ = client.Close()
	if waited := time.Since(before); waited > 2*closeTimeout {
		t.Errorf("it took %s", waited)
	}
}

func TestWhoStopsListeningIsToldWhy(t *testing.T) {
	gateway := openGateway(t, politely)
	client := openClient(t, Options{URL: gateway})
	mustConnect(t, client)
	ctx, cancel := context.WithCancel(t.Context())
	turn := client.Prompt(ctx, "hello")
	followed := client.Follow(ctx, "turn-1")
	cancel()
	for _, given := range []*Turn{turn, followed, client.Prompt(ctx, "too late")} {
		_, err := given.Result()
		if !errors.Is(err, CodeClientClosed) || !errors.Is(err, context.Canceled) {
			t.Errorf("it ended with %v", err)
		}
		for envelope, err := range given.Events() {
			if !errors.Is(err, context.Canceled) {
				t.Errorf("it heard %v, %v", envelope, err)
			}
		}
	}
	if err := client.EditInput(ctx, "in-1", "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("a request ended with %v", err)
	}
	client.mu.Lock()
	defer client.mu.Unlock()
	if len(client.answers.pending) != 0 {
		t.Error("a request to whose answer nobody listens is kept")
	}
}

func TestWhyThereIsNoCredential(t *testing.T) {
	gateway := openGateway(t, politely)
	reason := errors.New("the vault is shut")
	client := openClient(t, Options{URL: gateway, Auth: CredentialFunc(func(context.Context) (string, error) {
		return "", reason
	})})
	_, err := client.Connect(t.Context())
	var failure *Error
	if !errors.As(err, &failure) || failure.Code != CodeUnauthorized || !errors.Is(err, reason) || failure.Remedy == "" {
		t.Errorf("it is %v", err)
	}
	if closed, isClosed := client.Connection().(Closed); !isClosed || closed.Cause != failure {
		t.Errorf("the state is %+v", client.Connection())
	}
}

func TestACredentialThatCannotBeHadNowIsAskedForAgain(t *testing.T) {
	gateway := openGateway(t, politely)
	asked := 0
	client := openClient(t, Options{URL: gateway, Auth: CredentialFunc(func(context.Context) (string, error) {
		if asked++; asked < 3 {
			return "", &Error{Code: CodeHTTPError, Message: "the vault is busy", Retryable: true}
		}
		return "token", nil
	})})
	mustConnect(t, client)
	if asked != 3 {
		t.Errorf("it was asked %d times", asked)
	}
}

func TestAGatewayCannotBreakAClient(t *testing.T) {
	gateway := openGateway(t, func(ctx context.Context, visitor visitor) {
		visitor.say(ctx, "input.receipt", 0, `{"input_id":"in-1","status":"done","duplicate":true}`)
		visitor.say(ctx, "resync", 0, `{"reason":"trimmed","first_seq":1,"last_seq":0,"epoch":"e-1"}`)
		visitor.say(ctx, "pong", 0, `{"state":"idle"}`)
		politely(ctx, visitor)
	})
	client := openClient(t, Options{URL: gateway})
	if session := mustConnect(t, client); session.SessionID != "s-1" {
		t.Errorf("the session is %+v", session)
	}
}

func TestWhatHasNoJSONIsRefusedHere(t *testing.T) {
	gateway := openGateway(t, politely)
	client := openClient(t, Options{URL: gateway})
	mustConnect(t, client)
	bad := map[string]any{"f": func() {}}
	if _, err := client.Prompt(t.Context(), "x", WithMetadata(bad)).Result(); !errors.Is(err, CodeInvalidMessage) {
		t.Errorf("the prompt ended with %v", err)
	}
	if err := client.Control(t.Context(), ControlReset, bad); !errors.Is(err, CodeInvalidMessage) {
		t.Errorf("the request ended with %v", err)
	}
}

func TestAClientIsUsedFromEverywhere(t *testing.T) {
	var links atomic.Int64
	gateway := openGateway(t, func(ctx context.Context, visitor visitor) {
		isFirst := links.Add(1) == 1
		visitor.greet(ctx)
		for seq := 1; ; seq++ {
			kind, _, ok := visitor.hear(ctx)
			if !ok {
				return
			}
			if kind == "ping" {
				visitor.say(ctx, "pong", seq, `{"state":"idle"}`)
			}
			visitor.say(ctx, "state", seq, `{"state":"idle"}`)
			if isFirst && seq == 40 {
				return
			}
		}
	})
	client := openClient(t, Options{URL: gateway})
	var readers, askers sync.WaitGroup
	for range 8 {
		readers.Add(1)
		events := client.Events(t.Context())
		go func() {
			defer readers.Done()
			for range events {
				_ = client.Connection()
			}
		}()
		askers.Add(1)
		go func() {
			defer askers.Done()
			_, _ = client.Connect(t.Context())
			for range 10 {
				client.Prompt(t.Context(), "hello")
				_ = client.Interrupt(t.Context())
				_, _ = client.Session()
			}
		}()
	}
	askers.Wait()
	_ = client.Close()
	readers.Wait()
	if links.Load() < 2 {
		t.Error("no link was lost on the way")
	}
}
