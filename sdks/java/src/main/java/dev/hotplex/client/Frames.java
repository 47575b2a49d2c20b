package dev.hotplex.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hotplex.client.protocol.ClientEvent;
import dev.hotplex.client.protocol.Protocol;
import dev.hotplex.client.protocol.ServerEvent;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Frames of a gateway, read leniently and handed out complete; frames for a gateway, written whole. */
final class Frames {
  private enum Priority { control, data }

  private record Event(
      @JsonProperty(required = true) String type, @JsonSetter(nulls = Nulls.SET) @Nullable JsonNode data) {}

  private record Incoming(
      @JsonProperty(required = true) String version,
      @JsonProperty(required = true) Event event,
      @JsonSetter(nulls = Nulls.SET) @Nullable String id,
      @JsonSetter(nulls = Nulls.SET) @Nullable Long seq,
      @JsonSetter(nulls = Nulls.SET) @Nullable String sessionId,
      @JsonSetter(nulls = Nulls.SET) @Nullable Double timestamp,
      @JsonSetter(nulls = Nulls.SET) @Nullable String turnId,
      @Nullable Priority priority) {}

  private record Outgoing(
      String version, String id, long seq, String sessionId, long timestamp, Map<String, Object> event) {}

  /** Line separators, which some take for ends of lines, and halves of a character, which have no UTF-8. */
  private static final Pattern ESCAPED = Pattern.compile("[\\u2028\\u2029\\x{d800}-\\x{dfff}]");

  private Frames() {}

  /** Reads a frame. Empty: it is none of this protocol, or a known kind with wrong fields. */
  static Optional<Frame> decode(String text) {
    try {
      return Optional.ofNullable(read(Json.STRICT.readValue(text, Incoming.class)));
    } catch (JsonProcessingException wrong) {
      return Optional.empty();
    }
  }

  /** Reads a frame that was a part of another document. */
  static Optional<Frame> decode(JsonNode frame) {
    try {
      return Optional.ofNullable(read(Json.STRICT.treeToValue(frame, Incoming.class)));
    } catch (JsonProcessingException wrong) {
      return Optional.empty();
    }
  }

  private static @Nullable Frame read(@Nullable Incoming frame) throws JsonProcessingException {
    if (frame == null || !frame.version.equals(Protocol.VERSION) || frame.event.type.isEmpty()) return null;
    long seq = frame.seq == null ? 0 : frame.seq;
    var kind = ServerEvent.KINDS.get(frame.event.type);
    if (kind == null) return new Frame.Unknown(frame.event.type, seq);
    boolean hasData = frame.event.data != null && !frame.event.data.isNull();
    var event = Json.STRICT.treeToValue(hasData ? frame.event.data : Json.STRICT.createObjectNode(), kind);
    var turnId = frame.turnId == null || frame.turnId.isEmpty() ? null : frame.turnId;
    double timestamp = frame.timestamp == null ? 0 : frame.timestamp;
    return new Frame.Known(new Envelope(orEmpty(frame.id), seq, orEmpty(frame.sessionId), timestamp, turnId, event));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Writes a frame. Throws IllegalArgumentException when the program gave something that is no JSON. */
  static String encode(ClientEvent event, String id, String sessionId) {
    Map<String, Object> said = Map.of("type", event.type(), "data", event);
    var frame = new Outgoing(Protocol.VERSION, id, 1, sessionId, System.currentTimeMillis(), said);
    try {
      var text = Json.STRICT.writeValueAsString(frame);
      return ESCAPED.matcher(text).replaceAll(sign -> String.format("\\\\u%04x", (int) sign.group().charAt(0)));
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException("this cannot be written as JSON: " + wrong.getOriginalMessage(), wrong);
    }
  }
}
