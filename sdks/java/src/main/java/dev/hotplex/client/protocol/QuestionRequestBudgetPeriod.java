// Written by scripts/generate-sdks.ts from the event table. Changes are lost.
package dev.hotplex.client.protocol;

import com.fasterxml.jackson.annotation.JsonValue;

/** session, day. */
public enum QuestionRequestBudgetPeriod {
  SESSION("session"),
  DAY("day");

  private final String wire;

  QuestionRequestBudgetPeriod(String wire) {
    this.wire = wire;
  }

  /** The word on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}
