package dev.hotplex.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which agents there are, and where a session without a directory of its own works. */
public record AgentList(List<Agent> agents, String defaultWorkDir) {
  /**
   * An agent, and whether it can be used here; if not, {@code reason} says why and {@code install} how to get it.
   * {@code accepts} are the fields of a session's configuration that it knows.
   */
  public record Agent(
      String type,
      String title,
      boolean available,
      @Nullable String version,
      @Nullable String reason,
      @Nullable String install,
      List<String> accepts) {}
}
