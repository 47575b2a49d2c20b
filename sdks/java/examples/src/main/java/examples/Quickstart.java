package examples;

import dev.hotplex.client.AepClient;
import java.time.Duration;

/** One prompt, one answer. Needs HOTPLEX_URL and HOTPLEX_KEY. */
public final class Quickstart {
  public static void main(String[] args) throws Exception {
    try (var client = AepClient.builder(System.getenv("HOTPLEX_URL"))
        .workerType("demo")
        .auth(System.getenv("HOTPLEX_KEY"))
        .open()) {
      var result = client.prompt("flood 3").result(Duration.ofSeconds(30));
      System.out.println(result.text());
      if (!result.text().equals("0 1 2 ")) throw new IllegalStateException("the answer is another one");
    }
  }
}
