package dev.hotplex.client;

import static dev.hotplex.client.Demo.demo;
import static dev.hotplex.client.Demo.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotplex.client.protocol.ElicitationAction;
import dev.hotplex.client.protocol.ServerEvent;
import dev.hotplex.client.protocol.SessionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Prompts and requests against a real gateway. */
@Timeout(60)
class PromptsGatewayTest {
  private static String code(AepException error) {
    return error.code();
  }

  @Test
  void aTurnHasItsEventsInOrderAndItsEnd() {
    try (var client = demo().open()) {
      var seen = new ArrayList<Long>();
      client.onEvent(envelope -> seen.add(envelope.seq()));
      var turn = client.prompt("flood 200");
      var kinds = turn.stream().map(envelope -> envelope.event().type()).toList();
      var result = turn.result();
      assertTrue(result.success());
      assertEquals("end_turn", result.stopReason().orElseThrow());
      assertTrue(result.text().endsWith(" 5j\n"), result.text());
      assertEquals(1, kinds.stream().filter("done"::equals).count());
      assertEquals("done", kinds.get(kinds.size() - 1));
      assertTrue(turn.id().isPresent());
      client.close();
      assertEquals(upTo(client.lastSeq()), seen);
    }
  }

  @Test
  void requestsOfTheAgentAreAnswered() {
    try (var client = demo().open()) {
      for (var envelope : client.prompt("question")) {
        if (envelope.event() instanceof ServerEvent.QuestionRequest asked) {
          var answers = new HashMap<String, String>();
          asked.questions().forEach(it -> answers.put(it.question(), it.options().get(0).label()));
          client.answerQuestion(asked.id(), answers).await();
        }
      }
      for (var envelope : client.prompt("form")) {
        if (envelope.event() instanceof ServerEvent.ElicitationRequest asked) {
          client.respondToElicitation(asked.id(), ElicitationAction.DECLINE, null).await();
        }
      }
      var turn = client.prompt("permission");
      for (var envelope : turn) {
        if (envelope.event() instanceof ServerEvent.PermissionRequest asked) {
          client.respondToPermission(asked.id(), PermissionAnswer.allow()).await();
          var late = client.respondToPermission(asked.id(), PermissionAnswer.deny());
          assertEquals("ALREADY_RESOLVED", code(assertThrows(AepException.class, late::await)));
        }
      }
      assertTrue(turn.result().text().contains("You allowed it"), turn.result().text());
    }
  }

  @Test
  void anInterruptEndsTheTurnAndAWaitThatIsGivenUpDoesNot() {
    try (var client = demo().open()) {
      var turn = client.prompt("permission");
      assertThrows(TimeoutException.class, () -> turn.result(Duration.ofMillis(10)));
      turn.accepted().await();
      for (var envelope : turn) {
        if (envelope.event() instanceof ServerEvent.PermissionRequest) turn.interrupt().await();
      }
      assertEquals("interrupted", turn.result().stopReason().orElseThrow());
    }
  }

  @Test
  void promptsThatWaitAreChangedAndTakenBack() {
    try (var client = demo().open()) {
      var first = client.prompt("permission");
      first.accepted().await();
      var edited = client.prompt(Prompt.of("flood 9").withInputId("edited"));
      var cancelled = client.prompt(Prompt.of("flood 9").withInputId("cancelled"));
      cancelled.accepted().await();
      client.editInput("edited", "flood 3").await();
      client.cancelInput("cancelled").await();
      for (var envelope : first) {
        if (envelope.event() instanceof ServerEvent.PermissionRequest asked) {
          client.respondToPermission(asked.id(), PermissionAnswer.deny().withReason("no")).await();
        }
      }
      assertEquals("0 1 2 ", edited.result().text());
      assertEquals("SESSION_TERMINATED", code(assertThrows(AepException.class, cancelled::result)));
    }
  }

  @Test
  void aProgramThatWasGoneReadsWhatItMissed() throws Exception {
    String session;
    long seen;
    try (var first = demo().open()) {
      session = first.session().orElseThrow().sessionId();
      // However late this thread comes, the turn has not ended at the place where its prompt is.
      var prompted = new CompletableFuture<Long>();
      first.onEvent(envelope -> {
        if (envelope.event() instanceof ServerEvent.Input) prompted.complete(envelope.seq());
      });
      first.prompt("flood 200");
      seen = prompted.get(30, TimeUnit.SECONDS);
    }
    var text = new StringBuilder();
    var ended = new CompletableFuture<Boolean>();
    try (var second = demo().sessionId(session).lastSeq(seen).build()) {
      second.onEvent(envelope -> {
        assertTrue(envelope.seq() > seen);
        if (envelope.event() instanceof ServerEvent.MessageDelta it) text.append(it.content());
        if (envelope.event() instanceof ServerEvent.Done it) ended.complete(it.success());
      });
      second.connect().await();
      assertTrue(ended.get(30, TimeUnit.SECONDS));
    }
    assertTrue(text.toString().endsWith(" 5j\n"), text.toString());
  }

  @Test
  void errorsSayWhatToDo() {
    var client = demo().workerType("nobody").noReconnect().build();
    var refused = assertThrows(AepException.class, client.connect()::await);
    assertEquals("CONFIG_INVALID", refused.code());
    assertTrue(refused.getMessage().contains("demo"), refused.getMessage());
    assertTrue(refused.remedy().isPresent() && !refused.retryable());
    assertInstanceOf(ConnectionState.Closed.class, client.connection());
    assertEquals("CONFIG_INVALID", code(assertThrows(AepException.class, client.prompt("late")::result)));
    client.close();

    assertThrows(AccessException.class, demo().auth("wrong-key-0123456789abcdef0123456789abcdef")::open);
    var nobody = AepClient.builder("http://127.0.0.1:1").workerType("demo")
        .reconnect(new Backoff(Duration.ofMillis(1), Duration.ofMillis(2), 2));
    assertTrue(assertThrows(ConnectionLostException.class, nobody::open).retryable());

    var closed = demo().open();
    closed.close();
    assertThrows(ClientClosedException.class, closed.interrupt()::await);
    assertThrows(ClientClosedException.class, closed.connect()::await);
  }

  @Test
  void whatTheGatewayDoesNotTakeIsNotSent() {
    try (var client = demo().open()) {
      long limit = client.session().orElseThrow().serverCaps().maxFrameSize();
      var tooLong = client.prompt("x".repeat((int) limit));
      assertEquals("INVALID_MESSAGE", code(assertThrows(AepException.class, tooLong::result)));
      assertEquals("0 1 2 ", client.prompt("flood 3").result().text());
    }
  }

  @Test
  void theSamePromptRunsOnce() {
    try (var client = demo().open()) {
      var idle = new CompletableFuture<Boolean>();
      client.onEvent(envelope -> {
        if (envelope.event() instanceof ServerEvent.State it && it.state() == SessionState.IDLE) idle.complete(true);
      });
      assertEquals("0 1 2 ", client.prompt(Prompt.of("flood 3").withInputId("same")).result().text());
      idle.join();
      Map.of("flood 3", "ALREADY_RESOLVED", "flood 4", "INPUT_CONFLICT").forEach((content, expected) -> {
        var turn = client.prompt(Prompt.of(content).withInputId("same"));
        assertEquals(expected, code(assertThrows(AepException.class, turn::result)));
      });
    }
  }
}
