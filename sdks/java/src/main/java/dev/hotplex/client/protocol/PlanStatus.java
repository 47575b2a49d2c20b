// Written by scripts/generate-sdks.ts from the event table. Changes are lost.
package dev.hotplex.client.protocol;

import com.fasterxml.jackson.annotation.JsonValue;

/** pending, in_progress, completed. */
public enum PlanStatus {
  PENDING("pending"),
  IN_PROGRESS("in_progress"),
  COMPLETED("completed");

  private final String wire;

  PlanStatus(String wire) {
    this.wire = wire;
  }

  /** The word on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}
