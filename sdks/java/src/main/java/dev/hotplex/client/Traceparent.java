package dev.hotplex.client;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names the trace that a connection or a request belongs to, in the header of W3C Trace Context. Tracing never breaks a
 * conversation: without a valid value there is no header.
 */
final class Traceparent {
  static final String HEADER = "traceparent";

  private static final Pattern VALUE = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  private final Supplier<@Nullable String> source;

  Traceparent(Supplier<@Nullable String> source) {
    this.source = source;
  }

  Optional<String> get() {
    try {
      return Optional.ofNullable(source.get()).filter(value -> VALUE.matcher(value).matches());
    } catch (RuntimeException error) {
      Loop.LOGGER.log(System.Logger.Level.WARNING, "the trace could not be asked for", error);
      return Optional.empty();
    }
  }
}
