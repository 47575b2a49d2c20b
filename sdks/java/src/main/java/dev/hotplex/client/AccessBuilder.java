package dev.hotplex.client;

import java.net.http.HttpClient;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How to get to a gateway: what {@link AepClient}, {@link SessionsApi} and {@link FilesApi} have in common. */
public abstract sealed class AccessBuilder<B extends AccessBuilder<B>>
    permits AepClientBuilder, SessionsApiBuilder, FilesApiBuilder {
  Credential credential = Credential.NONE;
  Traceparent trace = new Traceparent(() -> null);
  @Nullable HttpClient http;

  AccessBuilder() {}

  abstract B self();

  /** The token, key or ticket. */
  public B auth(String token) {
    credential = Credential.of(token);
    return self();
  }

  /**
   * Where the token, key or ticket comes from: asked anew for every connection, and when the gateway wants another one
   * on a live connection. It may block; when it throws, that is {@code UNAUTHORIZED}.
   */
  public B auth(Supplier<String> source) {
    credential = Credential.asked(source);
    return self();
  }

  /** The same for a source that does not block. */
  public B authAsync(Supplier<? extends CompletionStage<String>> source) {
    credential = new Credential(null, source);
    return self();
  }

  /** The trace to which each connection and each request belongs, as a {@code traceparent} of W3C Trace Context. */
  public B traceparent(Supplier<@Nullable String> source) {
    trace = new Traceparent(source);
    return self();
  }

  /** For proxies and certificates; without it all clients share one, whose threads are daemons. */
  public B httpClient(HttpClient http) {
    this.http = http;
    return self();
  }

  HttpClient http() {
    return http == null ? Shared.HTTP : http;
  }

  /** Made when it is needed first. A client of Java 17 cannot be closed, so there is one. */
  private static final class Shared {
    static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }
}
