// Written by scripts/generate-sdks.ts from the event table. Changes are lost.
package dev.hotplex.client.protocol;

import com.fasterxml.jackson.annotation.JsonValue;

/** read, edit, delete, move, search, execute, think, fetch, mcp, agent, other. */
public enum ToolKind {
  READ("read"),
  EDIT("edit"),
  DELETE("delete"),
  MOVE("move"),
  SEARCH("search"),
  EXECUTE("execute"),
  THINK("think"),
  FETCH("fetch"),
  MCP("mcp"),
  AGENT("agent"),
  OTHER("other");

  private final String wire;

  ToolKind(String wire) {
    this.wire = wire;
  }

  /** The word on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}
