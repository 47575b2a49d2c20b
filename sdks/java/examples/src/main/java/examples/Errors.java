package examples;

import dev.hotplex.client.AepClient;
import dev.hotplex.client.AepException;
import dev.hotplex.client.ConnectionLostException;
import dev.hotplex.client.Prompt;
import java.util.ArrayList;
import java.util.List;

/** What can go wrong, and how a program tells one thing from another. */
public final class Errors {
  public static void main(String[] args) {
    var url = System.getenv("HOTPLEX_URL");
    var key = System.getenv("HOTPLEX_KEY");
    var codes = new ArrayList<String>();

    // The gateway refuses to open a session: an exception with a code, a remedy, and whether to try again.
    try (var client = AepClient.builder(url).workerType("nobody").auth(key).open()) {
      throw new IllegalStateException("there is no such agent, and yet " + client.session());
    } catch (AepException error) {
      System.out.println(error.getMessage() + "\n  " + error.remedy().orElse(""));
      codes.add(error.code());
    }

    // Nobody is there, and this program does not want to wait.
    try (var client = AepClient.builder("http://127.0.0.1:1").workerType("demo").noReconnect().open()) {
      throw new IllegalStateException("nobody is there, and yet " + client.session());
    } catch (ConnectionLostException error) {
      System.out.println("may be tried again: " + error.retryable());
      codes.add(error.code());
    }

    try (var client = AepClient.builder(url).workerType("demo").auth(key).open()) {
      // A turn that failed is a result: there is something to read, and it says why it ended.
      var crashed = client.prompt("crash").result();
      System.out.println("success: " + crashed.success() + ", because " + crashed.error().orElseThrow().getMessage());
      codes.add(crashed.error().orElseThrow().code());

      // A prompt that never ran has no result.
      client.prompt(Prompt.of("flood 3").withInputId("mine")).accepted().await();
      try {
        client.prompt(Prompt.of("flood 4").withInputId("mine")).result();
      } catch (AepException error) {
        codes.add(error.code());
      }
    }
    var expected = List.of("CONFIG_INVALID", "CONNECTION_LOST", "WORKER_CRASH", "INPUT_CONFLICT");
    if (!codes.equals(expected)) throw new IllegalStateException("these errors were not expected: " + codes);
  }
}
