package dev.hotplex.client;

import static dev.hotplex.client.Demo.demo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files by HTTP and with prompts, of a real gateway. */
@Timeout(60)
class FilesGatewayTest {
  private static final byte[] WORDS = "some words".getBytes(StandardCharsets.UTF_8);

  @Test
  void filesGoWithAPromptAndAreKept() {
    var api = FilesApi.builder(Demo.URL).auth(Demo.KEY).build();
    try (var client = demo().build()) {
      // It connects by itself.
      var file = client.upload("words & more.txt", WORDS).await();
      assertEquals(List.of("words & more.txt", "text/plain", 10L), List.of(file.name(), file.mediaType(), file.size()));
      var said = client.prompt(Prompt.of("attached").withAttachments(file)).result().text();
      assertTrue(said.startsWith("- the file \"words & more.txt\", 10 bytes"), said);
      var session = client.session().orElseThrow().sessionId();
      var list = api.list(session).await();
      assertEquals(List.of(file), list.files());
      assertTrue(list.limits().maxSessionFiles() > 0);
      assertArrayEquals(WORDS, api.download(session, file.id()).await());
      api.remove(session, file.id()).await();
      assertEquals(List.of(), api.list(session).await().files());
    }
  }

  @Test
  void whatIsNotTakenIsRefusedWithItsReason() {
    var api = FilesApi.builder(Demo.URL).auth(Demo.KEY).build();
    try (var client = demo().open()) {
      var program = client.upload("a.txt", new byte[] {0x7f, 'E', 'L', 'F', 2, 1});
      var refused = assertThrows(AepException.class, program::await);
      assertEquals("media_type", refused.details().get("reason").asText());
      var session = client.session().orElseThrow().sessionId();
      var inside = api.uploadFrom(session, "http://169.254.169.254/latest/", null);
      assertEquals("POLICY_DENIED", assertThrows(AepException.class, inside::await).code());
    }
  }
}
