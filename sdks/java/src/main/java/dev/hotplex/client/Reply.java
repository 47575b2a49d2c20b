package dev.hotplex.client;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway will have answered: a CompletableFuture that can also be waited for. Whoever stops waiting, or cancels
 * it, stops nothing but that. Stages without an executor run on the client's thread and must not block.
 */
public final class Reply<T extends @Nullable Object> extends CompletableFuture<T> {
  private final @Nullable Loop loop;

  Reply(@Nullable Loop loop) {
    this.loop = loop;
  }

  static <T> Reply<T> failed(@Nullable Loop loop, AepException error) {
    var reply = new Reply<T>(loop);
    reply.completeExceptionally(error);
    return reply;
  }

  /**
   * Waits. Throws AepException when the gateway refused, IllegalStateException when this thread is the client's own,
   * and CancellationException when it is interrupted.
   */
  public T await() {
    try {
      return await(null);
    } catch (TimeoutException never) {
      throw new IllegalStateException(never);
    }
  }

  /** Waits so long at most. Throws TimeoutException; what was asked for goes on. */
  public T await(@Nullable Duration limit) throws TimeoutException {
    if (!isDone()) refuseToBlock(loop);
    try {
      return limit == null ? get() : get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException error) throw error;
      throw new IllegalStateException(failed.getCause());
    } catch (InterruptedException interrupted) {
      throw interruption();
    }
  }

  static void refuseToBlock(@Nullable Loop loop) {
    if (loop == null || !loop.isCurrent()) return;
    throw new IllegalStateException(
        "a listener or stage would wait for the client that called it: use a stage, or another thread");
  }

  static CancellationException interruption() {
    Thread.currentThread().interrupt();
    return new CancellationException("this thread was interrupted; what was asked for goes on");
  }

  /** One that is completed when this one is, and not the other way round. */
  @Override
  @SuppressWarnings("unchecked")
  public Reply<T> copy() {
    return (Reply<T>) super.copy();
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new Reply<>(loop);
  }
}
