package examples;

import dev.hotplex.client.AepClient;
import dev.hotplex.client.SessionsApi;
import dev.hotplex.client.TurnResult;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Several agents work at the same time, without a thread of this program for each. */
public final class SeveralAgents {
  public static void main(String[] args) {
    var url = System.getenv("HOTPLEX_URL");
    var key = System.getenv("HOTPLEX_KEY");
    var here = SessionsApi.builder(url).auth(key).build().agents().await().agents();
    here.forEach(agent -> System.out.println(agent.type() + (agent.available() ? "" : ": " + agent.reason())));

    var answers = Stream.of("flood 3", "flood 4", "flood 5").map(prompt -> ask(url, key, prompt)).toList();
    var words = answers.stream().mapToInt(answer -> answer.join().text().split(" ").length).sum();
    System.out.println("they said " + words + " words");
    if (words != 12) throw new IllegalStateException("words are missing");
  }

  private static CompletableFuture<TurnResult> ask(String url, String key, String prompt) {
    var client = AepClient.builder(url).workerType("demo").auth(key).build();
    return client.connect()
        .thenCompose(session -> client.prompt(prompt).done())
        .whenComplete((result, error) -> client.close());
  }
}
