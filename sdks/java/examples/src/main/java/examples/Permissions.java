package examples;

import dev.hotplex.client.AepClient;
import dev.hotplex.client.PermissionAnswer;
import dev.hotplex.client.protocol.ServerEvent.PermissionRequest;
import dev.hotplex.client.protocol.ServerEvent.ToolResult;

/** The agent asks before it uses a tool, and this program decides. */
public final class Permissions {
  public static void main(String[] args) {
    try (var client = AepClient.builder(System.getenv("HOTPLEX_URL"))
        .workerType("demo")
        .auth(System.getenv("HOTPLEX_KEY"))
        .open()) {
      var denied = false;
      var turn = client.prompt("permission");
      for (var envelope : turn) {
        if (envelope.event() instanceof PermissionRequest asked) {
          System.out.println("it wants to use " + asked.toolName() + ": " + asked.description());
          client.respondToPermission(asked.id(), PermissionAnswer.deny().withReason("not today")).await();
        } else if (envelope.event() instanceof ToolResult result) {
          denied = Boolean.TRUE.equals(result.denied());
        }
      }
      var text = turn.result().text();
      System.out.println(text);
      if (!denied || !text.contains("not today")) throw new IllegalStateException("the tool ran without a permission");
    }
  }
}
