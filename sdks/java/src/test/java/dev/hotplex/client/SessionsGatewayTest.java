package dev.hotplex.client;

import static dev.hotplex.client.Demo.demo;
import static dev.hotplex.client.Demo.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotplex.client.protocol.SessionConfig;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions by HTTP, of a real gateway. */
@Timeout(60)
class SessionsGatewayTest {
  @Test
  void sessionsByHttp() {
    var api = SessionsApi.builder(Demo.URL).auth(() -> Demo.KEY).build();
    var agents = api.agents().await().agents();
    assertTrue(agents.stream().anyMatch(agent -> agent.type().equals("demo") && agent.available()));
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
    var turn = api.allEvents(made.id(), 0).map(Envelope::turnId).filter(Objects::nonNull).findFirst().orElseThrow();
    assertEquals(0, api.forkBefore(made.id(), turn, null).await().totals().turnCount());
    assertEquals(1, api.forkAfter(made.id(), turn, null).await().totals().turnCount());
    api.remove(made.id()).await();
    assertThrows(SessionNotFoundException.class, api.get(made.id())::await);
    assertThrows(AccessException.class, SessionsApi.builder(Demo.URL).build().list()::await);
    var lost = SessionsApi.builder("http://127.0.0.1:1").build().list();
    assertTrue(assertThrows(ConnectionLostException.class, lost::await).retryable());
  }
}
