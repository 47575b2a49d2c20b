// Written by scripts/generate-sdks.ts from the event table. Changes are lost.
package dev.hotplex.client.protocol;

import com.fasterxml.jackson.annotation.JsonValue;

/** retry, rate_limit, compaction, info, model, permission_mode, background. */
public enum NoticeKind {
  RETRY("retry"),
  RATE_LIMIT("rate_limit"),
  COMPACTION("compaction"),
  INFO("info"),
  MODEL("model"),
  PERMISSION_MODE("permission_mode"),
  BACKGROUND("background");

  private final String wire;

  NoticeKind(String wire) {
    this.wire = wire;
  }

  /** The word on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}
