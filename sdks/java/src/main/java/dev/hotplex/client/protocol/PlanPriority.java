// Written by scripts/generate-sdks.ts from the event table. Changes are lost.
package dev.hotplex.client.protocol;

import com.fasterxml.jackson.annotation.JsonValue;

/** high, medium, low. */
public enum PlanPriority {
  HIGH("high"),
  MEDIUM("medium"),
  LOW("low");

  private final String wire;

  PlanPriority(String wire) {
    this.wire = wire;
  }

  /** The word on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}
