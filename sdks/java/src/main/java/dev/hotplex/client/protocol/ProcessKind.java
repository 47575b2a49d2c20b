// Written by scripts/generate-sdks.ts from the event table. Changes are lost.
package dev.hotplex.client.protocol;

import com.fasterxml.jackson.annotation.JsonValue;

/** hot, per_turn, shared. */
public enum ProcessKind {
  HOT("hot"),
  PER_TURN("per_turn"),
  SHARED("shared");

  private final String wire;

  ProcessKind(String wire) {
    this.wire = wire;
  }

  /** The word on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}
