// Written by scripts/generate-sdks.ts from the event table. Changes are lost.
package dev.hotplex.client.protocol;

import com.fasterxml.jackson.annotation.JsonValue;

/** queue, steer, interrupt, reject. */
public enum Delivery {
  QUEUE("queue"),
  STEER("steer"),
  INTERRUPT("interrupt"),
  REJECT("reject");

  private final String wire;

  Delivery(String wire) {
    this.wire = wire;
  }

  /** The word on the wire. */
  @JsonValue
  public String wire() {
    return wire;
  }
}
