package examples;

import dev.hotplex.client.AepClient;
import dev.hotplex.client.Backoff;
import dev.hotplex.client.ConnectionState.Reconnecting;
import dev.hotplex.client.Prompt;
import dev.hotplex.client.RateLimitedException;
import dev.hotplex.client.TurnResult;
import dev.hotplex.client.protocol.SessionConfig;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;

/** A job as a service would run it: it may be tried again, waits with a limit, and says what it waits for. */
public final class Production {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int TRIES = 3;

  public static void main(String[] args) throws Exception {
    var job = "job-" + System.currentTimeMillis();
    try (var client = AepClient.builder(System.getenv("HOTPLEX_URL"))
        .workerType("demo")
        // Asked anew for every connection: a short-lived token is never too old.
        .auth(() -> System.getenv("HOTPLEX_KEY"))
        // Your own key for the conversation: whoever runs the job again comes to the same session.
        .sessionId(job)
        .config(SessionConfig.EMPTY.withMetadata(Map.of("job", job)))
        .name("production-example")
        .reconnect(new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30), 20))
        .traceparent(Production::traceparent)
        .build()) {
      client.onConnection(state -> {
        if (state instanceof Reconnecting it) System.err.println("back in " + it.delay() + ": " + it.cause());
      });
      client.connect().await();
      // The same prompt with the same name runs once, however often a job is tried.
      var prompt = Prompt.of("flood 3").withInputId(job + ":summary");
      var result = run(client, prompt);
      System.out.println(result.text() + result.stats());
      if (!result.success() || !result.text().equals("0 1 2 ")) throw new IllegalStateException("the job failed");
    }
  }

  private static TurnResult run(AepClient client, Prompt prompt) throws InterruptedException, TimeoutException {
    for (int attempt = 1; ; attempt++) {
      var turn = client.prompt(prompt);
      try {
        return turn.result(LIMIT);
      } catch (TimeoutException slow) {
        turn.interrupt().await();
        throw slow;
      } catch (RateLimitedException busy) {
        if (attempt == TRIES) throw busy;
        Thread.sleep(busy.retryAfter().orElse(Duration.ofSeconds(attempt)).toMillis());
      }
    }
  }

  /** Yours comes from your tracer. */
  private static String traceparent() {
    var random = ThreadLocalRandom.current();
    return String.format("00-%016x%016x-%016x-01", random.nextLong(), random.nextLong(), random.nextLong());
  }
}
