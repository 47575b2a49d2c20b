package dev.hotplex.client;

import java.util.concurrent.Flow;

/** One subscriber's way through the events of a turn, at its own pace. Lives on the loop. */
final class TurnSubscription implements Flow.Subscription {
  private final Loop loop;
  private final TurnEvents events;
  private final Flow.Subscriber<? super Envelope> subscriber;
  private int next;
  private long demand;
  private volatile boolean cancelled;

  TurnSubscription(Loop loop, TurnEvents events, Flow.Subscriber<? super Envelope> subscriber) {
    this.loop = loop;
    this.events = events;
    this.subscriber = subscriber;
  }

  @Override
  public void request(long count) {
    loop.execute(() -> {
      if (count <= 0) {
        fail(new IllegalArgumentException("at least one event has to be requested, not " + count));
        return;
      }
      demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
      drain();
    });
  }

  @Override
  public void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled;
  }

  /** Hands out what is there and was asked for, and the end. */
  void drain() {
    while (demand > 0 && !cancelled) {
      var envelope = events.get(next);
      if (envelope == null) break;
      next++;
      demand--;
      tell(() -> subscriber.onNext(envelope));
    }
    if (cancelled || !events.isOverAt(next)) return;
    var failure = events.failure();
    if (failure != null) {
      fail(failure);
      return;
    }
    cancelled = true;
    tell(subscriber::onComplete);
  }

  private void fail(Throwable error) {
    if (cancelled) return;
    cancelled = true;
    tell(() -> subscriber.onError(error));
  }

  /** One that throws hears no more, and keeps nobody else from hearing. */
  void tell(Runnable what) {
    try {
      what.run();
    } catch (RuntimeException | Error error) {
      cancelled = true;
      Loop.LOGGER.log(System.Logger.Level.ERROR, "a subscriber of a turn failed", error);
    }
  }
}
