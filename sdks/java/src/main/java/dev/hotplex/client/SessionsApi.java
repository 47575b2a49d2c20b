package dev.hotplex.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hotplex.client.HttpRequests.Request;
import dev.hotplex.client.protocol.SessionConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sessions by HTTP: list, make, read and remove them without a socket. Requests fail with AepException. */
public final class SessionsApi {
  private static final String SESSIONS = "/api/sessions";
  private static final int PAGE = 1_000;

  private final HttpRequests http;

  private record RawPage(List<JsonNode> events, long oldestSeq, long lastSeq, String epoch) {}

  SessionsApi(HttpRequests http) {
    this.http = http;
  }

  /** {@code url} is the http(s) or ws(s) address of the gateway. */
  public static SessionsApiBuilder builder(String url) {
    return new SessionsApiBuilder(url);
  }

  public Reply<AgentList> agents() {
    return http.send(Request.of("GET", "/api/agents"), AgentList.class);
  }

  /** The first sessions, the newest first. */
  public Reply<SessionPage> list() {
    return list(null, null);
  }

  /** The page after a cursor, with so many sessions at most. */
  public Reply<SessionPage> list(@Nullable Integer limit, @Nullable String cursor) {
    var query = given("limit", limit, "cursor", cursor);
    return http.send(new Request("GET", SESSIONS, query, null), SessionPage.class);
  }

  /** Makes a session; {@code clientKey} is your own key for it: the same one finds it again. */
  public Reply<SessionSummary> create(
      String workerType, @Nullable String title, @Nullable String clientKey, @Nullable SessionConfig config) {
    var body = given("worker_type", workerType, "title", title, "client_key", clientKey, "config", config);
    return http.send(new Request("POST", SESSIONS, Map.of(), body), SessionSummary.class);
  }

  public Reply<SessionSummary> get(String sessionId) {
    return http.send(Request.of("GET", path(sessionId)), SessionSummary.class);
  }

  public Reply<SessionSummary> rename(String sessionId, String title) {
    return http.send(new Request("PATCH", path(sessionId), Map.of(), given("title", title)), SessionSummary.class);
  }

  /** A session that goes on from this one, with a copy of its log; with {@code workDir} in another folder. */
  public Reply<SessionSummary> fork(String sessionId, @Nullable String title, @Nullable String workDir) {
    return fork(sessionId, given("title", title, "work_dir", workDir));
  }

  /** A session that goes on from before a turn of this one, and its prompt, in the same folder. */
  public Reply<SessionSummary> forkBefore(String sessionId, String turnId, @Nullable String title) {
    return fork(sessionId, given("title", title, "before_turn", turnId));
  }

  /** A session that goes on from after a turn of this one, in the same folder. */
  public Reply<SessionSummary> forkAfter(String sessionId, String turnId, @Nullable String title) {
    return fork(sessionId, given("title", title, "after_turn", turnId));
  }

  public Reply<@Nullable Void> remove(String sessionId) {
    return http.send(Request.of("DELETE", path(sessionId)), null);
  }

  /** One page of the log: after a number, or the last ones before a number. */
  public Reply<EventPage> events(
      String sessionId, @Nullable Long after, @Nullable Long before, @Nullable Integer limit) {
    var query = given("after", after, "before", before, "limit", limit);
    var page = http.send(new Request("GET", path(sessionId) + "/events", query, null), RawPage.class);
    return (Reply<EventPage>) page.thenApply(SessionsApi::decoded);
  }

  /** The whole log after a number; each page is asked for, and waited for, when it is needed. */
  public Stream<Envelope> allEvents(String sessionId, long after) {
    return Stream.iterate(
            events(sessionId, after, null, PAGE).await(),
            Objects::nonNull,
            page -> hasMore(page) ? events(sessionId, newest(page), null, PAGE).await() : null)
        .flatMap(page -> page.events().stream());
  }

  private static boolean hasMore(EventPage page) {
    return !page.events().isEmpty() && newest(page) < page.lastSeq();
  }

  private static long newest(EventPage page) {
    return page.events().get(page.events().size() - 1).seq();
  }

  /** Prompts, answers and titles with all words of {@code text} in them, newest first. */
  public Reply<SearchPage> search(String text, @Nullable Integer limit, @Nullable String cursor) {
    var query = given("q", text, "limit", limit, "cursor", cursor);
    return http.send(new Request("GET", "/api/search", query, null), SearchPage.class);
  }

  private Reply<SessionSummary> fork(String sessionId, Map<String, Object> body) {
    return http.send(new Request("POST", path(sessionId) + "/fork", Map.of(), body), SessionSummary.class);
  }

  private static String path(String sessionId) {
    return SESSIONS + "/" + HttpRequests.escape(sessionId);
  }

  /** Names and values, without those that are {@code null}. */
  private static Map<String, Object> given(@Nullable Object... pairs) {
    var given = new LinkedHashMap<String, Object>();
    for (int index = 0; index < pairs.length; index += 2) {
      if (pairs[index + 1] != null) given.put(String.valueOf(pairs[index]), pairs[index + 1]);
    }
    return given;
  }

  private static EventPage decoded(RawPage page) {
    var events = page.events.stream()
        .flatMap(frame -> Frames.decode(frame).stream())
        .flatMap(frame -> frame instanceof Frame.Known known ? Stream.of(known.envelope()) : Stream.empty())
        .toList();
    return new EventPage(events, page.oldestSeq, page.lastSeq, page.epoch);
  }
}
