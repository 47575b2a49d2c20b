package examples;

import dev.hotplex.client.AepClient;
import dev.hotplex.client.protocol.ServerEvent.Done;
import dev.hotplex.client.protocol.ServerEvent.MessageDelta;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program that was gone comes back to the same conversation and reads what it missed. */
public final class Resume {
  public static void main(String[] args) throws Exception {
    var url = System.getenv("HOTPLEX_URL");
    var key = System.getenv("HOTPLEX_KEY");
    String session;
    long seen;
    try (var first = AepClient.builder(url).workerType("demo").auth(key).open()) {
      session = first.session().orElseThrow().sessionId();
      first.prompt("flood 200").accepted().await();
      seen = first.lastSeq();
    }

    // What came meanwhile is replayed: everything after the number that was seen last.
    var text = new StringBuilder();
    var ended = new CompletableFuture<Boolean>();
    try (var second = AepClient.builder(url).workerType("demo").auth(key).sessionId(session).lastSeq(seen).build()) {
      second.onEvent(envelope -> {
        if (envelope.event() instanceof MessageDelta delta) text.append(delta.content());
        if (envelope.event() instanceof Done done) ended.complete(done.success());
      });
      second.connect().await();
      ended.get(30, TimeUnit.SECONDS);
    }
    System.out.println(text.length() + " characters were read after coming back");
    if (!text.toString().endsWith(" 5j\n")) throw new IllegalStateException("the end of the answer is missing");
  }
}
