package dev.hotplex.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of sessions, and the cursor of the next one; {@code null} on the last page. */
public record SessionPage(List<SessionSummary> sessions, @Nullable String nextCursor) {}
