import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Plays the clients of scenarios with the Java SDK: {@code java Runner SERVER-URL SCENARIO.json…}
 *
 * <p>Prints a line of JSON for each: its name, what was seen, and the digest of that.
 */
public final class Runner {
  /** Keys are sorted, nothing is escaped that need not be. */
  private static final ObjectMapper CANONICAL = JsonMapper.builder()
      .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
      .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
      .build();

  /** Milliseconds that a step of a program may take. */
  private static final long PATIENCE =
      Long.parseLong(System.getenv().getOrDefault("CONFORMANCE_PATIENCE_MS", "5000"));

  private static final ExecutorService STEPS = Executors.newCachedThreadPool(work -> {
    var thread = new Thread(work, "step");
    thread.setDaemon(true);
    return thread;
  });

  private Runner() {}

  public static void main(String[] args) throws IOException, GeneralSecurityException, InterruptedException {
    for (var file : List.of(args).subList(1, args.length)) {
      var name = Path.of(file).getFileName().toString().replaceFirst("\\.json$", "");
      var result = play(args[0] + "/" + name, CANONICAL.readTree(Path.of(file).toFile()));
      var line = Map.of("name", name, "digest", digest(result), "result", result);
      System.out.println(CANONICAL.writeValueAsString(line));
    }
  }

  private static Map<String, Object> play(String url, JsonNode scenario) throws InterruptedException {
    var actors = new LinkedHashMap<String, Actor>();
    scenario.path("clients").properties().forEach(
        client -> actors.put(client.getKey(), new Actor(url, client.getValue())));
    if (actors.isEmpty()) actors.put("main", new Actor(url, CANONICAL.createObjectNode()));
    var first = actors.values().iterator().next();
    var outcomes = new ArrayList<String>();
    for (var step : scenario.get("program")) {
      var actor = step.has("by") ? actors.get(step.get("by").asText()) : first;
      outcomes.add(outcome(actor, step));
      if (outcomes.contains("TIMEOUT")) break;
    }
    var clients = new LinkedHashMap<String, Object>();
    actors.forEach((name, actor) -> clients.put(name, actor.finish()));
    return Map.of("outcomes", outcomes, "clients", clients);
  }

  private static String outcome(Actor actor, JsonNode step) throws InterruptedException {
    var performed = STEPS.submit(() -> actor.perform(step));
    try {
      return performed.get(PATIENCE, TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      performed.cancel(true);
      return "TIMEOUT";
    } catch (ExecutionException failed) {
      throw new IllegalStateException("step " + step, failed.getCause());
    }
  }

  private static String digest(Object result) throws JsonProcessingException, GeneralSecurityException {
    var text = CANONICAL.writeValueAsString(result).getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
  }
}
