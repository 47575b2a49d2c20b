package hotplex

import (
	"context"
	"iter"
	"sync"
)

// feed is what is still to be read. Nothing is lost while nobody reads, and nobody waits for who reads.
type feed[T any] struct {
	mu      sync.Mutex
	waiting []T
	over    bool
	err     error
	changed chan struct{}
}

func newFeed[T any]() *feed[T] {
	return &feed[T]{changed: make(chan struct{}, 1)}
}

func (f *feed[T]) push(value T) {
	f.mu.Lock()
	if !f.over {
		f.waiting = append(f.waiting, value)
	}
	f.mu.Unlock()
	f.wake()
}

// end lets the reader read what waits, and then tells it why there is no more; nil if that is as it should be.
func (f *feed[T]) end(err error) {
	f.mu.Lock()
	if !f.over {
		f.over, f.err = true, err
	}
	f.mu.Unlock()
	f.wake()
}

func (f *feed[T]) wake() {
	select {
	case f.changed <- struct{}{}:
	default:
	}
}

func (f *feed[T]) take() (values []T, over bool, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	values, f.waiting = f.waiting, nil
	return values, f.over, f.err
}

// putBack is for what the reader did not get to before it stopped.
func (f *feed[T]) putBack(values []T) {
	f.mu.Lock()
	f.waiting = append(values, f.waiting...)
	f.mu.Unlock()
	f.wake()
}

// all hands out the values, then the failure if there was one. Several readers share the values, and each hears of the
// end.
func (f *feed[T]) all(ctx context.Context) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		for {
			values, over, err := f.take()
			for index, value := range values {
				if !yield(value, nil) {
					f.putBack(values[index+1:])
					return
				}
			}
			if len(values) > 0 {
				continue
			}
			if over {
				// Another reader may be waiting, and was not woken.
				f.wake()
				if err != nil {
					yield(none, err)
				}
				return
			}
			select {
			case <-f.changed:
			case <-ctx.Done():
				yield(none, ctx.Err())
				return
			}
		}
	}
}

// broadcast tells the same to every feed that subscribed.
type broadcast[T any] struct {
	mu    sync.Mutex
	feeds map[*feed[T]]struct{}
	over  bool
	err   error
}

func (b *broadcast[T]) tell(value T) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for feed := range b.feeds {
		feed.push(value)
	}
}

func (b *broadcast[T]) end(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.over, b.err = true, err
	for feed := range b.feeds {
		feed.end(err)
	}
	b.feeds = nil
}

// subscribe hears everything from now on, until the loop over it or the context ends.
func (b *broadcast[T]) subscribe(ctx context.Context) iter.Seq2[T, error] {
	own := newFeed[T]()
	b.add(own)
	stop := context.AfterFunc(ctx, func() { b.remove(own) })
	return func(yield func(T, error) bool) {
		defer b.remove(own)
		defer stop()
		own.all(ctx)(yield)
	}
}

func (b *broadcast[T]) add(joining *feed[T]) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.over {
		joining.end(b.err)
		return
	}
	if b.feeds == nil {
		b.feeds = map[*feed[T]]struct{}{}
	}
	b.feeds[joining] = struct{}{}
}

func (b *broadcast[T]) remove(leaving *feed[T]) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.feeds, leaving)
}
