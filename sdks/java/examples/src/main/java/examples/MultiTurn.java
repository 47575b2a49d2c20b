package examples;

import dev.hotplex.client.AepClient;

/** A conversation: the agent remembers what was said before. */
public final class MultiTurn {
  public static void main(String[] args) {
    try (var client = AepClient.builder(System.getenv("HOTPLEX_URL"))
        .workerType("demo")
        .auth(System.getenv("HOTPLEX_KEY"))
        .open()) {
      client.prompt("remember the blue door").result();
      var answer = client.prompt("recall").result();
      System.out.println(answer.text());
      if (!answer.text().contains("the blue door")) throw new IllegalStateException("the agent has forgotten");
    }
  }
}
