package dev.hotplex.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.hotplex.client.protocol.ServerEvent;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An error says what it is, what to do about it, and whether trying again helps. */
class AepExceptionTest {
  @Test
  void aKnownCodeHasItsRemedy() {
    var error = AepException.of("SESSION_NOT_FOUND", "no session x");
    assertInstanceOf(SessionNotFoundException.class, error);
    assertEquals("SESSION_NOT_FOUND: no session x", error.getMessage());
    assertTrue(error.remedy().isPresent());
    assertFalse(error.retryable());
  }

  @Test
  void whatTheGatewaySaysOfTryingAgainCounts() {
    assertFalse(AepException.of(new ServerEvent.Error("WORKER_CRASH", "m", null, null, false)).retryable());
    assertTrue(AepException.of(new ServerEvent.Error("WORKER_CRASH", "m", null, null, null)).retryable());
    assertTrue(AepException.of(new ServerEvent.Error("A_NEWER_CODE", "m", null, null, true)).retryable());
    assertEquals(Optional.empty(), AepException.of("A_NEWER_CODE", "m").remedy());
  }

  @Test
  void whoIsTooFastHearsHowLongToWait() {
    var details = Map.<String, JsonNode>of("retry_after_ms", IntNode.valueOf(1_500));
    var error = AepException.of(new ServerEvent.Error("RATE_LIMITED", "slower", "evt_1", details, null));
    var limited = assertInstanceOf(RateLimitedException.class, error);
    assertEquals(Optional.of(Duration.ofMillis(1_500)), limited.retryAfter());
    assertEquals(Optional.of("evt_1"), error.eventId());
  }
}
