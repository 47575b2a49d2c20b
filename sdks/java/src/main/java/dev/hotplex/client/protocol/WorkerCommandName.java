// Written by scripts/generate-sdks.ts from the event table. Changes are lost.
package dev.hotplex.client.protocol;

import com.fasterxml.jackson.annotation.JsonValue;

/** context_usage, mcp_status, set_model, set_permission, skills, compact, clear, model, effort, rewind, commit. */
public enum WorkerCommandName {
  CONTEXT_USAGE("context_usage"),
  MCP_STATUS("mcp_status"),
  SET_MODEL("set_model"),
  SET_PERMISSION("set_permission"),
  SKILLS("skills"),
  COMPACT("compact"),
  CLEAR("clear"),
  MODEL("model"),
  EFFORT("effort"),
  REWIND("rewind"),
  COMMIT("commit");

  private final String wire;

  WorkerCommandName(String wire) {
    this.wire = wire;
  }

  /** The word on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}
