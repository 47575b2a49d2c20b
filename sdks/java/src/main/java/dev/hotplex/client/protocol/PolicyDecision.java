// Written by scripts/generate-sdks.ts from the event table. Changes are lost.
package dev.hotplex.client.protocol;

import com.fasterxml.jackson.annotation.JsonValue;

/** allow, ask, deny. */
public enum PolicyDecision {
  ALLOW("allow"),
  ASK("ask"),
  DENY("deny");

  private final String wire;

  PolicyDecision(String wire) {
    this.wire = wire;
  }

  /** The word on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}
