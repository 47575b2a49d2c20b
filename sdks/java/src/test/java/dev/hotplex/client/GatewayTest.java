package dev.hotplex.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotplex.client.protocol.ElicitationAction;
import dev.hotplex.client.protocol.ServerEvent;
import dev.hotplex.client.protocol.SessionConfig;
import dev.hotplex.client.protocol.SessionState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a real gateway with its demo agent: HOTPLEX_URL and HOTPLEX_KEY. */
@Timeout(60)
class GatewayTest {
  private static final String URL = System.getenv("HOTPLEX_URL");
  private static final String KEY = System.getenv("HOTPLEX_KEY");
  private static final Backoff SOON = new Backoff(Duration.ofMillis(1), Duration.ofMillis(20), 0);

  private static AepClientBuilder demo() {
    return AepClient.builder(URL).workerType("demo").auth(KEY).reconnect(SOON);
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

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
  void manyLostLinksLoseNothingAndDoubleNothing() throws IOException {
    var seqs = new ArrayList<Long>();
    var losses = new ArrayList<ConnectionState>();
    try (var proxy = new CuttingProxy(URL);
        var client = AepClient.builder(proxy.url()).workerType("demo").auth(KEY).reconnect(SOON).build()) {
      client.onEvent(envelope -> seqs.add(envelope.seq()));
      client.onConnection(state -> {
        if (state instanceof ConnectionState.Reconnecting) losses.add(state);
      });
      client.connect();
      var turns = Stream.of(50, 60, 70).map(size -> client.prompt(Prompt.of("flood " + size).withInputId("in-" + size))).toList();
      var words = turns.stream().map(turn -> turn.result().text().trim().split("\\s+").length).toList();
      assertEquals(List.of(50, 60, 70), words);
      client.close();
      assertEquals(upTo(client.lastSeq()), seqs);
      assertTrue(losses.size() >= 2, "losses: " + losses);
    }
  }

  @Test
  void aProgramThatWasGoneReadsWhatItMissed() throws Exception {
    String session;
    long seen;
    try (var first = demo().open()) {
      session = first.session().orElseThrow().sessionId();
      first.prompt("flood 200").accepted().await();
      seen = first.lastSeq();
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

  @Test
  void aListenerMayCloseTheClientAndMustNotWait() {
    var client = demo().open();
    var failure = new CompletableFuture<Throwable>();
    client.onEvent(envelope -> {
      if (!failure.isDone()) failure.complete(assertThrows(IllegalStateException.class, client.interrupt()::await));
      client.close();
    });
    var turn = client.prompt("permission");
    assertInstanceOf(IllegalStateException.class, failure.join());
    assertThrows(ClientClosedException.class, turn::result);
  }

  @Test
  void aListenerThatFailsKeepsNobodyFromHearing() {
    try (var client = demo().open()) {
      client.onEvent(envelope -> {
        if (envelope.seq() == 1) throw new IllegalStateException("a mistake of the program");
      });
      var heard = new ArrayList<Long>();
      var listening = client.onEvent(envelope -> heard.add(envelope.seq()));
      client.prompt("flood 3").result();
      assertEquals(1, heard.get(0));
      listening.close();
      int before = heard.size();
      client.prompt("flood 3").result();
      // The end of the first turn may come after its result.
      assertTrue(heard.size() <= before + 2, "heard: " + heard);
    }
  }

  private static Set<Thread> threads() {
    return new HashSet<>(Thread.getAllStackTraces().keySet());
  }

  @Test
  void noThreadIsLeftBehind() throws InterruptedException {
    demo().open().close();
    var before = threads();
    for (int round = 0; round < 8; round++) {
      try (var client = demo().open()) {
        client.prompt("flood 3").result();
      }
      assertThrows(AepException.class, demo().workerType("nobody")::open);
      var nobody = AepClient.builder("http://127.0.0.1:1").workerType("demo").noReconnect();
      assertThrows(ConnectionLostException.class, nobody::open);
    }
    var left = threads();
    left.removeAll(before);
    for (var thread : left) {
      if (thread.getName().equals("hotplex-client")) thread.join(10_000);
    }
    left.removeIf(thread -> !thread.isAlive());
    assertTrue(left.stream().noneMatch(thread -> thread.getName().equals("hotplex-client")), "left: " + left);
    // Those of the shared HTTP client and the common pool come and go, however many clients there were.
    assertTrue(left.size() <= 6, "left: " + left);
  }

  @Test
  void sessionsByHttp() {
    var api = SessionsApi.builder(URL).auth(() -> KEY).build();
    assertTrue(api.agents().await().agents().stream().anyMatch(agent -> agent.type().equals("demo") && agent.available()));
    var word = "w" + UUID.randomUUID().toString().replace("-", "");
    var made = api.create("demo", "mine", null, SessionConfig.EMPTY.withMetadata(Map.of("a", 1))).await();
    assertEquals(Map.of("a", 1), made.config().metadata());
    try (var client = demo().sessionId(made.id()).open()) {
      client.prompt("remember " + word).result();
    }
    var page = api.events(made.id(), null, null, 3).await();
    assertEquals(upTo(3), page.events().stream().map(Envelope::seq).toList());
    assertEquals(upTo(page.lastSeq()), api.allEvents(made.id(), 0).map(Envelope::seq).toList());
    assertEquals("yours", api.rename(made.id(), "yours").await().title());
    assertTrue(api.list(100, null).await().sessions().stream().anyMatch(session -> session.id().equals(made.id())));
    var hits = api.search(word, null, null).await().hits();
    assertEquals(List.of(made.id()), hits.stream().map(SearchPage.Hit::sessionId).distinct().toList());
    assertNotEquals(made.id(), api.fork(made.id(), "branch", null).await().id());
    api.remove(made.id()).await();
    assertThrows(SessionNotFoundException.class, api.get(made.id())::await);
    assertThrows(AccessException.class, SessionsApi.builder(URL).build().list()::await);
    var lost = SessionsApi.builder("http://127.0.0.1:1").build().list();
    assertTrue(assertThrows(ConnectionLostException.class, lost::await).retryable());
  }
}
