package dev.hotplex.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotplex.client.protocol.SessionConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What cannot be done is said: nobody waits for ever for a connection that cannot be made. */
@Timeout(60)
class ConnectionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static AepClientBuilder nobody() {
    return AepClient.builder("http://127.0.0.1:1").workerType("demo");
  }

  /** A value that has no JSON. */
  private static Map<String, Object> unspeakable() {
    var names = new HashMap<String, Object>();
    names.put(null, "a name that is none");
    return Map.of("x", names);
  }

  @Test
  void aConfigThatHasNoJsonEndsTheClient() {
    try (var client = nobody().config(SessionConfig.EMPTY.withMetadata(unspeakable())).build()) {
      var turn = client.prompt("hello");
      var lost = assertThrows(ConnectionLostException.class, () -> client.connect().await(PATIENCE));
      assertFalse(lost.retryable());
      assertInstanceOf(IllegalArgumentException.class, lost.getCause());
      assertThrows(ConnectionLostException.class, () -> turn.result(PATIENCE));
    }
  }

  @Test
  void aSourceOfCredentialsThatGivesNothingEndsTheClient() {
    try (var client = nobody().authAsync(() -> null).build()) {
      assertThrows(AccessException.class, () -> client.connect().await(PATIENCE));
    }
  }

  @Test
  void whatHasNoJsonIsRefusedBeforeItWaits() {
    var client = nobody().build();
    var prompt = Prompt.of("hello").withInputId("in-1");
    assertThrows(IllegalArgumentException.class, () -> client.prompt(prompt.withMetadata(unspeakable())));
    var turn = client.prompt(prompt);
    client.close();
    assertEquals("CLIENT_CLOSED", assertThrows(AepException.class, () -> turn.result(PATIENCE)).code());
  }
}
