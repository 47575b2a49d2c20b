package dev.hotplex.client;

import org.jspecify.annotations.Nullable;

/** The credential is missing, wrong, at its end, or not enough for this session. */
public final class AccessException extends AepException {
  private static final long serialVersionUID = 1;

  AccessException(Facts facts, @Nullable Throwable cause) {
    super(facts, cause);
  }
}
