package dev.hotplex.client;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The events of a turn as they come. Nothing is lost when nobody reads yet. */
final class TurnEvents {
  private final List<Envelope> events = new ArrayList<>();
  private @Nullable AepException failure;
  private boolean over;
  /** How many a loop has read. */
  private int read;

  synchronized void add(Envelope envelope) {
    events.add(envelope);
    notifyAll();
  }

  /** There will be no more; {@code error} is why if that is not the turn's own end. */
  synchronized void end(@Nullable AepException error) {
    over = true;
    failure = error;
    notifyAll();
  }

  synchronized boolean isOver() {
    return over;
  }

  synchronized boolean isOverAt(int index) {
    return over && index >= events.size();
  }

  synchronized @Nullable AepException failure() {
    return failure;
  }

  /** The event at a place, if it has come. */
  synchronized @Nullable Envelope get(int index) {
    return index < events.size() ? events.get(index) : null;
  }

  /** Waits until there is another event to read; false when the turn has ended. */
  synchronized boolean hasNext(Loop loop) {
    while (read >= events.size() && !over) {
      Reply.refuseToBlock(loop);
      try {
        wait();
      } catch (InterruptedException interrupted) {
        throw Reply.interruption();
      }
    }
    if (read < events.size()) return true;
    if (failure != null) throw failure;
    return false;
  }

  /** Waits for the next event, and reads it. */
  synchronized Envelope next(Loop loop) {
    if (!hasNext(loop)) throw new NoSuchElementException("the turn is over");
    return events.get(read++);
  }
}
