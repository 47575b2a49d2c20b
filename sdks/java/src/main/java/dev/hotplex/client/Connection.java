package dev.hotplex.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.hotplex.client.protocol.Protocol;
import dev.hotplex.client.protocol.ServerEvent;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps a conversation connected, over as many links as it takes. Lives on the loop. */
final class Connection implements Link.Owner {
  private static final int TOKEN_ENDED = 4401;
  /** How long a question for a token keeps the next one waiting. */
  private static final Duration TOKEN_PATIENCE = Duration.ofSeconds(10);

  /** What is said over the connection. */
  interface Peer {
    /** The first frame of every link. */
    String greeting(@Nullable String token);

    void received(Frame frame) throws Link.Broken;

    void quiet();

    /** The connection is closed for good. */
    void closed(AepException error);
  }

  private final Loop loop;
  private final ClientOptions options;
  private final Peer peer;
  private final Listeners<ConnectionState> listeners = new Listeners<>();
  private final CompletableFuture<@Nullable Void> gone = new CompletableFuture<>();
  private volatile ConnectionState state = new ConnectionState.Idle();
  private @Nullable Reply<ServerEvent.InitAck> opening;
  private @Nullable Link link;
  private Subscription retryTimer = () -> {};
  private @Nullable Duration askedForDelay;
  private int attempt;
  private boolean wasReady;
  private boolean triedFreshToken;
  /** The last question for a token. */
  private CompletableFuture<@Nullable String> asked = CompletableFuture.completedFuture(null);

  Connection(Loop loop, ClientOptions options, Peer peer) {
    this.loop = loop;
    this.options = options;
    this.peer = peer;
  }

  ConnectionState state() {
    return state;
  }

  boolean isReady() {
    return state instanceof ConnectionState.Ready;
  }

  Listeners<ConnectionState> listeners() {
    return listeners;
  }

  /** Completes when the client is closed and its last link is gone. */
  CompletableFuture<@Nullable Void> gone() {
    return gone;
  }

  /** Why requests fail now, if the client is closed. */
  @Nullable AepException closedError() {
    if (!(state instanceof ConnectionState.Closed closed)) return null;
    return closed.cause().orElseGet(() -> AepException.of("CLIENT_CLOSED", "the client is closed"));
  }

  /** Completes with the greeting of the connection being made. */
  Reply<ServerEvent.InitAck> open() {
    if (opening == null) opening = new Reply<>(loop);
    var waiting = opening;
    if (state instanceof ConnectionState.Idle) {
      move(new ConnectionState.Connecting());
      dial(1);
    }
    return waiting;
  }

  void send(String frame) {
    if (link != null) link.send(frame);
  }

  /** The gateway has greeted: what is asked for from now on goes out at once. */
  void greeted(ServerEvent.InitAck ack) {
    triedFreshToken = false;
    wasReady = true;
    move(new ConnectionState.Ready());
    if (opening != null) opening.complete(ack);
    opening = null;
  }

  /** The gateway has refused to greet. */
  void refused(AepException error) throws Link.Broken {
    if (error.code().equals("UNAUTHORIZED") && wasReady && !triedFreshToken) triedFreshToken = true;
    else if (!error.retryable()) close(error);
    throw new Link.Broken(error.code());
  }

  /** The gateway goes away and says after how long to come back. */
  void comeBackAfter(Duration delay) {
    askedForDelay = delay;
  }

  /** Asks for a fresh token and tells it to {@code tell}, if this link is still there then. */
  void refreshToken(Consumer<String> tell) {
    var asking = link;
    if (!options.credential().canBeAsked()) return;
    askForToken().whenComplete((token, error) -> loop.execute(() -> {
      // Without one the gateway closes; the next connection asks again, and tells if there is none to be had.
      if (token != null && asking == link) tell.accept(token);
    }));
  }

  /** Ends it for good; {@code null}: the program wanted it. */
  void close(@Nullable AepException cause) {
    if (closedError() != null) return;
    move(new ConnectionState.Closed(cause));
    retryTimer.close();
    var error = closedError();
    if (error == null) return;
    if (opening != null) opening.completeExceptionally(error);
    opening = null;
    peer.closed(error);
    if (link == null) gone.complete(null);
    else link.close();
    loop.rest();
  }

  private void dial(int number) {
    attempt = number;
    askForToken().whenComplete((token, error) -> loop.execute(() -> {
      if (closedError() != null) return;
      if (error == null) open(token);
      else noToken(error);
    }));
  }

  private void open(@Nullable String token) {
    try {
      var dialled = new Link(loop, options.quiet(), this);
      dialled.send(peer.greeting(token));
      dialled.open(options.http(), options.address(), options.trace());
      link = dialled;
    } catch (RuntimeException wrong) {
      // It would be so every time.
      var facts = new AepException.Facts(
          "CONNECTION_LOST", "the connection cannot be made: " + wrong.getMessage(), null, null, false);
      close(AepException.of(facts, wrong));
    }
  }

  /** One at a time, in the order of the reasons: whoever hands tokens out need not expect to be asked twice at once. */
  private CompletableFuture<@Nullable String> askForToken() {
    var before = asked.copy().orTimeout(TOKEN_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    var next = before.handleAsync((token, error) -> token, loop::execute).thenCompose(last -> options.credential().get());
    asked = next;
    return next;
  }

  private void noToken(Throwable error) {
    if (!(error.getCause() instanceof AepException known)) throw new IllegalStateException(error);
    if (known.retryable()) retry(attempt, known);
    else close(known);
  }

  @Override
  public void received(Frame frame) throws Link.Broken {
    peer.received(frame);
  }

  @Override
  public void quiet() {
    peer.quiet();
  }

  @Override
  public void ended(Link.Ended how) {
    link = null;
    if (closedError() != null) {
      gone.complete(null);
      return;
    }
    var message = how.reason().isEmpty() ? "the connection was lost (" + how.code() + ")" : how.reason();
    var details = Map.<String, JsonNode>of("close_code", IntNode.valueOf(how.code()));
    var error = AepException.of(new AepException.Facts("CONNECTION_LOST", message, details, null, null), null);
    if (how.code() == TOKEN_ENDED && wasReady && !triedFreshToken) {
      triedFreshToken = true;
      retry(1, error);
    } else if (Protocol.FINAL_CLOSE_CODES.contains(how.code())) {
      close(error);
    } else {
      retry(isReady() ? 1 : attempt + 1, error);
    }
  }

  private void retry(int number, AepException cause) {
    var backoff = options.reconnect();
    if (backoff == null || backoff.givesUpAt(number)) {
      close(cause);
      return;
    }
    var delay = askedForDelay == null
        ? backoff.delay(number, () -> ThreadLocalRandom.current().nextDouble())
        : askedForDelay;
    askedForDelay = null;
    move(new ConnectionState.Reconnecting(number, delay, cause));
    // A listener may have closed the client when it heard of the loss.
    if (closedError() == null) retryTimer = loop.after(delay, () -> dial(number));
  }

  private void move(ConnectionState next) {
    state = next;
    listeners.tell(next);
  }
}
