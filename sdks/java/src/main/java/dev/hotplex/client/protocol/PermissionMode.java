// Written by scripts/generate-sdks.ts from the event table. Changes are lost.
package dev.hotplex.client.protocol;

import com.fasterxml.jackson.annotation.JsonValue;

/** default, acceptEdits, plan, dontAsk, auto, bypassPermissions. */
public enum PermissionMode {
  DEFAULT("default"),
  ACCEPT_EDITS("acceptEdits"),
  PLAN("plan"),
  DONT_ASK("dontAsk"),
  AUTO("auto"),
  BYPASS_PERMISSIONS("bypassPermissions");

  private final String wire;

  PermissionMode(String wire) {
    this.wire = wire;
  }

  /** The word on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}
