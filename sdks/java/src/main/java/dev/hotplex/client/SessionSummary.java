package dev.hotplex.client;

import dev.hotplex.client.protocol.ServerEvent;
import dev.hotplex.client.protocol.SessionConfig;
import dev.hotplex.client.protocol.SessionState;
import org.jspecify.annotations.Nullable;

/**
 * A session as the gateway lists it. {@code pending} are open permission requests and questions, {@code queued} prompts
 * that wait for their turn; times are ISO 8601.
 */
public record SessionSummary(
    String id,
    @Nullable String title,
    String workerType,
    SessionState state,
    String workDir,
    SessionConfig config,
    String createdAt,
    String updatedAt,
    String epoch,
    long lastSeq,
    ServerEvent.@Nullable InitAckTurn turn,
    ServerEvent.SessionTotals totals,
    long pending,
    long queued) {}
