package dev.hotplex.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Delays grow, have jitter, and stay within their bounds. */
class BackoffTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 10, 100, 10_000})
  void bounds(int attempt) {
    for (double random : List.of(0.0, 0.5, 1.0)) {
      long delay = Backoff.DEFAULT.delay(attempt, () -> random).toMillis();
      assertTrue(125 <= delay && delay <= 10_000, "delay: " + delay);
    }
  }

  @Test
  void growth() {
    var delays = Stream.of(1, 2, 3, 7).map(attempt -> Backoff.DEFAULT.delay(attempt, () -> 1.0).toMillis()).toList();
    assertEquals(List.of(250L, 500L, 1_000L, 10_000L), delays);
  }

  @Test
  void attemptsAreCounted() {
    assertFalse(Backoff.DEFAULT.givesUpAt(1_000_000));
    var two = new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), 2);
    assertFalse(two.givesUpAt(2));
    assertTrue(two.givesUpAt(3));
    assertThrows(IllegalArgumentException.class, () -> new Backoff(Duration.ofMillis(2), Duration.ofMillis(1), 0));
  }
}
