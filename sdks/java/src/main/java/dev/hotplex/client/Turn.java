package dev.hotplex.client;

import dev.hotplex.client.protocol.ServerEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * One prompt's way through the agent: its events in order, and how it ended. The events can be read with {@code for}
 * or as a stream, and by subscribers, each of which gets all of them at its own pace.
 */
public final class Turn implements Iterable<Envelope>, Flow.Publisher<Envelope> {
  private final Loop loop;
  private final @Nullable String inputId;
  private final Supplier<Reply<@Nullable Void>> interrupt;
  private final Reply<@Nullable Void> accepted;
  private final Reply<TurnResult> done;
  private final TurnEvents events = new TurnEvents();
  private final List<TurnSubscription> subscriptions = new ArrayList<>();
  private final TurnText text = new TurnText();
  private @Nullable AepException failure;
  private volatile @Nullable String id;

  Turn(Loop loop, @Nullable String inputId, @Nullable String id, Supplier<Reply<@Nullable Void>> interrupt) {
    this.loop = loop;
    this.inputId = inputId;
    this.id = id;
    this.interrupt = interrupt;
    accepted = new Reply<>(loop);
    done = new Reply<>(loop);
  }

  /** The name of the prompt; empty for a turn that somebody else started. */
  public Optional<String> inputId() {
    return Optional.ofNullable(inputId);
  }

  /** Known once the agent has begun. */
  public Optional<String> id() {
    return Optional.ofNullable(id);
  }

  /** Completes when the gateway has stored the prompt. */
  public Reply<@Nullable Void> accepted() {
    return accepted.copy();
  }

  /**
   * Completes when the turn has ended. Fails with AepException when it never ran, or when nobody can say what became of
   * it; a turn that failed is a result.
   */
  public Reply<TurnResult> done() {
    return done.copy();
  }

  /** Waits for the end; see {@link #done} for what is thrown. */
  public TurnResult result() {
    return done.await();
  }

  /** Waits for the end, so long at most. Throws TimeoutException; the turn goes on then. */
  public TurnResult result(Duration limit) throws TimeoutException {
    return done.await(limit);
  }

  /** Asks the agent to end the turn; its {@code done} follows. */
  public Reply<@Nullable Void> interrupt() {
    return interrupt.get();
  }

  /**
   * The events in order; waits for those to come. Throws what {@link #done} fails with. Each is read once: another loop
   * goes on where this one stopped.
   */
  @Override
  public Iterator<Envelope> iterator() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return events.hasNext(loop);
      }

      @Override
      public Envelope next() {
        return events.next(loop);
      }
    };
  }

  /** The events in order, as {@link #iterator} gives them. */
  public Stream<Envelope> stream() {
    return StreamSupport.stream(spliterator(), false);
  }

  /** Hands out all events, from the first one, on the client's thread, as many as were requested. */
  @Override
  public void subscribe(Flow.Subscriber<? super Envelope> subscriber) {
    Objects.requireNonNull(subscriber, "a subscriber is needed");
    loop.execute(() -> {
      var subscription = new TurnSubscription(loop, events, subscriber);
      subscriptions.add(subscription);
      subscription.tell(() -> subscriber.onSubscribe(subscription));
      subscription.drain();
    });
  }

  void accept() {
    accepted.complete(null);
  }

  void begin(String turnId) {
    id = turnId;
    accept();
  }

  void take(Envelope envelope) {
    if (events.isOver()) return;
    events.add(envelope);
    text.note(envelope.event());
    if (envelope.event() instanceof ServerEvent.Error error) failure = AepException.of(error);
    if (envelope.event() instanceof ServerEvent.Done it) {
      events.end(null);
      done.complete(new TurnResult(it.success(), it.stats(), text.toString(), failure));
    }
    drain();
  }

  /** The prompt will never run, or nobody can say what became of it. */
  void fail(AepException error) {
    if (events.isOver()) return;
    events.end(error);
    accepted.completeExceptionally(error);
    done.completeExceptionally(error);
    drain();
  }

  private void drain() {
    List.copyOf(subscriptions).forEach(TurnSubscription::drain);
    subscriptions.removeIf(TurnSubscription::isCancelled);
  }
}
