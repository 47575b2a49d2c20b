package dev.hotplex.client;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before coming back: the bounds of the delays, and after how many attempts to give up (0: never).
 */
public record Backoff(Duration minimum, Duration maximum, int attempts) {
  /** From a quarter of a second to ten seconds, without end. */
  public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(10), 0);

  public Backoff {
    if (minimum.isNegative() || maximum.compareTo(minimum) < 0 || attempts < 0) {
      throw new IllegalArgumentException("the delays go from minimum up to maximum, and attempts are counted from 0");
    }
  }

  boolean givesUpAt(int attempt) {
    return attempts > 0 && attempt > attempts;
  }

  /** The delay before an attempt (from 1): exponential with full jitter, never below half the minimum. */
  Duration delay(int attempt, DoubleSupplier random) {
    double half = minimum.toNanos() / 2.0;
    double ceiling = Math.min(maximum.toNanos(), minimum.toNanos() * Math.pow(2, Math.min(attempt - 1, 60)));
    return Duration.ofNanos((long) (half + random.getAsDouble() * (ceiling - half)));
  }
}
