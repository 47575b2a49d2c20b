package dev.hotplex.client;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where a token, key or ticket comes from: a fixed one, or a function that is asked anew for every connection. */
record Credential(@Nullable String fixed, @Nullable Supplier<? extends CompletionStage<String>> source) {
  static final Credential NONE = new Credential(null, null);

  static Credential of(String token) {
    return new Credential(token, null);
  }

  /** A function that may block; it is called on a thread of the common pool. */
  static Credential asked(Supplier<String> source) {
    return new Credential(null, () -> CompletableFuture.supplyAsync(source));
  }

  /** Whether another token may be had. */
  boolean canBeAsked() {
    return source != null;
  }

  /** The token to use now. Fails with AepException, {@code UNAUTHORIZED} unless the function said another one. */
  CompletableFuture<@Nullable String> get() {
    if (source == null) return CompletableFuture.completedFuture(fixed);
    CompletionStage<String> asked;
    try {
      asked = Objects.requireNonNull(source.get(), "the source of credentials gave no stage");
    } catch (RuntimeException | Error error) {
      asked = CompletableFuture.failedFuture(error);
    }
    return asked.<@Nullable String>handle((token, error) -> {
      if (error == null) return token;
      throw toError(error);
    }).toCompletableFuture();
  }

  private static AepException toError(Throwable error) {
    var cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    if (cause instanceof AepException known) return known;
    var facts = new AepException.Facts("UNAUTHORIZED", "no credential could be had", null, null, null);
    return AepException.of(facts, cause);
  }
}
