// Written by scripts/generate-sdks.ts from the event table. Changes are lost.
package dev.hotplex.client.protocol;

import com.fasterxml.jackson.annotation.JsonValue;

/** queued, delivered, done, failed, cancelled, indeterminate. */
public enum PromptStatus {
  QUEUED("queued"),
  DELIVERED("delivered"),
  DONE("done"),
  FAILED("failed"),
  CANCELLED("cancelled"),
  INDETERMINATE("indeterminate");

  private final String wire;

  PromptStatus(String wire) {
    this.wire = wire;
  }

  /** The word on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}
