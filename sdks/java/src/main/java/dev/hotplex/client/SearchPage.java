package dev.hotplex.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One page of what was found, and the cursor of the next one; a short page may have a next one. */
public record SearchPage(List<Hit> hits, @Nullable String nextCursor) {
  /**
   * A place where all words of a search are. {@code kind} is {@code prompt}, {@code message} or {@code title},
   * {@code seq} where the text begins (0 for a title), {@code timestamp} in milliseconds since 1970; {@code highlights}
   * are start and length of the words in the snippet, as Java counts characters.
   */
  public record Hit(
      String sessionId,
      @Nullable String title,
      String kind,
      long seq,
      long timestamp,
      String snippet,
      List<List<Integer>> highlights) {}
}
