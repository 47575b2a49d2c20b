// Written by scripts/generate-sdks.ts from the event table. Changes are lost.
package dev.hotplex.client.protocol;

import com.fasterxml.jackson.annotation.JsonValue;

/** cost, tokens, time. */
public enum QuestionRequestBudgetMeasure {
  COST("cost"),
  TOKENS("tokens"),
  TIME("time");

  private final String wire;

  QuestionRequestBudgetMeasure(String wire) {
    this.wire = wire;
  }

  /** The word on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}
