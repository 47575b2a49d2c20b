package examples;

import dev.hotplex.client.AepClient;
import dev.hotplex.client.protocol.ServerEvent.MessageDelta;

/** Words as the agent writes them. */
public final class Streaming {
  public static void main(String[] args) {
    try (var client = AepClient.builder(System.getenv("HOTPLEX_URL"))
        .workerType("demo")
        .auth(System.getenv("HOTPLEX_KEY"))
        .open()) {
      var turn = client.prompt("flood 50");
      var streamed = new StringBuilder();
      for (var envelope : turn) {
        if (envelope.event() instanceof MessageDelta delta) {
          System.out.print(delta.content());
          streamed.append(delta.content());
        }
      }
      var result = turn.result();
      if (!result.success() || !result.text().contentEquals(streamed)) {
        throw new IllegalStateException("what was streamed is not the answer");
      }
    }
  }
}
