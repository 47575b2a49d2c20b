package dev.hotplex.client;

import dev.hotplex.client.protocol.ClientEvent;
import dev.hotplex.client.protocol.ElicitationAction;
import dev.hotplex.client.protocol.ServerEvent;
import dev.hotplex.client.protocol.WorkerCommandName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One session of a gateway, over as many sockets as it takes: every logged event is handed out exactly once and in
 * order, and a prompt runs once however often it had to be sent.
 *
 * <p>It may be used from any thread. Listeners are called on a thread of the client's own, which they must not block.
 */
public final class AepClient implements AutoCloseable {
  private static final int GOODBYE_SECONDS = 3;

  private final Loop loop = new Loop();
  private final Conversation conversation;
  private final FilesApi files;

  AepClient(ClientOptions options) {
    conversation = new Conversation(loop, options);
    var origin = Addresses.origin(options.address().toString());
    files = new FilesApi(new HttpRequests(origin, options.credential(), options.trace(), options.http()));
  }

  /** {@code url} is the http(s) or ws(s) address of the gateway. */
  public static AepClientBuilder builder(String url) {
    return new AepClientBuilder(url);
  }

  /** Where the connection is. */
  public ConnectionState connection() {
    return conversation.connection().state();
  }

  /** The newest handshake; empty before the first one. */
  public Optional<ServerEvent.InitAck> session() {
    return Optional.ofNullable(conversation.session());
  }

  /** The number of the newest logged event that every listener has heard. */
  public long lastSeq() {
    return conversation.lastSeq();
  }

  /** Connects, or waits for the connection being made. Fails with AepException when the gateway refuses. */
  public Reply<ServerEvent.InitAck> connect() {
    return loop.call(conversation::connect);
  }

  /** Sends a prompt. Whoever stops waiting for the turn does not stop the agent: that is {@link #interrupt}. */
  public Turn prompt(String content) {
    return prompt(Prompt.of(content));
  }

  /** Sends a prompt, or finds the turn of one that is on its way already. */
  public Turn prompt(Prompt prompt) {
    return loop.call(() -> conversation.prompt(prompt));
  }

  /** Gives the session a file, to be named by prompts. Connects first, if it is not connected yet. */
  public Reply<UploadedFile> upload(String name, byte[] content) {
    var known = session();
    if (known.isPresent()) return files.upload(known.get().sessionId(), name, content);
    return (Reply<UploadedFile>) connect().thenCompose(ack -> files.upload(ack.sessionId(), name, content));
  }

  /** Follows a turn that somebody else started, from the next event on. */
  public Turn follow(String turnId) {
    return conversation.follow(turnId);
  }

  /** Lets the agent use the tool it asked for, or not. */
  public Reply<@Nullable Void> respondToPermission(String requestId, PermissionAnswer answer) {
    var response = new ClientEvent.PermissionResponse(
        requestId, answer.allowed(), answer.reason(), answer.optionId(), answer.updatedInput());
    return ask(response, PendingAnswers.confirmation("permission.resolved", requestId));
  }

  /** Answers a question: its text to the chosen label or free text, or to a list of labels. */
  public Reply<@Nullable Void> answerQuestion(String requestId, Map<String, ?> answers) {
    var response = new ClientEvent.QuestionResponse(requestId, Map.copyOf(answers));
    return ask(response, PendingAnswers.confirmation("question.resolved", requestId));
  }

  /** Answers an MCP server that asks for data; {@code content} is the form, if it is accepted. */
  public Reply<@Nullable Void> respondToElicitation(
      String requestId, ElicitationAction action, @Nullable Map<String, Object> content) {
    var response = new ClientEvent.ElicitationResponse(requestId, action, content);
    return ask(response, PendingAnswers.confirmation("elicitation.resolved", requestId));
  }

  /** Asks the running turn to end; its {@code done} follows. */
  public Reply<@Nullable Void> interrupt() {
    return control("interrupt", null);
  }

  /** Acts on the session: {@code interrupt}, {@code terminate}, {@code delete}, {@code reset} and the like. */
  public Reply<@Nullable Void> control(String action, @Nullable Map<String, Object> details) {
    return loop.call(() -> conversation.control(action, details));
  }

  /** Gives a command to the agent rather than to the session. */
  public Reply<@Nullable Void> command(
      WorkerCommandName command, @Nullable String args, @Nullable Map<String, Object> extra) {
    return ask(new ClientEvent.WorkerCommand(command, args, extra), null);
  }

  /** Changes the text of a prompt that still waits. */
  public Reply<@Nullable Void> editInput(String inputId, String content) {
    var edit = new ClientEvent.InputEdit(inputId, content);
    return ask(edit, PendingAnswers.confirmation("input.status", inputId));
  }

  /** Takes a prompt out of the queue before it runs. */
  public Reply<@Nullable Void> cancelInput(String inputId) {
    return ask(new ClientEvent.InputCancel(inputId), PendingAnswers.confirmation("input.status", inputId));
  }

  /** Every logged event exactly once, in order, over all reconnects. */
  public Subscription onEvent(Consumer<? super Envelope> listener) {
    return conversation.events().add(listener);
  }

  /** Frames of the connection: control, resync, receipts and refusals. */
  public Subscription onNotice(Consumer<? super Envelope> listener) {
    return conversation.notices().add(listener);
  }

  /** Every move of the connection. */
  public Subscription onConnection(Consumer<? super ConnectionState> listener) {
    return conversation.connection().listeners().add(listener);
  }

  /**
   * Ends the connection for good; the session and its agent go on. What was sent is given time to leave: three seconds
   * at most, none when a listener closes. Safe to call twice.
   */
  @Override
  public void close() {
    var connection = conversation.connection();
    loop.call(() -> {
      connection.close(null);
      return true;
    });
    if (loop.isCurrent()) return;
    connection.gone().completeOnTimeout(null, GOODBYE_SECONDS, TimeUnit.SECONDS).join();
  }

  private Reply<@Nullable Void> ask(ClientEvent request, @Nullable String confirmation) {
    return loop.call(() -> conversation.ask(request, confirmation));
  }
}
