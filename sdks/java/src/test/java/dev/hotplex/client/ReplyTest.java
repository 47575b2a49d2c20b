package dev.hotplex.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Waiting has an end, says what went wrong, and changes nothing. */
class ReplyTest {
  private final Loop loop = new Loop();

  @Test
  void whoGivesUpStopsNothing() {
    var reply = new Reply<String>(loop);
    assertThrows(TimeoutException.class, () -> reply.copy().await(Duration.ofMillis(1)));
    assertTrue(reply.copy().cancel(true));
    assertFalse(reply.isDone());
    reply.complete("late");
    assertEquals("late", reply.copy().await());
  }

  @Test
  void errorsAreNotWrapped() {
    var failed = Reply.<String>failed(loop, AepException.of("RATE_LIMITED", "slower"));
    assertThrows(RateLimitedException.class, failed::await);
    assertThrows(RateLimitedException.class, failed.copy()::await);
  }

  @Test
  void anInterruptedThreadIsLeftInterrupted() {
    Thread.currentThread().interrupt();
    assertThrows(CancellationException.class, () -> new Reply<String>(loop).await());
    assertTrue(Thread.interrupted());
  }

  @Test
  void theClientsOwnThreadDoesNotWaitForItself() {
    var never = new Reply<String>(loop);
    assertThrows(IllegalStateException.class, () -> loop.call(never::await));
  }
}
