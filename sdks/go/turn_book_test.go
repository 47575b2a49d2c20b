package hotplex

import (
	"context"
	"errors"
	"testing"
)

// A client that has seen a turn, but not all that came after it, asks for the same again: the answer overtakes the rest.
func TestAPromptThatRanBeforeIsSaidWhenTheReplayIsOver(t *testing.T) { // [I1] [R3]
	for name, replay := range map[string][]string{
		"behind its end": {"state"},
		"inside of it":   {"message.delta", "done", "input.status", "state"},
	} {
		t.Run(name, func(t *testing.T) {
			gateway := openGateway(t, func(ctx context.Context, visitor visitor) {
				visitor.greetAt(ctx, 6+len(replay))
				if kind, _, ok := visitor.hear(ctx); ok && kind != "input" {
					t.Errorf("the client said %s", kind)
				}
				visitor.say(ctx, "input.receipt", 0, `{"input_id":"in-1","status":"done","turn_id":"t-1","duplicate":true}`)
				for index, kind := range replay {
					visitor.say(ctx, kind, 7+index, map[string]string{
						"message.delta": `{"message_id":"m-1","content":"x"}`,
						"done":          `{"success":true}`,
						"input.status":  `{"input_id":"in-1","status":"done","turn_id":"t-1"}`,
						"state":         `{"state":"idle"}`,
					}[kind])
				}
				visitor.stay(ctx)
			})
			client := openClient(t, Options{URL: gateway, SessionID: "s-1", Replay: &Replay{LastSeq: 6, Epoch: "e-1"}})
			mustConnect(t, client)
			_, err := client.Prompt(t.Context(), "hello", WithInputID("in-1")).Result()
			if !errors.Is(err, CodeAlreadyResolved) {
				t.Errorf("it ended with %v", err)
			}
			if seen := client.LastSeq(); seen != int64(6+len(replay)) {
				t.Errorf("it was said at %d, before the replay was over", seen)
			}
		})
	}
}
