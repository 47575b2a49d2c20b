package dev.hotplex.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotplex.client.protocol.ServerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** Whoever reads a turn gets its events in order, at its own pace, and its end. */
class TurnTest {
  private final Loop loop = new Loop();
  private final AepException notSupported = AepException.of("NOT_SUPPORTED", "no");
  private final Turn turn = new Turn(loop, "in-1", null, () -> Reply.failed(loop, notSupported));

  private static Envelope envelope(long seq, ServerEvent event) {
    return new Envelope("evt_" + seq, seq, "s", 0, "turn-1", event);
  }

  private void play() {
    loop.call(() -> {
      turn.begin("turn-1");
      turn.take(envelope(1, new ServerEvent.MessageStart("m", "assistant", "text", null, null)));
      turn.take(envelope(2, new ServerEvent.MessageDelta("m", "hel", null)));
      turn.take(envelope(3, new ServerEvent.MessageDelta("m", "lo", null)));
      turn.take(envelope(4, new ServerEvent.Done(true, null, null, null)));
      turn.take(envelope(5, new ServerEvent.MessageDelta("m", "!", null)));
      return true;
    });
  }

  @Test
  void eachEventIsReadOnceByLoops() {
    play();
    assertEquals(List.of(1L, 2L), turn.stream().limit(2).map(Envelope::seq).toList());
    assertEquals(List.of(3L, 4L), turn.stream().map(Envelope::seq).toList());
    assertEquals(List.of(), turn.stream().toList());
    assertEquals("hello", turn.result().text());
  }

  /** Asks for one event after the other. */
  private static class OneByOne implements Flow.Subscriber<Envelope> {
    final List<Long> seqs = new ArrayList<>();
    final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(1);
    }

    @Override
    public void onNext(Envelope envelope) {
      seqs.add(envelope.seq());
      subscription.request(1);
    }

    @Override
    public void onError(Throwable error) {
      end.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
      end.complete(true);
    }
  }

  @Test
  void everySubscriberGetsAllOfThem() {
    var early = new OneByOne();
    turn.subscribe(early);
    play();
    var late = new OneByOne();
    turn.subscribe(late);
    early.end.join();
    late.end.join();
    assertEquals(List.of(1L, 2L, 3L, 4L), early.seqs);
    assertEquals(early.seqs, late.seqs);
  }

  @Test
  void nothingComesThatWasNotAskedFor() {
    var seqs = new ArrayList<Long>();
    var subscribed = new CompletableFuture<Flow.Subscription>();
    var failed = new CompletableFuture<Throwable>();
    turn.subscribe(new Flow.Subscriber<>() {
      @Override
      public void onSubscribe(Flow.Subscription given) {
        subscribed.complete(given);
      }

      @Override
      public void onNext(Envelope envelope) {
        seqs.add(envelope.seq());
      }

      @Override
      public void onError(Throwable error) {
        failed.complete(error);
      }

      @Override
      public void onComplete() {
        failed.complete(null);
      }
    });
    play();
    subscribed.join().request(2);
    subscribed.join().request(-1);
    assertInstanceOf(IllegalArgumentException.class, failed.join());
    assertEquals(List.of(1L, 2L), seqs);
  }

  @Test
  void whatNeverRanFailsForEverybody() {
    var subscriber = new OneByOne();
    turn.subscribe(subscriber);
    loop.call(() -> {
      turn.fail(AepException.of("SESSION_BUSY", "one at a time"));
      return true;
    });
    assertEquals("SESSION_BUSY", assertThrows(AepException.class, turn::result).code());
    assertEquals("SESSION_BUSY", assertThrows(AepException.class, () -> turn.iterator().hasNext()).code());
    assertEquals("SESSION_BUSY", assertThrows(AepException.class, turn.accepted()::await).code());
    assertThrows(Exception.class, subscriber.end::join);
  }

  @Test
  void aSubscriberThatThrowsHarmsNobody() {
    var failing = new OneByOne() {
      @Override
      public void onError(Throwable error) {
        throw new AssertionError("a mistake of the program");
      }
    };
    turn.subscribe(failing);
    var other = new OneByOne();
    turn.subscribe(other);
    loop.call(() -> {
      turn.fail(AepException.of("SESSION_BUSY", "one at a time"));
      return true;
    });
    assertThrows(CompletionException.class, other.end::join);
    assertThrows(AepException.class, turn::result);
  }

  @Test
  void aListenerIsToldThatItWouldWaitForItself() {
    assertThrows(IllegalStateException.class, () -> loop.call(() -> turn.iterator().hasNext()));
  }
}
