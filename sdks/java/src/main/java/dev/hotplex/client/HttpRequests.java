package dev.hotplex.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Requests to a gateway with a credential, and answers as JSON or AepException. */
record HttpRequests(String origin, Credential credential, Traceparent trace, HttpClient http) {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int UNAUTHORIZED = 401;

  /** What is asked for. A body of bytes is sent as it is, every other one as JSON. */
  record Request(String method, String path, Map<String, ?> query, @Nullable Object body) {
    static Request of(String method, String path) {
      return new Request(method, path, Map.of(), null);
    }
  }

  /** Sends a request and reads the answer: as bytes or as JSON; without a type it is not read. */
  <T> Reply<T> send(Request request, @Nullable Class<T> type) {
    var reply = new Reply<T>(null);
    attempt(request, !credential.canBeAsked())
        .thenApply(response -> read(response, type))
        .whenComplete((value, error) -> {
          if (error == null) reply.complete(value);
          else reply.completeExceptionally(toError(error));
        });
    return reply;
  }

  /** A credential that has just ended is asked for once more. */
  private CompletableFuture<HttpResponse<byte[]>> attempt(Request request, boolean isLast) {
    return credential.get()
        .thenCompose(token -> http.sendAsync(write(request, token), HttpResponse.BodyHandlers.ofByteArray()))
        .thenCompose(response -> response.statusCode() != UNAUTHORIZED || isLast
            ? CompletableFuture.completedFuture(response)
            : attempt(request, true));
  }

  private HttpRequest write(Request request, @Nullable String token) {
    var query = request.query.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + escape(String.valueOf(entry.getValue())))
        .collect(Collectors.joining("&"));
    var address = URI.create(origin + request.path + (query.isEmpty() ? "" : "?" + query));
    var builder = HttpRequest.newBuilder(address).timeout(TIMEOUT);
    // A token of three parts is a JWT; all others are keys and tickets.
    if (token != null && token.chars().filter(sign -> sign == '.').count() == 2) {
      builder.header("authorization", "Bearer " + token);
    } else if (token != null) {
      builder.header("x-api-key", token);
    }
    trace.get().ifPresent(value -> builder.header(Traceparent.HEADER, value));
    if (request.body == null) return builder.method(request.method, HttpRequest.BodyPublishers.noBody()).build();
    var isFile = request.body instanceof byte[];
    try {
      var body = request.body instanceof byte[] file ? file : Json.PLAIN.writeValueAsBytes(request.body);
      return builder.header("content-type", isFile ? "application/octet-stream" : "application/json")
          .method(request.method, HttpRequest.BodyPublishers.ofByteArray(body))
          .build();
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException("this cannot be written as JSON: " + wrong.getOriginalMessage(), wrong);
    }
  }

  /** For a path or a query. */
  static String escape(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static <T> @Nullable T read(HttpResponse<byte[]> response, @Nullable Class<T> type) {
    if (response.statusCode() / 100 != 2) throw refusal(response);
    if (type == null) return null;
    if (type == byte[].class) return type.cast(response.body());
    try {
      return Json.PLAIN.readValue(response.body(), type);
    } catch (IOException wrong) {
      throw httpError("this is no answer of a gateway: " + wrong.getMessage(), response, wrong);
    }
  }

  private static AepException refusal(HttpResponse<byte[]> response) {
    var fallback = httpError("the gateway answered " + response.statusCode(), response, null);
    try {
      var error = Json.PLAIN.readTree(response.body()).path("error");
      if (!error.path("code").isTextual() || !error.path("message").isTextual()) return fallback;
      var details = Json.PLAIN.convertValue(error.get("details"), new TypeReference<Map<String, JsonNode>>() {});
      return AepException.of(new AepException.Facts(
          error.get("code").asText(), error.get("message").asText(), details, null, null), null);
    } catch (IOException | IllegalArgumentException wrong) {
      return fallback;
    }
  }

  private static AepException httpError(String message, HttpResponse<byte[]> response, @Nullable Throwable cause) {
    var details = Map.<String, JsonNode>of("status", IntNode.valueOf(response.statusCode()));
    return AepException.of(new AepException.Facts("HTTP_ERROR", message, details, null, null), cause);
  }

  private static Throwable toError(Throwable error) {
    var cause = error.getCause() == null ? error : error.getCause();
    if (!(cause instanceof IOException)) return cause;
    var message = "the gateway cannot be reached: " + cause;
    return AepException.of(new AepException.Facts("HTTP_ERROR", message, null, null, true), cause);
  }
}
