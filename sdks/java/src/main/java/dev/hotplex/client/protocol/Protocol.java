// Written by scripts/generate-sdks.ts from the event table. Changes are lost.
package dev.hotplex.client.protocol;

import java.util.Set;

/** The stable numbers and names of the protocol. */
public final class Protocol {
  public static final String VERSION = "aep/v1";
  public static final String SUBPROTOCOL = "aep.v1";

  /** WebSocket close codes after which a client stays away; all others are a lost link. */
  public static final Set<Integer> FINAL_CLOSE_CODES = Set.of(1000, 4400, 4401, 4403, 4404);

  private Protocol() {}
}
