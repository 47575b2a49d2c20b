package dev.hotplex.client;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a client's connection is; each state has only what exists in it. */
public sealed interface ConnectionState {
  /** The state's name: {@code idle}, {@code connecting}, {@code ready}, {@code reconnecting}, {@code closed}. */
  default String status() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** Nobody has asked for a connection yet. */
  record Idle() implements ConnectionState {}

  /** The first connection is being made. */
  record Connecting() implements ConnectionState {}

  /** The gateway has greeted. */
  record Ready() implements ConnectionState {}

  /** The next attempt, counted from 1, in how long it is made, and why. */
  record Reconnecting(int attempt, Duration delay, AepException cause) implements ConnectionState {}

  /** The end. */
  record Closed(@Nullable AepException error) implements ConnectionState {
    /** Why; empty when the program wanted it. */
    public Optional<AepException> cause() {
      return Optional.ofNullable(error);
    }
  }
}
