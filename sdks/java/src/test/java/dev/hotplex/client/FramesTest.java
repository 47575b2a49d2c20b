package dev.hotplex.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.hotplex.client.protocol.ClientEvent;
import dev.hotplex.client.protocol.InputPart;
import dev.hotplex.client.protocol.ServerEvent;
import dev.hotplex.client.protocol.SessionState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames are read leniently where they may lack something, and not at all where they are wrong. */
class FramesTest {
  private static Envelope read(String event) {
    var frame = Frames.decode("{\"version\":\"aep/v1\",\"event\":" + event + "}").orElseThrow();
    return assertInstanceOf(Frame.Known.class, frame).envelope();
  }

  @Test
  void whatAnEnvelopeMayLackIsEmpty() {
    var envelope = read("{\"type\":\"state\",\"data\":{\"state\":\"idle\"}}");
    assertEquals(new Envelope("", 0, "", 0, null, new ServerEvent.State(SessionState.IDLE, null)), envelope);
  }

  @Test
  void aNewerKindIsKnownByItsNumber() {
    var text = "{\"version\":\"aep/v1\",\"seq\":7,\"event\":{\"type\":\"hologram\",\"data\":{\"x\":1}}}";
    assertEquals(Optional.of(new Frame.Unknown("hologram", 7)), Frames.decode(text));
  }

  @Test
  void newerFieldsAreSkippedAndFiguresAreKept() {
    var names = List.of("duration_ms", "time_to_first_token_ms", "tool_calls", "input_tokens", "output_tokens",
        "cache_read_tokens", "cache_write_tokens", "total_tokens", "cost_usd", "model", "context_used_percent",
        "stop_reason");
    var figures = String.join(",", names.stream().map(name -> "\"" + name + "\":null").toList());
    var data = "{\"success\":true,\"mood\":\"good\",\"stats\":{\"tokens_of_tomorrow\":3," + figures + "}}";
    var done = assertInstanceOf(ServerEvent.Done.class, read("{\"type\":\"done\",\"data\":" + data + "}").event());
    var stats = done.stats();
    assertNotNull(stats);
    assertNull(stats.inputTokens());
    assertNull(stats.session());
    assertEquals(3, stats.more().get("tokens_of_tomorrow").intValue());
  }

  @Test
  void partsAreToldApartByTheirType() {
    var data = "{\"input_id\":\"i\",\"content\":\"c\",\"author\":\"a\",\"delivery\":\"queue\",\"status\":\"queued\","
        + "\"parts\":[{\"type\":\"text\",\"text\":\"t\"},{\"type\":\"file\",\"file_id\":\"f\"}]}";
    var input = assertInstanceOf(ServerEvent.Input.class, read("{\"type\":\"input\",\"data\":" + data + "}").event());
    assertEquals(List.of(new InputPart.Text("t"), new InputPart.File("f", null)), input.parts());
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "",
    "not json",
    "[]",
    "null",
    "{\"version\":\"aep/v1\"}",
    "{\"version\":\"aep/v1\",\"event\":{\"type\":\"\"}}",
    "{\"version\":\"aep/v1\",\"event\":{\"type\":\"state\",\"data\":{\"state\":\"dancing\"}}}",
    "{\"version\":\"aep/v1\",\"event\":{\"type\":\"state\",\"data\":{\"state\":0}}}",
    "{\"version\":\"aep/v1\",\"event\":{\"type\":\"state\",\"data\":{\"state\":\"idle\",\"message\":null}}}",
    "{\"version\":\"aep/v1\",\"event\":{\"type\":\"state\",\"data\":\"idle\"}}",
    "{\"version\":\"aep/v2\",\"event\":{\"type\":\"state\",\"data\":{\"state\":\"idle\"}}}",
    "{\"version\":\"aep/v1\",\"priority\":\"high\",\"event\":{\"type\":\"state\",\"data\":{\"state\":\"idle\"}}}",
    "{\"version\":\"aep/v1\",\"seq\":\"1\",\"event\":{\"type\":\"state\",\"data\":{\"state\":\"idle\"}}}",
    "{\"version\":\"aep/v1\",\"seq\":1.5,\"event\":{\"type\":\"state\",\"data\":{\"state\":\"idle\"}}}",
    "{\"version\":\"aep/v1\",\"event\":{\"type\":\"message.delta\",\"data\":{\"message_id\":7,\"content\":\"x\"}}}",
    "{\"version\":\"aep/v1\",\"event\":{\"type\":\"message.delta\",\"data\":{\"content\":\"x\"}}}",
    "{\"version\":\"aep/v1\",\"event\":{\"type\":\"done\",\"data\":{\"success\":\"true\"}}}",
    "{\"version\":\"aep/v1\",\"event\":{\"type\":\"done\",\"data\":{\"success\":null}}}",
    "{\"version\":\"aep/v1\",\"seq\":NaN,\"event\":{\"type\":\"pong\",\"data\":{\"state\":\"idle\"}}}",
    "{\"version\":\"aep/v1\",\"event\":{\"type\":\"pong\",\"data\":{\"state\":\"idle\"}}} and more"
  })
  void whatIsWrongIsNotAFrame(String text) {
    assertEquals(Optional.empty(), Frames.decode(text));
  }

  @Test
  void whatIsNestedTooDeepIsNotAFrame() {
    assertEquals(Optional.empty(), Frames.decode("[".repeat(100_000)));
  }

  @Test
  void everyLoggedKindHasAClass() {
    assertTrue(ServerEvent.KINDS.keySet().containsAll(ServerEvent.LOGGED));
    assertFalse(ServerEvent.LOGGED.contains("init_ack"));
  }

  @Test
  void whatIsSentIsWholeAndHasNoLineSeparators() throws JsonProcessingException {
    var input = new ClientEvent.Input("a\u2028b\u2029c", null, Map.of("n", 1), "in-1", null);
    var text = Frames.encode(input, "evt_1", "s-1");
    assertTrue(text.contains("a\\u2028b\\u2029c"), text);
    var frame = Json.PLAIN.readTree(text);
    assertEquals("aep/v1 evt_1 1 s-1 input", String.join(" ", frame.get("version").asText(), frame.get("id").asText(),
        frame.get("seq").asText(), frame.get("session_id").asText(), frame.at("/event/type").asText()));
    assertTrue(frame.get("timestamp").isIntegralNumber());
    var said = "{\"content\":\"a\u2028b\u2029c\",\"metadata\":{\"n\":1},\"input_id\":\"in-1\"}";
    assertEquals(said, frame.at("/event/data").toString());
  }

  @Test
  void whatIsNoJsonIsRefusedBeforeItIsSent() {
    var input = new ClientEvent.Input("x", null, Map.of("self", new Object() {
      @SuppressWarnings("unused")
      public Object getWrong() {
        throw new IllegalStateException("not readable");
      }
    }), "in-1", null);
    assertThrows(IllegalArgumentException.class, () -> Frames.encode(input, "evt_1", ""));
  }

  @Test
  void halvesOfCharactersCanBeSent() throws JsonProcessingException {
    var said = "\ud83d \ud83d\ude00 \ude00 \u2028";
    var text = Frames.encode(new ClientEvent.InputEdit("in-1", said), "evt_1", "s");
    assertTrue(text.contains("\\ud83d \ud83d\ude00 \\ude00 \\u2028"), text);
    assertEquals(said, Json.PLAIN.readTree(text).path("event").path("data").path("content").asText());
  }
}
