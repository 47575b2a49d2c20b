package dev.hotplex.client;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A set of callbacks; one that throws does not keep the others from hearing. */
final class Listeners<T> {
  private final Map<Long, Consumer<? super T>> listeners = new ConcurrentHashMap<>();
  private final AtomicLong names = new AtomicLong();

  /** Adds one and returns what takes it away. */
  Subscription add(Consumer<? super T> listener) {
    long name = names.incrementAndGet();
    listeners.put(name, listener);
    return () -> listeners.remove(name);
  }

  void tell(T value) {
    listeners.keySet().stream().sorted().forEach(name -> {
      var listener = listeners.get(name);
      if (listener == null) return;
      try {
        listener.accept(value);
      } catch (RuntimeException | Error error) {
        Loop.LOGGER.log(System.Logger.Level.ERROR, "a listener of the client failed", error);
      }
    });
  }
}
