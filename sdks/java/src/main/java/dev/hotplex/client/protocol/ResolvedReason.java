// Written by scripts/generate-sdks.ts from the event table. Changes are lost.
package dev.hotplex.client.protocol;

import com.fasterxml.jackson.annotation.JsonValue;

/** answered, timeout, policy, interrupted. */
public enum ResolvedReason {
  ANSWERED("answered"),
  TIMEOUT("timeout"),
  POLICY("policy"),
  INTERRUPTED("interrupted");

  private final String wire;

  ResolvedReason(String wire) {
    this.wire = wire;
  }

  /** The word on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}
