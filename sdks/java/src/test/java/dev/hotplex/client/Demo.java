package dev.hotplex.client;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/** The gateway of HOTPLEX_URL, for which HOTPLEX_KEY is good, and its demo agent. */
final class Demo {
  static final String URL = System.getenv("HOTPLEX_URL");
  static final String KEY = System.getenv("HOTPLEX_KEY");
  static final Backoff SOON = new Backoff(Duration.ofMillis(1), Duration.ofMillis(20), 0);

  private Demo() {}

  static AepClientBuilder demo() {
    return AepClient.builder(URL).workerType("demo").auth(KEY).reconnect(SOON);
  }

  /** The numbers that a log without a gap has. */
  static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }
}
