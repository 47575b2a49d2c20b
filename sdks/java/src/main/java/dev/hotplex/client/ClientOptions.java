package dev.hotplex.client;

import dev.hotplex.client.protocol.Role;
import dev.hotplex.client.protocol.SessionConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** With what a client was made; what each means is said at {@link AepClientBuilder}. */
record ClientOptions(
    URI address,
    String workerType,
    @Nullable String sessionId,
    @Nullable SessionConfig config,
    @Nullable Long lastSeq,
    @Nullable String epoch,
    @Nullable Role role,
    @Nullable String name,
    boolean presence,
    @Nullable Backoff reconnect,
    Duration quiet,
    Credential credential,
    Traceparent trace,
    HttpClient http) {}
