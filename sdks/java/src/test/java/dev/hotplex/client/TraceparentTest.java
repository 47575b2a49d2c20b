package dev.hotplex.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A trace goes on in the gateway: on the socket's handshake, and on requests. */
class TraceparentTest {
  private static final String VALUE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  /** The header of the first request to a server that refuses it. */
  private static Optional<String> header(Supplier<String> trace, boolean onSocket) throws IOException {
    var seen = new CompletableFuture<Optional<String>>();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      seen.complete(Optional.ofNullable(exchange.getRequestHeaders().getFirst("traceparent")));
      exchange.sendResponseHeaders(503, -1);
      exchange.close();
    });
    server.start();
    try {
      var url = "http://127.0.0.1:" + server.getAddress().getPort();
      if (onSocket) {
        try (var client = AepClient.builder(url).workerType("demo").traceparent(trace).build()) {
          client.connect();
          return seen.join();
        }
      }
      SessionsApi.builder(url).traceparent(trace).build().agents();
      return seen.join();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void itIsSent() throws IOException {
    assertEquals(Optional.of(VALUE), header(() -> VALUE, true));
    assertEquals(Optional.of(VALUE), header(() -> VALUE, false));
  }

  @Test
  void tracingNeverBreaksAConversation() throws IOException {
    assertEquals(Optional.empty(), header(() -> "00-\r\nx-api-key: stolen", true));
    assertEquals(Optional.empty(), header(() -> {
      throw new IllegalStateException("no tracer");
    }, false));
  }
}
