//go:build gateway

package hotplex

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// These tests are against a real gateway with its demo agent: HOTPLEX_URL and HOTPLEX_KEY.
var (
	gatewayURL = os.Getenv("HOTPLEX_URL")
	gatewayKey = Key(os.Getenv("HOTPLEX_KEY"))
)

func openReal(t *testing.T, options Options) *Client {
	t.Helper()
	if options.URL == "" {
		options.URL = gatewayURL
	}
	if options.Auth == nil {
		options.Auth = gatewayKey
	}
	client := openClient(t, options)
	mustConnect(t, client)
	return client
}

func mustEnd(t *testing.T, turn *Turn) TurnResult {
	t.Helper()
	result, err := turn.Result()
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func isGapless(seqs []int64) bool {
	for index, seq := range seqs {
		if seq != int64(index+1) {
			return false
		}
	}
	return len(seqs) > 0
}

func TestATurnHasItsEventsInOrderAndItsEnd(t *testing.T) {
	client := openReal(t, Options{})
	events := client.Events(t.Context())
	turn := client.Prompt(t.Context(), "flood 200")
	var kinds []string
	for envelope, err := range turn.Events() {
		if err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, envelope.Event.Type())
	}
	result := mustEnd(t, turn)
	if !result.Success || result.StopReason != "end_turn" || !strings.HasSuffix(result.Text, " 5j\n") || turn.ID() == "" {
		t.Errorf("it ended as %+v", result)
	}
	if slices.Index(kinds, "done") != len(kinds)-1 {
		t.Errorf("the kinds were %v", kinds)
	}
	_ = client.Close()
	var seqs []int64
	for envelope := range events {
		seqs = append(seqs, envelope.Seq)
	}
	if !isGapless(seqs) {
		t.Errorf("the numbers were %v", seqs)
	}
}

func TestRequestsOfTheAgentAreAnswered(t *testing.T) {
	client := openReal(t, Options{})
	ctx := t.Context()
	answered := 0
	for _, prompt := range []string{"question", "form", "permission"} {
		turn := client.Prompt(ctx, prompt)
		for envelope, err := range turn.Events() {
			switch event := envelope.Event.(type) {
			case QuestionRequestEvent:
				answers := map[string]any{}
				for _, question := range event.Questions {
					answers[question.Question] = question.Options[0].Label
				}
				err = client.AnswerQuestion(ctx, event.ID, answers)
				answered++
			case ElicitationRequestEvent:
				err = client.RespondToElicitation(ctx, event.ID, ElicitationActionDecline, nil)
				answered++
			case PermissionRequestEvent:
				err = client.RespondToPermission(ctx, event.ID, PermissionAnswer{Allowed: true})
				answered++
				again := client.RespondToPermission(ctx, event.ID, PermissionAnswer{})
				if !errors.Is(again, CodeAlreadyResolved) {
					t.Errorf("the second answer was %v", again)
				}
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if result := mustEnd(t, turn); prompt == "permission" && !strings.Contains(result.Text, "You allowed it") {
			t.Errorf("it said %s", result.Text)
		}
	}
	if answered != 3 {
		t.Errorf("%d requests came", answered)
	}
}

func TestAnInterruptEndsTheTurnAndWhoStopsListeningDoesNot(t *testing.T) {
	client := openReal(t, Options{})
	ctx, stopListening := context.WithCancel(t.Context())
	turn := client.Prompt(ctx, "permission")
	if err := turn.Accepted(); err != nil {
		t.Fatal(err)
	}
	for envelope := range turn.Events() {
		if _, asks := envelope.Event.(PermissionRequestEvent); asks {
			break
		}
	}
	followed := client.Follow(t.Context(), turn.ID())
	stopListening()
	if _, err := turn.Result(); !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
	if err := followed.Interrupt(t.Context()); err != nil {
		t.Fatal(err)
	}
	if result := mustEnd(t, followed); result.StopReason != "interrupted" {
		t.Errorf("it ended as %+v", result)
	}
}

func TestManyLostLinksLoseNothingAndDoubleNothing(t *testing.T) {
	client, err := New(Options{
		URL: openCuttingProxy(t, gatewayURL), WorkerType: "demo", Auth: gatewayKey,
		Reconnect: Backoff{Min: time.Millisecond, Max: 20 * time.Millisecond},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	events, states := client.Events(t.Context()), client.Connections(t.Context())
	mustConnect(t, client)
	turns := map[int]*Turn{}
	for size, name := range map[int]string{50: "in-50", 60: "in-60", 70: "in-70"} {
		turns[size] = client.Prompt(t.Context(), "flood "+name[3:], WithInputID(name))
	}
	for size, turn := range turns {
		if words := strings.Fields(mustEnd(t, turn).Text); len(words) != size {
			t.Errorf("%d words came instead of %d", len(words), size)
		}
	}
	_ = client.Close()
	var seqs []int64
	for envelope := range events {
		seqs = append(seqs, envelope.Seq)
	}
	losses := 0
	for state := range states {
		if _, isLoss := state.(Reconnecting); isLoss {
			losses++
		}
	}
	if !isGapless(seqs) || losses < 2 {
		t.Errorf("after %d losses the numbers were %v", losses, seqs)
	}
}

func TestAQueueIsEdited(t *testing.T) {
	client := openReal(t, Options{})
	ctx := t.Context()
	running := client.Prompt(ctx, "permission")
	for envelope := range running.Events() {
		asked, asks := envelope.Event.(PermissionRequestEvent)
		if !asks {
			continue
		}
		edited := client.Prompt(ctx, "flood 3", WithInputID("edited"), WithDelivery(DeliveryQueue))
		cancelled := client.Prompt(ctx, "flood 4", WithInputID("cancelled"), WithDelivery(DeliveryQueue))
		rejected := client.Prompt(ctx, "flood 5", WithDelivery(DeliveryReject))
		for _, turn := range []*Turn{edited, cancelled} {
			if err := turn.Accepted(); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := rejected.Result(); !errors.Is(err, CodeSessionBusy) {
			t.Errorf("a busy session said %v", err)
		}
		if err := client.EditInput(ctx, "edited", "flood 2"); err != nil {
			t.Error(err)
		}
		if err := client.CancelInput(ctx, "cancelled"); err != nil {
			t.Error(err)
		}
		if _, err := cancelled.Result(); !errors.Is(err, CodeSessionTerminated) {
			t.Errorf("the cancelled prompt ended with %v", err)
		}
		if err := client.RespondToPermission(ctx, asked.ID, PermissionAnswer{Allowed: true}); err != nil {
			t.Error(err)
		}
		if text := mustEnd(t, edited).Text; text != "0 1 " {
			t.Errorf("the edited prompt was answered with %q", text)
		}
	}
}
