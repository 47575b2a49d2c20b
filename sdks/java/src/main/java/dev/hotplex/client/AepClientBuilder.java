package dev.hotplex.client;

import dev.hotplex.client.protocol.Role;
import dev.hotplex.client.protocol.SessionConfig;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes a client: {@link #open} connects it, too. */
public final class AepClientBuilder extends AccessBuilder<AepClientBuilder> {
  private final String url;
  private @Nullable String workerType;
  private @Nullable String sessionId;
  private @Nullable SessionConfig config;
  private @Nullable Long lastSeq;
  private @Nullable String epoch;
  private @Nullable Role role;
  private boolean presence;
  private @Nullable String name;
  private @Nullable Backoff reconnect = Backoff.DEFAULT;
  private Duration quiet = Duration.ofSeconds(25);

  AepClientBuilder(String url) {
    this.url = url;
  }

  @Override
  AepClientBuilder self() {
    return this;
  }

  /** The agent: {@code demo}, {@code claude_code} and the like; {@link SessionsApi#agents} says which there are. */
  public AepClientBuilder workerType(String workerType) {
    this.workerType = workerType;
    return this;
  }

  /** An existing session's id, or your own key for the conversation; without it a new one is opened. */
  public AepClientBuilder sessionId(String sessionId) {
    this.sessionId = sessionId;
    return this;
  }

  /** What a new session is made with. */
  public AepClientBuilder config(SessionConfig config) {
    this.config = config;
    return this;
  }

  /** Replay what came after this number; without it there is only what comes from now on. */
  public AepClientBuilder lastSeq(long lastSeq) {
    this.lastSeq = lastSeq;
    return this;
  }

  /** The epoch that {@link #lastSeq} is of, if it is known. */
  public AepClientBuilder epoch(String epoch) {
    this.epoch = epoch;
    return this;
  }

  /** A viewer hears and may not send. */
  public AepClientBuilder role(Role role) {
    this.role = role;
    return this;
  }

  /** What the gateway's log calls this program. */
  public AepClientBuilder name(String name) {
    this.name = name;
    return this;
  }

  /** Whether to hear, as a notice {@code Presence}, who else is connected. */
  public AepClientBuilder presence(boolean presence) {
    this.presence = presence;
    return this;
  }

  /** Delays before coming back. */
  public AepClientBuilder reconnect(Backoff backoff) {
    reconnect = backoff;
    return this;
  }

  /** Never comes back: a lost link closes the client. */
  public AepClientBuilder noReconnect() {
    reconnect = null;
    return this;
  }

  /** The silence after which the link is tested, and then given up. Default 25 seconds. */
  public AepClientBuilder quiet(Duration quiet) {
    this.quiet = quiet;
    return this;
  }

  /** A client that has not connected yet: see {@link AepClient#connect}. */
  public AepClient build() {
    var worker = Objects.requireNonNull(workerType, "workerType is missing: say which agent you want, such as demo");
    return new AepClient(new ClientOptions(
        Addresses.socket(url), worker, sessionId, config, lastSeq, epoch, role, name, presence, reconnect, quiet,
        credential, trace, http()));
  }

  /** Connects and waits for that. Throws AepException when the gateway refuses. */
  public AepClient open() {
    var client = build();
    try {
      client.connect().await();
      return client;
    } catch (RuntimeException error) {
      client.close();
      throw error;
    }
  }
}
