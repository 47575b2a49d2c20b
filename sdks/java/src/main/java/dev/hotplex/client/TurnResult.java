package dev.hotplex.client;

import dev.hotplex.client.protocol.ServerEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a turn ended. {@code text} is the assistant's, without what was taken back and without sub-agents;
 * {@code failure} is why it was no success.
 */
public record TurnResult(
    boolean success, ServerEvent.@Nullable TurnStats stats, String text, @Nullable AepException failure) {
  /** Why the turn failed, if the agent or the gateway said so. */
  public Optional<AepException> error() {
    return Optional.ofNullable(failure);
  }

  /** Why the agent stopped, as it says it: {@code end_turn}, {@code interrupted} and the like. */
  public Optional<String> stopReason() {
    return Optional.ofNullable(stats).map(ServerEvent.TurnStats::stopReason);
  }
}
