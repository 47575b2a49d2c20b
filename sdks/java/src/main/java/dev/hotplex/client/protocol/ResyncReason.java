// Written by scripts/generate-sdks.ts from the event table. Changes are lost.
package dev.hotplex.client.protocol;

import com.fasterxml.jackson.annotation.JsonValue;

/** epoch_changed, future_seq, trimmed. */
public enum ResyncReason {
  EPOCH_CHANGED("epoch_changed"),
  FUTURE_SEQ("future_seq"),
  TRIMMED("trimmed");

  private final String wire;

  ResyncReason(String wire) {
    this.wire = wire;
  }

  /** The word on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}
