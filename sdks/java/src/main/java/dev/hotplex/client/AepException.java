package dev.hotplex.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hotplex.client.protocol.ErrorCode;
import dev.hotplex.client.protocol.ServerEvent;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure with a stable code: one of {@link ErrorCode}, or one that happens in this client and never crosses the
 * wire: {@code CLIENT_CLOSED}, {@code CONNECTION_LOST}, {@code HTTP_ERROR}. What programs tend to treat in a way of its
 * own has a class of its own.
 */
public class AepException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String code;
  private final transient Map<String, JsonNode> details;
  private final boolean retryable;
  private final @Nullable String eventId;

  /** What an error consists of; {@code retryable} is what the code says unless somebody knows better. */
  record Facts(
      String code,
      String message,
      @Nullable Map<String, JsonNode> details,
      @Nullable String eventId,
      @Nullable Boolean retryable) {}

  AepException(Facts facts, @Nullable Throwable cause) {
    super(facts.code + ": " + facts.message, cause);
    this.code = facts.code;
    this.details = facts.details == null ? Map.of() : facts.details;
    this.retryable = facts.retryable == null
        ? ErrorCode.of(code).map(ErrorCode::retryable).orElse(code.equals("CONNECTION_LOST"))
        : facts.retryable;
    this.eventId = facts.eventId;
  }

  static AepException of(String code, String message) {
    return of(new Facts(code, message, null, null, null), null);
  }

  static AepException of(ServerEvent.Error error) {
    return of(new Facts(error.code(), error.message(), error.details(), error.eventId(), error.retryable()), null);
  }

  /** The exception of a code, of the class that belongs to it. */
  static AepException of(Facts facts, @Nullable Throwable cause) {
    return switch (facts.code) {
      case "UNAUTHORIZED", "AUTH_REQUIRED", "FORBIDDEN" -> new AccessException(facts, cause);
      case "RATE_LIMITED", "GATEWAY_OVERLOAD" -> new RateLimitedException(facts, cause);
      case "SESSION_NOT_FOUND", "SESSION_EXPIRED" -> new SessionNotFoundException(facts, cause);
      case "CONNECTION_LOST", "HTTP_ERROR" -> new ConnectionLostException(facts, cause);
      case "CLIENT_CLOSED" -> new ClientClosedException(facts, cause);
      default -> new AepException(facts, cause);
    };
  }

  /** The stable code. */
  public String code() {
    return code;
  }

  /** What to do about it, in words for people. */
  public Optional<String> remedy() {
    return ErrorCode.of(code).map(ErrorCode::remedy);
  }

  /** Whether the same request may be tried again. */
  public boolean retryable() {
    return retryable;
  }

  /** Facts about it; which ones depends on the code. */
  public Map<String, JsonNode> details() {
    return details;
  }

  /** The frame that was refused, if it was one of ours. */
  public Optional<String> eventId() {
    return Optional.ofNullable(eventId);
  }
}
