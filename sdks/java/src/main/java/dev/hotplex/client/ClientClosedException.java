package dev.hotplex.client;

import org.jspecify.annotations.Nullable;

/** The client was closed by the program. */
public final class ClientClosedException extends AepException {
  private static final long serialVersionUID = 1;

  ClientClosedException(Facts facts, @Nullable Throwable cause) {
    super(facts, cause);
  }
}
