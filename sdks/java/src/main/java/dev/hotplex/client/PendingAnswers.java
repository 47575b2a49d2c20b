package dev.hotplex.client;

import dev.hotplex.client.protocol.ServerEvent;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Requests of this client that wait to hear how they went. Those with a confirming event wait for it and are sent again
 * after a reconnect; the others count as taken once a later ping is answered without a refusal before it.
 */
final class PendingAnswers {
  /** A frame to send, and its id. */
  record Unsent(String eventId, String frame) {}

  private static final class Pending {
    final String frame;
    final @Nullable String confirmation;
    final Reply<@Nullable Void> reply;
    /** The number of the ping that follows it on this connection. */
    long ping;

    Pending(String frame, @Nullable String confirmation, Reply<@Nullable Void> reply, long ping) {
      this.frame = frame;
      this.confirmation = confirmation;
      this.reply = reply;
      this.ping = ping;
    }
  }

  private final Loop loop;
  private final Map<String, Pending> pending = new LinkedHashMap<>();
  /** The frames of the pings that were not answered, oldest first. */
  private final Queue<String> unanswered = new ArrayDeque<>();
  /** Pings sent and answered on this connection; answers come in order. */
  private long pings;
  private long pongs;

  PendingAnswers(Loop loop) {
    this.loop = loop;
  }

  Reply<@Nullable Void> open(String eventId, String frame, @Nullable String confirmation) {
    var reply = new Reply<@Nullable Void>(loop);
    pending.put(eventId, new Pending(frame, confirmation, reply, pings + 1));
    return reply;
  }

  /** What is to be sent on a new connection, before its first ping. */
  List<Unsent> unsent() {
    pings = 0;
    pongs = 0;
    unanswered.clear();
    pending.values().forEach(request -> request.ping = 1);
    return pending.entrySet().stream().map(entry -> new Unsent(entry.getKey(), entry.getValue().frame)).toList();
  }

  void pinged(String eventId) {
    pings++;
    unanswered.add(eventId);
  }

  void confirm(ServerEvent event) {
    var name = confirmation(event);
    if (name != null) resolve(request -> name.equals(request.confirmation));
  }

  /** The event that says how a request about something went. */
  static String confirmation(String kind, String subject) {
    return kind + ":" + subject;
  }

  private static @Nullable String confirmation(ServerEvent event) {
    if (event instanceof ServerEvent.PermissionResolved it) return confirmation(it.type(), it.id());
    if (event instanceof ServerEvent.QuestionResolved it) return confirmation(it.type(), it.id());
    if (event instanceof ServerEvent.ElicitationResolved it) return confirmation(it.type(), it.id());
    if (event instanceof ServerEvent.InputStatus it) return confirmation(it.type(), it.inputId());
    return null;
  }

  /** The next ping was answered: of what was sent before it, that which was not refused was done. */
  void ponged() {
    pongs++;
    unanswered.poll();
    resolve(request -> request.confirmation == null && request.ping <= pongs);
  }

  /** A ping may be refused, too, if there were too many: for what came before it that is an answer like any. */
  void refuse(String eventId, AepException error) {
    if (eventId.equals(unanswered.peek())) {
      ponged();
      return;
    }
    var request = pending.remove(eventId);
    if (request != null) request.reply.completeExceptionally(error);
  }

  void abandon(AepException error) {
    var left = List.copyOf(pending.values());
    pending.clear();
    left.forEach(request -> request.reply.completeExceptionally(error));
  }

  private void resolve(Predicate<Pending> isDone) {
    var done = pending.values().stream().filter(isDone).toList();
    pending.values().removeAll(done);
    done.forEach(request -> request.reply.complete(null));
  }
}
