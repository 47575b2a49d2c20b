package dev.hotplex.client;

import dev.hotplex.client.protocol.Protocol;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One WebSocket's life: frames in, frames out, and how it ended, told once. Never reconnects. */
final class Link {
  /** No close code came. */
  static final int NO_CODE = 1006;

  private static final int GIVEN_UP = 4000;
  /** Messages that may wait for the loop before no more are read. */
  private static final int AHEAD = 256;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  /** Who owns the link; everything is called on the loop. */
  interface Owner {
    /** Throws Broken when the link is no use any more. */
    void received(Frame frame) throws Broken;

    /** The link went quiet: ask whether somebody is there. */
    void quiet();

    void ended(Ended how);
  }

  /** The close code, {@link #NO_CODE} if there was none, and its reason. */
  record Ended(int code, String reason) {}

  /** What was heard makes this link useless; another one may do better. */
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1;

    Broken(String message) {
      super(message);
    }
  }

  private final Loop loop;
  private final Duration quiet;
  private final Owner owner;
  private final Queue<String> outbox = new ArrayDeque<>();
  private @Nullable WebSocket socket;
  private Subscription quietTimer = () -> {};
  private Subscription closeTimer = () -> {};
  private int silences;
  private boolean sending;
  private boolean closing;
  private boolean over;

  Link(Loop loop, Duration quiet, Owner owner) {
    this.loop = loop;
    this.quiet = quiet;
    this.owner = owner;
  }

  void open(HttpClient http, URI address, Traceparent trace) {
    var builder = SocketClients.like(http).newWebSocketBuilder()
        .connectTimeout(CONNECT_TIMEOUT)
        .subprotocols(Protocol.SUBPROTOCOL);
    trace.get().ifPresent(value -> builder.header(Traceparent.HEADER, value));
    builder.buildAsync(address, new Ears()).whenComplete((opened, error) -> {
      if (error == null) return;
      var cause = error.getCause() == null ? error : error.getCause();
      loop.execute(() -> end(NO_CODE, "the gateway cannot be reached: " + cause));
    });
  }

  /** Sends in order, as soon as the link is open. */
  void send(String frame) {
    if (over || closing) return;
    outbox.add(frame);
    flush();
  }

  /** Closes when everything that was given to {@code send} is out; a link that is still being made ends at once. */
  void close() {
    if (over || closing) return;
    closing = true;
    if (socket == null) {
      end(NO_CODE, "");
      return;
    }
    closeTimer = loop.after(CLOSE_TIMEOUT, () -> giveUp("the gateway did not say goodbye"));
    flush();
  }

  private void flush() {
    if (over || sending || socket == null) return;
    var frame = outbox.poll();
    if (frame == null) {
      if (closing) socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
      return;
    }
    sending = true;
    socket.sendText(frame, true).whenComplete((sent, error) -> loop.execute(() -> {
      sending = false;
      if (error == null) flush();
      // The reader knows why, and is given time to tell.
      else loop.after(CLOSE_TIMEOUT, () -> giveUp("the link broke: " + error));
    }));
  }

  private void heard(String text) {
    if (over) return;
    silences = 0;
    listen();
    var frame = Frames.decode(text);
    try {
      if (frame.isPresent()) owner.received(frame.get());
    } catch (Broken broken) {
      giveUp(String.valueOf(broken.getMessage()));
    } finally {
      if (socket != null) socket.request(1);
    }
  }

  private void listen() {
    quietTimer.close();
    if (over) return;
    quietTimer = loop.after(quiet, () -> {
      silences++;
      if (silences >= 2) {
        giveUp("the link is dead");
        return;
      }
      owner.quiet();
      listen();
    });
  }

  private void giveUp(String reason) {
    if (over) return;
    var given = socket;
    end(NO_CODE, reason);
    if (given != null) given.sendClose(GIVEN_UP, "").whenComplete((sent, error) -> given.abort());
  }

  private void end(int code, String reason) {
    if (over) return;
    over = true;
    quietTimer.close();
    closeTimer.close();
    outbox.clear();
    socket = null;
    owner.ended(new Ended(code, reason));
  }

  /** Called on threads of the HTTP client, one call after the other. */
  private final class Ears implements WebSocket.Listener {
    private StringBuilder text = new StringBuilder();

    @Override
    public void onOpen(WebSocket opened) {
      loop.execute(() -> {
        if (over) {
          opened.abort();
          return;
        }
        socket = opened;
        listen();
        flush();
        opened.request(AHEAD);
      });
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence piece, boolean isLast) {
      text.append(piece);
      if (!isLast) {
        from.request(1);
        return null;
      }
      var message = text.toString();
      text = new StringBuilder();
      loop.execute(() -> heard(message));
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      loop.execute(() -> end(code, reason));
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      loop.execute(() -> end(NO_CODE, "the link broke: " + error));
    }
  }
}
