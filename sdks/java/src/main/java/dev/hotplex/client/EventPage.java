package dev.hotplex.client;

import java.util.List;

/** One page of a session's log, and from where to where the log goes. */
public record EventPage(List<Envelope> events, long oldestSeq, long lastSeq, String epoch) {}
