package dev.hotplex.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a frame is larger than the gateway announced: it would answer by closing the connection (F6). */
final class FrameSize {
  private FrameSize() {}

  static @Nullable AepException error(String frame, long limit, String eventId) {
    int size = frame.getBytes(StandardCharsets.UTF_8).length;
    if (size <= limit) return null;
    var message = "this is too long to send: " + size + " bytes, and the gateway takes " + limit;
    var details = Map.<String, JsonNode>of("size", LongNode.valueOf(size), "max_frame_size", LongNode.valueOf(limit));
    return AepException.of(new AepException.Facts("INVALID_MESSAGE", message, details, eventId, null), null);
  }
}
