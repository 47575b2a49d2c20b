package hotplex

import (
	"testing"
	"time"
)

func TestDelaysStayWithinTheirBounds(t *testing.T) {
	backoff := Backoff{}.withDefaults()
	for _, attempt := range []int{1, 2, 5, 10, 100, 10_000} {
		for _, random := range []float64{0, 0.5, 1} {
			delay := backoff.delay(attempt, func() float64 { return random })
			if delay < backoff.Min/2 || delay > backoff.Max {
				t.Errorf("attempt %d waits %s", attempt, delay)
			}
		}
	}
}

func TestDelaysGrow(t *testing.T) {
	backoff := Backoff{}.withDefaults()
	for attempt, want := range map[int]time.Duration{
		1: 250 * time.Millisecond, 2: 500 * time.Millisecond, 3: time.Second, 7: 10 * time.Second,
	} {
		if delay := backoff.delay(attempt, func() float64 { return 1 }); delay != want {
			t.Errorf("attempt %d waits %s, not %s", attempt, delay, want)
		}
	}
}

func TestAttemptsEnd(t *testing.T) {
	for _, given := range []struct {
		backoff Backoff
		attempt int
		isSpent bool
	}{{Backoff{}, 1_000, false}, {Backoff{Attempts: 2}, 2, false}, {Backoff{Attempts: 2}, 3, true}, {NeverReconnect, 1, true}} {
		if given.backoff.isSpent(given.attempt) != given.isSpent {
			t.Errorf("attempt %d of %+v", given.attempt, given.backoff)
		}
	}
}
