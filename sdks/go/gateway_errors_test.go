//go:build gateway

package hotplex

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestErrorsSayWhatToDo(t *testing.T) {
	client, err := New(Options{URL: gatewayURL, WorkerType: "nobody", Auth: gatewayKey, Reconnect: NeverReconnect})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	_, err = client.Connect(t.Context())
	var failure *Error
	if !errors.As(err, &failure) {
		t.Fatal(err)
	}
	if failure.Code != CodeConfigInvalid || !strings.Contains(failure.Message, "demo") || failure.Remedy == "" || failure.Retryable {
		t.Errorf("it is %+v", failure)
	}
	if _, err := client.Prompt(t.Context(), "late").Result(); !errors.Is(err, CodeConfigInvalid) {
		t.Errorf("a late prompt ended with %v", err)
	}
	nobody, err := New(Options{
		URL: "http://127.0.0.1:1", WorkerType: "demo",
		Reconnect: Backoff{Min: time.Millisecond, Max: 2 * time.Millisecond, Attempts: 2},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer nobody.Close()
	if _, err := nobody.Connect(t.Context()); !errors.As(err, &failure) || failure.Code != CodeConnectionLost || !failure.Retryable {
		t.Errorf("without a gateway: %v", err)
	}
}

func TestTheSamePromptRunsOnce(t *testing.T) {
	client := openReal(t, Options{})
	events := client.Events(t.Context())
	if text := mustEnd(t, client.Prompt(t.Context(), "flood 3", WithInputID("same"))).Text; text != "0 1 2 " {
		t.Errorf("it said %q", text)
	}
	for envelope := range events {
		if state, isState := envelope.Event.(StateEvent); isState && state.State == SessionStateIdle {
			break
		}
	}
	for content, code := range map[string]ErrorCode{"flood 3": CodeAlreadyResolved, "flood 4": CodeInputConflict} {
		if _, err := client.Prompt(t.Context(), content, WithInputID("same")).Result(); !errors.Is(err, code) {
			t.Errorf("%s ended with %v", content, err)
		}
	}
}
