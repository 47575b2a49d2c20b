package dev.hotplex.client;

import java.net.http.HttpClient;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * HTTP clients for WebSockets. A WebSocket of the JDK (seen in 17 and 25) forgets to tell that the link has ended when
 * the end arrives while a message waits for a thread: there is no demand then, and it throws where nobody hears it. So
 * messages are taken on the thread that read them, many at a time. What is lost all the same, a link that is quiet or
 * cannot be written to brings to light.
 */
final class SocketClients {
  private static final Map<HttpClient, HttpClient> CLIENTS = new WeakHashMap<>();

  private SocketClients() {}

  /** One for each client that a program has, with its proxies and certificates. */
  static synchronized HttpClient like(HttpClient given) {
    return CLIENTS.computeIfAbsent(given, SocketClients::make);
  }

  private static HttpClient make(HttpClient given) {
    var builder = HttpClient.newBuilder()
        .executor(Runnable::run)
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(given.sslContext())
        .sslParameters(given.sslParameters());
    given.proxy().ifPresent(builder::proxy);
    given.authenticator().ifPresent(builder::authenticator);
    given.cookieHandler().ifPresent(builder::cookieHandler);
    return builder.build();
  }
}
