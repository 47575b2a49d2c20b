package dev.hotplex.client;

/** A listener's place; closing it ends the listening. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
