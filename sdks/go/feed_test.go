package hotplex

import (
	"context"
	"errors"
	"slices"
	"testing"
)

func TestAFeedKeepsWhatNobodyHasReadYet(t *testing.T) {
	numbers := newFeed[int]()
	for number := range 5 {
		numbers.push(number)
	}
	var seen []int
	for number := range numbers.all(t.Context()) {
		if seen = append(seen, number); number == 1 {
			break
		}
	}
	numbers.push(5)
	failure := errors.New("that was all")
	numbers.end(failure)
	numbers.push(6)
	var last error
	for number, err := range numbers.all(t.Context()) {
		if last = err; err == nil {
			seen = append(seen, number)
		}
	}
	if !slices.Equal(seen, []int{0, 1, 2, 3, 4, 5}) || last != failure {
		t.Errorf("seen were %v, then %v", seen, last)
	}
}

func TestTheEndIsHeardByAllWhoRead(t *testing.T) {
	numbers := newFeed[int]()
	numbers.end(nil)
	// One of several readers is woken, and reads to the end.
	<-numbers.changed
	for number := range numbers.all(t.Context()) {
		t.Errorf("%d was read", number)
	}
	select {
	case <-numbers.changed:
	default:
		t.Error("the next one waits for ever")
	}
}

func TestAContextEndsTheWaiting(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range newFeed[int]().all(ctx) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("it ended with %v", err)
		}
	}
}

func TestABroadcastForgetsWhoDoesNotListen(t *testing.T) {
	var numbers broadcast[int]
	ctx, cancel := context.WithCancel(t.Context())
	never := numbers.subscribe(ctx)
	broken := numbers.subscribe(t.Context())
	numbers.tell(1)
	for range broken {
		break
	}
	cancel()
	for _, err := range never {
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
	if len(numbers.feeds) != 0 {
		t.Errorf("%d are still told", len(numbers.feeds))
	}
	numbers.end(nil)
	for number, err := range numbers.subscribe(t.Context()) {
		t.Errorf("after the end came %d, %v", number, err)
	}
}
