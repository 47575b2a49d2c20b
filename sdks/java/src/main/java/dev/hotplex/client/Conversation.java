package dev.hotplex.client;

import dev.hotplex.client.protocol.ClientEvent;
import dev.hotplex.client.protocol.Protocol;
import dev.hotplex.client.protocol.ServerEvent;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A session's numbers, prompts and requests, whatever link they come and go by. Lives on the loop. */
final class Conversation implements Connection.Peer {
  private static final String INTERRUPT = "interrupt";

  private final Loop loop;
  private final ClientOptions options;
  private final Connection connection;
  private final TurnBook turns;
  private final PendingAnswers answers;
  private final Listeners<Envelope> events = new Listeners<>();
  private final Listeners<Envelope> notices = new Listeners<>();
  /** Numbers above {@code lastSeq} that kinds had which are newer than this client. */
  private final Set<Long> unknown = new HashSet<>();
  private volatile ServerEvent.@Nullable InitAck session;
  private volatile @Nullable Long lastSeq;
  private @Nullable String epoch;

  Conversation(Loop loop, ClientOptions options) {
    this.loop = loop;
    this.options = options;
    connection = new Connection(loop, options, this);
    turns = new TurnBook(loop, () -> loop.call(() -> control(INTERRUPT, null)));
    answers = new PendingAnswers(loop);
    lastSeq = options.lastSeq();
    epoch = options.epoch();
  }

  Connection connection() {
    return connection;
  }

  Listeners<Envelope> events() {
    return events;
  }

  Listeners<Envelope> notices() {
    return notices;
  }

  ServerEvent.@Nullable InitAck session() {
    return session;
  }

  long lastSeq() {
    return Objects.requireNonNullElse(lastSeq, 0L);
  }

  Reply<ServerEvent.InitAck> connect() {
    var error = connection.closedError();
    if (error != null) return Reply.failed(loop, error);
    var greeted = session;
    if (!connection.isReady() || greeted == null) return connection.open().copy();
    var reply = new Reply<ServerEvent.InitAck>(loop);
    reply.complete(greeted);
    return reply;
  }

  Turn prompt(Prompt prompt) {
    var inputId = Objects.requireNonNullElseGet(prompt.inputId(), () -> UUID.randomUUID().toString());
    var input = new ClientEvent.Input(prompt.content(), prompt.parts(), prompt.metadata(), inputId, prompt.delivery());
    var pending = new TurnBook.Pending(eventId(), input);
    // Now: what cannot be sent must not wait to be.
    var frame = frame(input, pending.eventId());
    var opened = turns.open(inputId, pending);
    var error = connection.closedError();
    if (error != null) turns.refuse(pending.eventId(), error);
    else if (opened.isNew() && connection.isReady()) send(pending.eventId(), frame);
    return opened.turn();
  }

  Turn follow(String turnId) {
    var turn = new Turn(loop, null, turnId, () -> loop.call(() -> control(INTERRUPT, null)));
    turn.accept();
    // From a listener, too, it is followed from the next event on.
    loop.execute(() -> turns.follow(turnId, turn));
    return turn;
  }

  Reply<@Nullable Void> control(String action, @Nullable Map<String, Object> details) {
    return ask(new ClientEvent.Control(action, null, null, null, null, null, null, details), null);
  }

  /** Sends a request; {@code confirmation} names the event that says how it went, if there is one. */
  Reply<@Nullable Void> ask(ClientEvent request, @Nullable String confirmation) {
    var error = connection.closedError();
    if (error != null) return Reply.failed(loop, error);
    var eventId = eventId();
    var frame = frame(request, eventId);
    var reply = answers.open(eventId, frame, confirmation);
    if (connection.isReady()) {
      send(eventId, frame);
      if (confirmation == null) quiet();
    }
    return reply.copy();
  }

  @Override
  public String greeting(@Nullable String token) {
    var known = session;
    return frame(new ClientEvent.Init(
        Protocol.VERSION,
        options.workerType(),
        known == null ? options.sessionId() : known.sessionId(),
        token == null ? null : new ClientEvent.InitAuth(token),
        known == null ? options.config() : null,
        null,
        lastSeq,
        lastSeq == null ? null : epoch,
        options.role(),
        options.name() == null ? null : new ClientEvent.InitClient(options.name(), null),
        options.presence() ? true : null), eventId());
  }

  @Override
  public void received(Frame frame) throws Link.Broken {
    if (frame instanceof Frame.Unknown newer) unknown.add(newer.seq());
    else if (frame instanceof Frame.Known known) received(known.envelope());
  }

  private void received(Envelope envelope) throws Link.Broken {
    var event = envelope.event();
    if (event instanceof ServerEvent.InitAck ack) greeted(ack);
    else if (!ServerEvent.LOGGED.contains(event.type()) || isRefusal(event)) noticed(envelope);
    else logged(envelope);
  }

  private static boolean isRefusal(ServerEvent event) {
    return event instanceof ServerEvent.Error error && error.eventId() != null;
  }

  private void logged(Envelope envelope) throws Link.Broken {
    long seq = envelope.seq();
    if (seq <= lastSeq()) return;
    if (!LongStream.range(lastSeq() + 1, seq).allMatch(unknown::contains)) throw new Link.Broken("a number is missing");
    // Who waits on another thread for a turn or an answer finds that listeners have heard of it.
    events.tell(envelope);
    lastSeq = seq;
    unknown.clear();
    turns.take(envelope);
    noteReplay();
    answers.confirm(envelope.event());
  }

  /** Tells the turns when all is here that the gateway had when it greeted. */
  private void noteReplay() {
    var greeted = session;
    if (greeted == null || greeted.lastSeq() == null || lastSeq() >= greeted.lastSeq()) turns.caughtUp();
  }

  private void greeted(ServerEvent.InitAck ack) throws Link.Broken {
    if (ack.code() != null) {
      var message = Objects.requireNonNullElse(ack.error(), ack.code());
      connection.refused(
          AepException.of(new AepException.Facts(ack.code(), message, ack.details(), null, null), null));
    }
    session = ack;
    epoch = ack.epoch();
    if (lastSeq == null) lastSeq = Objects.requireNonNullElse(ack.lastSeq(), 0L);
    connection.greeted(ack);
    turns.unconfirmed().forEach(this::send);
    var unsent = answers.unsent();
    unsent.forEach(request -> send(request.eventId(), request.frame()));
    if (!unsent.isEmpty()) quiet();
  }

  private void noticed(Envelope envelope) {
    var event = envelope.event();
    if (event instanceof ServerEvent.Control it) {
      if (it.action().equals("reconnect") && it.delayMs() != null) {
        connection.comeBackAfter(Duration.ofMillis(it.delayMs().longValue()));
      }
      if (it.action().equals("reauth")) connection.refreshToken(this::reauthenticate);
    } else if (event instanceof ServerEvent.InputReceipt it) {
      turns.receipt(it);
      noteReplay();
    } else if (event instanceof ServerEvent.Resync it) {
      lastSeq = it.firstSeq() - 1;
      epoch = it.epoch();
      unknown.clear();
    } else if (event instanceof ServerEvent.Error it) {
      // A gateway that is stopping refuses prompts; they are sent again to the next one.
      if (it.eventId() != null && !it.code().equals("RECONNECT_REQUIRED")) refuse(it.eventId(), AepException.of(it));
    } else if (event instanceof ServerEvent.Pong) {
      answers.ponged();
    }
    notices.tell(envelope);
  }

  private void reauthenticate(String token) {
    var auth = new ClientEvent.ControlAuth(token);
    connection.send(frame(new ClientEvent.Control("reauth", null, null, null, null, auth, null, null), eventId()));
  }

  /** Asks whether somebody is there; the answer also says that what was sent before was taken. */
  @Override
  public void quiet() {
    var eventId = eventId();
    answers.pinged(eventId);
    connection.send(frame(new ClientEvent.Ping(), eventId));
  }

  @Override
  public void closed(AepException error) {
    turns.abandon(error);
    answers.abandon(error);
  }

  private void send(TurnBook.Pending pending) {
    send(pending.eventId(), frame(pending.input(), pending.eventId()));
  }

  /** Sends a frame of ours that has an answer, unless it could only cost us the connection, again and again (F6). */
  private void send(String eventId, String frame) {
    var greeted = session;
    var error = greeted == null ? null : FrameSize.error(frame, greeted.serverCaps().maxFrameSize(), eventId);
    if (error == null) connection.send(frame);
    else refuse(eventId, error);
  }

  private void refuse(String eventId, AepException error) {
    if (!turns.refuse(eventId, error)) answers.refuse(eventId, error);
  }

  private String frame(ClientEvent event, String eventId) {
    var known = session;
    var sessionId = known == null ? options.sessionId() : known.sessionId();
    return Frames.encode(event, eventId, Objects.requireNonNullElse(sessionId, ""));
  }

  private static String eventId() {
    return "evt_" + UUID.randomUUID();
  }
}
