package dev.hotplex.client;

import dev.hotplex.client.protocol.ServerEvent;
import org.jspecify.annotations.Nullable;

/** One frame of a gateway: an event with its number, its session and its time in milliseconds since 1970. */
public record Envelope(
    String id, long seq, String sessionId, double timestamp, @Nullable String turnId, ServerEvent event) {}
