// Written by scripts/generate-sdks.ts from the event table. Changes are lost.
package dev.hotplex.client.protocol;

import com.fasterxml.jackson.annotation.JsonValue;

/** driver, viewer. */
public enum PresenceParticipantRole {
  DRIVER("driver"),
  VIEWER("viewer");

  private final String wire;

  PresenceParticipantRole(String wire) {
    this.wire = wire;
  }

  /** The word on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}
