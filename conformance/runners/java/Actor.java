import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hotplex.client.AepClient;
import dev.hotplex.client.AepException;
import dev.hotplex.client.Backoff;
import dev.hotplex.client.ConnectionState;
import dev.hotplex.client.Envelope;
import dev.hotplex.client.PermissionAnswer;
import dev.hotplex.client.Prompt;
import dev.hotplex.client.SessionsApi;
import dev.hotplex.client.Turn;
import dev.hotplex.client.TurnResult;
import dev.hotplex.client.protocol.Delivery;
import dev.hotplex.client.protocol.ElicitationAction;
import dev.hotplex.client.protocol.Role;
import dev.hotplex.client.protocol.SessionConfig;
import dev.hotplex.client.protocol.WorkerCommandName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** A program with one client of the Java SDK: it does what it is told and notes what it sees. */
final class Actor {
  /** Which field of an event's data stands for it. */
  private static final Map<String, String> EVENT_TEXT = Map.ofEntries(
      Map.entry("state", "state"),
      Map.entry("input", "content"),
      Map.entry("input.status", "status"),
      Map.entry("message.start", "id"),
      Map.entry("message.delta", "content"),
      Map.entry("message.end", "message_id"),
      Map.entry("message", "content"),
      Map.entry("reasoning", "content"),
      Map.entry("tool_call", "name"),
      Map.entry("tool_result", "id"),
      Map.entry("error", "code"),
      Map.entry("permission_request", "tool_name"),
      Map.entry("permission.resolved", "allowed"),
      Map.entry("question_request", "id"),
      Map.entry("question.resolved", "reason"),
      Map.entry("elicitation_request", "id"),
      Map.entry("elicitation.resolved", "action"),
      Map.entry("done", "success"));

  /** Which field of a notice says what it is about. */
  private static final Map<String, String> NOTICE_TEXT =
      Map.of("control", "action", "error", "code", "resync", "reason", "input.receipt", "status");

  private static final ObjectMapper WIRE =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private final String url;
  private final List<String> tokens;
  private final AepClient client;
  private final Map<String, Turn> turns = new HashMap<>();
  private final Map<String, String> requests = new HashMap<>();
  private final List<List<Object>> events = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private final Map<String, Object> results = new TreeMap<>();
  private final List<String> states = new ArrayList<>();
  private final List<List<Object>> history = new ArrayList<>();
  private int asked;

  Actor(String url, JsonNode options) {
    this.url = url;
    tokens = options.has("tokens")
        ? List.of(WIRE.convertValue(options.get("tokens"), String[].class))
        : List.of("token-1");
    var builder = AepClient.builder(url)
        .workerType(options.path("worker_type").asText("demo"))
        .auth(this::token)
        .reconnect(new Backoff(Duration.ofMillis(1), Duration.ofMillis(20), 0))
        .quiet(Duration.ofMillis(options.path("quiet_ms").asLong(25_000)));
    if (options.has("session_id")) builder.sessionId(options.get("session_id").asText());
    if (options.has("last_seq")) builder.lastSeq(options.get("last_seq").asLong());
    if (options.has("epoch")) builder.epoch(options.get("epoch").asText());
    if (options.has("role")) builder.role(WIRE.convertValue(options.get("role"), Role.class));
    if (options.has("config")) builder.config(WIRE.convertValue(options.get("config"), SessionConfig.class));
    if (!options.path("reconnect").asBoolean(true)) builder.noReconnect();
    client = builder.build();
    client.onEvent(this::noteEvent);
    client.onNotice(this::noteNotice);
    client.onConnection(this::noteConnection);
  }

  /** Does one thing; returns {@code ok} or the code of what went wrong. */
  String perform(JsonNode step) throws InterruptedException {
    try {
      act(step);
      return "ok";
    } catch (AepException error) {
      return error.code();
    }
  }

  /** Closes the client and says what it saw. */
  Map<String, Object> finish() {
    client.close();
    synchronized (this) {
      return Map.of(
          "events", events,
          "notices", notices,
          "turns", results,
          "connection", states,
          "last_seq", client.lastSeq(),
          "tokens_asked", asked,
          "history", history);
    }
  }

  private void act(JsonNode step) throws InterruptedException {
    switch (step.get("do").asText()) {
      case "connect" -> client.connect().await();
      case "prompt" -> turns.put(step.get("as").asText(), client.prompt(prompt(step)));
      case "accepted" -> turns.get(step.get("turn").asText()).accepted().await();
      case "done" -> done(step.get("turn").asText());
      case "hear" -> {
        var kind = step.get("event").asText();
        until(() -> events.stream().filter(event -> event.get(1).equals(kind)).count() >= step.path("times").asLong(1));
      }
      case "notice" -> until(() -> notices.contains(step.get("notice").asText()));
      case "answer_permission" -> client.respondToPermission(request("permission_request"), permission(step)).await();
      case "answer_question" -> client.answerQuestion(request("question_request"), map(step.get("answers"))).await();
      case "answer_elicitation" -> {
        var action = WIRE.convertValue(step.get("action"), ElicitationAction.class);
        client.respondToElicitation(request("elicitation_request"), action, map(step.get("content"))).await();
      }
      case "interrupt" -> client.interrupt().await();
      case "control" -> client.control(step.get("action").asText(), map(step.get("details"))).await();
      case "command" -> {
        var command = WIRE.convertValue(step.get("command"), WorkerCommandName.class);
        client.command(command, step.has("args") ? step.get("args").asText() : null, null).await();
      }
      case "edit_input" -> client.editInput(step.get("input_id").asText(), step.get("content").asText()).await();
      case "cancel_input" -> client.cancelInput(step.get("input_id").asText()).await();
      case "close" -> client.close();
      case "reconnected" -> until(
          () -> states.contains("reconnecting") && client.connection() instanceof ConnectionState.Ready);
      case "closed" -> {
        until(() -> client.connection() instanceof ConnectionState.Closed);
        if (client.connection() instanceof ConnectionState.Closed closed && closed.cause().isPresent()) {
          throw closed.cause().get();
        }
      }
      case "history" -> history(step.get("after").asLong());
      default -> throw new IllegalArgumentException("the Java runner cannot do " + step);
    }
  }

  private static Prompt prompt(JsonNode step) {
    var prompt = Prompt.of(step.get("content").asText());
    if (step.has("input_id")) prompt = prompt.withInputId(step.get("input_id").asText());
    return step.has("delivery") ? prompt.withDelivery(WIRE.convertValue(step.get("delivery"), Delivery.class)) : prompt;
  }

  private static PermissionAnswer permission(JsonNode step) {
    var answer = step.get("allowed").asBoolean() ? PermissionAnswer.allow() : PermissionAnswer.deny();
    if (step.has("reason")) answer = answer.withReason(step.get("reason").asText());
    return step.has("option_id") ? answer.withOption(step.get("option_id").asText()) : answer;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(JsonNode node) {
    return node == null ? null : WIRE.convertValue(node, Map.class);
  }

  private void done(String name) {
    var seqs = new ArrayList<Long>();
    var result = new TreeMap<String, Object>();
    for (var field : Arrays.asList("text", "success", "stop_reason", "error")) result.put(field, null);
    result.put("seqs", seqs);
    results.put(name, result);
    try {
      for (var envelope : turns.get(name)) seqs.add(envelope.seq());
      TurnResult ended = turns.get(name).result();
      result.put("text", ended.text());
      result.put("success", ended.success());
      result.put("stop_reason", ended.stopReason().orElse(null));
      result.put("error", ended.error().map(AepException::code).orElse(null));
    } catch (AepException error) {
      result.put("error", error.code());
      throw error;
    }
  }

  private void history(long after) {
    var api = SessionsApi.builder(url).auth(this::token).build();
    var session = client.session().orElseThrow().sessionId();
    api.allEvents(session, after).forEach(envelope -> history.add(noted(envelope)));
  }

  private static JsonNode about(Map<String, String> fields, Envelope envelope) {
    JsonNode data = WIRE.valueToTree(envelope.event());
    return data.path(fields.getOrDefault(envelope.event().type(), ""));
  }

  private static List<Object> noted(Envelope envelope) {
    var text = about(EVENT_TEXT, envelope);
    return Arrays.asList(envelope.seq(), envelope.event().type(), text.isMissingNode() ? null : text);
  }

  private synchronized String request(String kind) {
    return requests.get(kind);
  }

  private synchronized void until(BooleanSupplier holds) throws InterruptedException {
    while (!holds.getAsBoolean()) wait();
  }

  private synchronized String token() {
    var token = tokens.get(Math.min(asked, tokens.size() - 1));
    asked++;
    if (token.equals("!")) throw new IllegalStateException("there is no credential now");
    return token;
  }

  private synchronized void noteEvent(Envelope envelope) {
    events.add(noted(envelope));
    if (envelope.event().type().endsWith("_request")) {
      requests.put(envelope.event().type(), WIRE.<JsonNode>valueToTree(envelope.event()).path("id").asText());
    }
    notifyAll();
  }

  private synchronized void noteNotice(Envelope envelope) {
    var kind = envelope.event().type();
    if (kind.equals("pong")) return;
    notices.add(kind + ":" + about(NOTICE_TEXT, envelope).asText());
    notifyAll();
  }

  private synchronized void noteConnection(ConnectionState state) {
    if (states.isEmpty() || !states.get(states.size() - 1).equals(state.status())) states.add(state.status());
    notifyAll();
  }
}
