// Written by scripts/generate-sdks.ts from the event table. Changes are lost.
package dev.hotplex.client.protocol;

import com.fasterxml.jackson.annotation.JsonValue;

/** none, process, sandbox, container. */
public enum IsolationLevel {
  NONE("none"),
  PROCESS("process"),
  SANDBOX("sandbox"),
  CONTAINER("container");

  private final String wire;

  IsolationLevel(String wire) {
    this.wire = wire;
  }

  /** The word on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}
