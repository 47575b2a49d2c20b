package dev.hotplex.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One address of the gateway is enough, whichever form it has. */
class AddressesTest {
  @ParameterizedTest
  @CsvSource({
    "http://localhost:8888, ws://localhost:8888/ws, http://localhost:8888",
    "https://agents.example/, wss://agents.example/ws, https://agents.example",
    "ws://localhost:8888/ws, ws://localhost:8888/ws, http://localhost:8888",
    "wss://agents.example/gate?x=1, wss://agents.example/gate?x=1, https://agents.example"
  })
  void forms(String url, String socket, String origin) {
    assertEquals(socket, Addresses.socket(url).toString());
    assertEquals(origin, Addresses.origin(url));
  }

  @Test
  void whatIsNoAddressSaysSo() {
    var builder = AepClient.builder("localhost").workerType("demo");
    var error = assertThrows(IllegalArgumentException.class, builder::build);
    assertEquals("a gateway's address begins with http:// or ws://, this one does not: localhost", error.getMessage());
  }
}
