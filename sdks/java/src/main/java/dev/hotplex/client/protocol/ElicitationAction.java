// Written by scripts/generate-sdks.ts from the event table. Changes are lost.
package dev.hotplex.client.protocol;

import com.fasterxml.jackson.annotation.JsonValue;

/** accept, decline, cancel. */
public enum ElicitationAction {
  ACCEPT("accept"),
  DECLINE("decline"),
  CANCEL("cancel");

  private final String wire;

  ElicitationAction(String wire) {
    this.wire = wire;
  }

  /** The word on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}
