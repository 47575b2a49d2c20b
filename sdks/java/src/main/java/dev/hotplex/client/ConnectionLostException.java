package dev.hotplex.client;

import org.jspecify.annotations.Nullable;

/** The gateway could not be reached, or gave no answer that a gateway gives. */
public final class ConnectionLostException extends AepException {
  private static final long serialVersionUID = 1;

  ConnectionLostException(Facts facts, @Nullable Throwable cause) {
    super(facts, cause);
  }
}
