// Written by scripts/generate-sdks.ts from the event table. Changes are lost.
package dev.hotplex.client.protocol;

import com.fasterxml.jackson.annotation.JsonValue;

/** created, running, idle, terminated, deleted. */
public enum SessionState {
  CREATED("created"),
  RUNNING("running"),
  IDLE("idle"),
  TERMINATED("terminated"),
  DELETED("deleted");

  private final String wire;

  SessionState(String wire) {
    this.wire = wire;
  }

  /** The word on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}
