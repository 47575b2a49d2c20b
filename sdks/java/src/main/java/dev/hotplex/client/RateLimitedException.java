package dev.hotplex.client;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Too much was asked for in too short a time, or the gateway is full. */
public final class RateLimitedException extends AepException {
  private static final long serialVersionUID = 1;

  RateLimitedException(Facts facts, @Nullable Throwable cause) {
    super(facts, cause);
  }

  /** How long to wait before trying again, if the gateway says so. */
  public Optional<Duration> retryAfter() {
    var asked = details().getOrDefault("retry_after_ms", MissingNode.getInstance());
    return asked.isNumber() ? Optional.of(Duration.ofMillis(asked.longValue())) : Optional.empty();
  }
}
