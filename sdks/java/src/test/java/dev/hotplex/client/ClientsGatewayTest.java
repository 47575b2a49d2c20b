package dev.hotplex.client;

import static dev.hotplex.client.Demo.demo;
import static dev.hotplex.client.Demo.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a program and its clients do to each other, against a real gateway. */
@Timeout(60)
class ClientsGatewayTest {
  @Test
  void manyLostLinksLoseNothingAndDoubleNothing() throws IOException {
    var seqs = new ArrayList<Long>();
    var losses = new ArrayList<ConnectionState>();
    try (var proxy = new CuttingProxy(Demo.URL);
        var client = AepClient.builder(proxy.url()).workerType("demo").auth(Demo.KEY).reconnect(Demo.SOON).build()) {
      client.onEvent(envelope -> seqs.add(envelope.seq()));
      client.onConnection(state -> {
        if (state instanceof ConnectionState.Reconnecting) losses.add(state);
      });
      client.connect();
      var turns = Stream.of(50, 60, 70)
          .map(size -> client.prompt(Prompt.of("flood " + size).withInputId("in-" + size)))
          .toList();
      var words = turns.stream().map(turn -> turn.result().text().trim().split("\\s+").length).toList();
      assertEquals(List.of(50, 60, 70), words);
      client.close();
      assertEquals(upTo(client.lastSeq()), seqs);
      assertTrue(losses.size() >= 2, "losses: " + losses);
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
}
