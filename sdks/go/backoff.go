package hotplex

import (
	"math"
	"time"
)

// Backoff has the bounds of the delays before a client comes back. What is zero has its default.
type Backoff struct {
	// Min is the first delay. Default 250 ms.
	Min time.Duration
	// Max is the longest delay. Default 10 s.
	Max time.Duration
	// Attempts is after how many of them a client gives up. 0: never; below 0: it does not come back at all.
	Attempts int
}

// NeverReconnect is for clients that do not come back after a lost link.
var NeverReconnect = Backoff{Attempts: -1}

func (backoff Backoff) withDefaults() Backoff {
	if backoff.Min <= 0 {
		backoff.Min = 250 * time.Millisecond
	}
	if backoff.Max <= 0 {
		backoff.Max = 10 * time.Second
	}
	return backoff
}

func (backoff Backoff) isSpent(attempt int) bool {
	return backoff.Attempts != 0 && attempt > backoff.Attempts
}

// delay before an attempt (from 1): exponential with full jitter, never below half the minimum.
func (backoff Backoff) delay(attempt int, random func() float64) time.Duration {
	least := float64(backoff.Min) / 2
	ceiling := math.Min(float64(backoff.Max), float64(backoff.Min)*math.Pow(2, float64(attempt-1)))
	return time.Duration(least + random()*(ceiling-least))
}
