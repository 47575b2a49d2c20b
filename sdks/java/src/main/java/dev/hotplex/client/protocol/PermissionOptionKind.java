// Written by scripts/generate-sdks.ts from the event table. Changes are lost.
package dev.hotplex.client.protocol;

import com.fasterxml.jackson.annotation.JsonValue;

/** allow_once, allow_always, reject_once, reject_always. */
public enum PermissionOptionKind {
  ALLOW_ONCE("allow_once"),
  ALLOW_ALWAYS("allow_always"),
  REJECT_ONCE("reject_once"),
  REJECT_ALWAYS("reject_always");

  private final String wire;

  PermissionOptionKind(String wire) {
    this.wire = wire;
  }

  /** The word on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}
