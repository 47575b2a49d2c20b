package dev.hotplex.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever a listener does, the others hear. */
class ListenersTest {
  private final Listeners<String> listeners = new Listeners<>();

  @Test
  void oneThatThrowsKeepsNobodyFromHearing() {
    var heard = new ArrayList<String>();
    listeners.add(word -> {
      throw new IllegalStateException("a mistake of the program");
    });
    listeners.add(word -> {
      throw new AssertionError("and one of its tests");
    });
    listeners.add(heard::add);
    listeners.tell("hello");
    assertEquals(List.of("hello"), heard);
  }
}
