package dev.hotplex.client;

import org.jspecify.annotations.Nullable;

/** There is no such session, or none that this credential may see. */
public final class SessionNotFoundException extends AepException {
  private static final long serialVersionUID = 1;

  SessionNotFoundException(Facts facts, @Nullable Throwable cause) {
    super(facts, cause);
  }
}
