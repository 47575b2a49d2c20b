package dev.hotplex.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotplex.client.protocol.ResolvedReason;
import dev.hotplex.client.protocol.ServerEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A request without an event that confirms it is done when a later ping was answered. */
class PendingAnswersTest {
  private final PendingAnswers answers = new PendingAnswers(new Loop());

  @Test
  void answersComeInOrder() {
    var one = answers.open("evt_1", "frame 1", null);
    answers.pinged("evt_p1");
    var two = answers.open("evt_2", "frame 2", null);
    answers.pinged("evt_p2");
    answers.ponged();
    assertTrue(one.isDone() && !two.isDone());
    answers.refuse("evt_2", AepException.of("NOT_SUPPORTED", "no"));
    answers.ponged();
    assertEquals("NOT_SUPPORTED", assertThrows(AepException.class, two::await).code());
  }

  @Test
  void aRefusedPingIsAnAnswer() {
    var one = answers.open("evt_1", "frame 1", null);
    answers.pinged("evt_p1");
    answers.refuse("evt_p1", AepException.of("RATE_LIMITED", "too many"));
    assertTrue(one.isDone() && !one.isCompletedExceptionally());
  }

  @Test
  void anEventConfirms() {
    var permission = answers.open("evt_1", "frame 1", "permission.resolved:ask-1");
    answers.confirm(new ServerEvent.QuestionResolved("ask-1", null, null, ResolvedReason.ANSWERED));
    answers.ponged();
    assertFalse(permission.isDone());
    answers.confirm(new ServerEvent.PermissionResolved("ask-1", true, null, ResolvedReason.ANSWERED, null, null));
    assertTrue(permission.isDone());
  }

  @Test
  void whatWaitsIsSentAgainOnANewConnection() {
    var one = answers.open("evt_1", "frame 1", null);
    answers.pinged("evt_p1");
    assertEquals(List.of(new PendingAnswers.Unsent("evt_1", "frame 1")), answers.unsent());
    answers.pinged("evt_p2");
    answers.ponged();
    assertTrue(one.isDone());
    assertEquals(List.of(), answers.unsent());
  }

  @Test
  void whoGoesAwayLeavesNothingOpen() {
    var one = answers.open("evt_1", "frame 1", null);
    answers.abandon(AepException.of("CLIENT_CLOSED", "the client is closed"));
    assertThrows(ClientClosedException.class, one::await);
  }
}
