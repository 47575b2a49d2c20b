package dev.hotplex.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The one thread on which everything of a client happens, listeners included. */
final class Loop {
  static final System.Logger LOGGER = System.getLogger("dev.hotplex.client");

  private final ScheduledThreadPoolExecutor executor;

  private static final class LoopThread extends Thread {
    private final Loop loop;

    LoopThread(Loop loop, Runnable work) {
      super(work, "hotplex-client");
      this.loop = loop;
      setDaemon(true);
    }
  }

  Loop() {
    executor = new ScheduledThreadPoolExecutor(1, work -> new LoopThread(this, work));
    executor.setRemoveOnCancelPolicy(true);
  }

  boolean isCurrent() {
    return Thread.currentThread() instanceof LoopThread thread && thread.loop == this;
  }

  void execute(Runnable work) {
    executor.execute(() -> run(work));
  }

  /** Does work there and waits for it. */
  <T> T call(Supplier<T> work) {
    if (isCurrent()) return work.get();
    try {
      return CompletableFuture.supplyAsync(work, executor).join();
    } catch (CompletionException error) {
      if (error.getCause() instanceof RuntimeException cause) throw cause;
      throw error;
    }
  }

  /** Does work later; the handle takes it back. */
  Subscription after(Duration delay, Runnable work) {
    var timer = executor.schedule(() -> run(work), delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> timer.cancel(false);
  }

  /** From now on the thread is there only while there is something to do. */
  void rest() {
    executor.setKeepAliveTime(10, TimeUnit.MILLISECONDS);
    executor.allowCoreThreadTimeOut(true);
  }

  private static void run(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error error) {
      LOGGER.log(System.Logger.Level.ERROR, "the client failed", error);
    }
  }
}
