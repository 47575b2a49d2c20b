package examples;

import dev.hotplex.client.AepClient;
import dev.hotplex.client.FilesApi;
import dev.hotplex.client.Prompt;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A picture and a text file that go with a prompt. Needs HOTPLEX_URL and HOTPLEX_KEY. */
public final class Attachments {
  /** One pixel. */
  private static final byte[] PICTURE = Base64.getDecoder().decode(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

  private static final byte[] NOTES = "the tea is in the blue pot\n".getBytes(StandardCharsets.UTF_8);

  public static void main(String[] args) throws Exception {
    var url = System.getenv("HOTPLEX_URL");
    var key = System.getenv("HOTPLEX_KEY");
    try (var client = AepClient.builder(url).workerType("demo").auth(key).open()) {
      var dot = client.upload("dot.png", PICTURE).await();
      var notes = client.upload("notes.txt", NOTES).await();
      var prompt = Prompt.of("What is attached?").withAttachments(dot, notes);
      var result = client.prompt(prompt).result(Duration.ofSeconds(30));
      System.out.println(result.text());
      var expected = described("a picture, image/png", PICTURE) + "\n" + described("the file \"notes.txt\"", NOTES);
      if (!result.text().equals(expected)) throw new IllegalStateException("the answer is another one");

      // What a session has can be listed and read without the agent.
      var session = client.session().orElseThrow().sessionId();
      var files = FilesApi.builder(url).auth(key).build();
      if (files.list(session).await().files().size() != 2) throw new IllegalStateException("there are other files");
      if (!Arrays.equals(files.download(session, notes.id()).await(), NOTES)) {
        throw new IllegalStateException("the file is another one");
      }
    }
  }

  /** What the demo agent says of a file that reached it byte for byte. */
  private static String described(String what, byte[] content) throws Exception {
    var digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    return "- %s, %d bytes, SHA-256 %s".formatted(what, content.length, digest);
  }
}
